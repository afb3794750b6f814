/**
 * Tasks that ask for themselves again without end. A circle of `again` is sound as long as some answer ends it; where none of its outcomes has a condition,
 * nor any of the tasks, it turns until the engine asks no more.
 */
import type { Checking } from './checking.ts';
import type { Task } from './language.ts';
import { SAY } from './messages.ts';
import { againNote } from './messages/notes.ts';

interface Asked {
  readonly task: string;
  readonly container: readonly string[];
  readonly index: number;
}

/** Each circle is reported once, where its first task asks. */
export function checkCircles({ definition, places, report }: Checking): void {
  const asked = new Map(definition.tasks.map(({ task }) => [task.id, askedBy(task)]));
  const isFree = new Set(definition.tasks.filter(({ task }) => task.when === undefined).map(({ task }) => task.id));
  const reported = new Set<string>();
  for (const { task } of definition.tasks) {
    if (reported.has(task.id)) continue;
    const circle = findCircle(task.id, (id) => (asked.get(id) ?? []).filter((each) => isFree.has(each.task)));
    if (circle === undefined) continue;
    const ids = circle.map((each) => each.task);
    ids.forEach((id) => reported.add(id));
    const [first, ...others] = circle;
    report(
      'AGAIN_WITHOUT_END',
      places.of(first!.container, first!.index),
      SAY.AGAIN_WITHOUT_END.main({ path: [task.id, ...ids] }),
      others.map(({ container, index, task: to }, place) => ({
        ...places.of(container, index),
        note: againNote(ids[place]!, to),
      })),
    );
  }
}

const askedBy = ({ outcomes = [] }: Task): readonly Asked[] =>
  outcomes.flatMap(({ when, again = [] }) =>
    when === undefined ? again.map((task, index) => ({ task, container: again, index })) : [],
  );

/** The shortest way from a task back to itself. One way to each task is kept, the first: the ways themselves may be without number. */
function findCircle(start: string, next: (id: string) => readonly Asked[]): readonly Asked[] | undefined {
  const reached = new Map<string, Step>();
  const queue = [start];
  // It grows while it is gone through.
  for (const from of queue) {
    for (const asked of next(from)) {
      if (asked.task === start) return [...wayTo(from, reached), asked];
      if (reached.has(asked.task)) continue;
      reached.set(asked.task, { from, asked });
      queue.push(asked.task);
    }
  }
  return undefined;
}

/** How a task was reached. */
interface Step {
  readonly from: string;
  readonly asked: Asked;
}

function wayTo(task: string, reached: ReadonlyMap<string, Step>): readonly Asked[] {
  const way: Asked[] = [];
  for (let step = reached.get(task); step !== undefined; step = reached.get(step.from)) way.push(step.asked);
  return way.reverse();
}
