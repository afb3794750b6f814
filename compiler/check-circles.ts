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

/** The shortest way from a task back to itself. */
function findCircle(start: string, next: (id: string) => readonly Asked[]): readonly Asked[] | undefined {
  const seen = new Set<string>();
  let ways: readonly (readonly Asked[])[] = next(start).map((each) => [each]);
  while (ways.length > 0) {
    const back = ways.find((way) => way.at(-1)!.task === start);
    if (back !== undefined) return back;
    const fresh = ways.filter((way) => !seen.has(way.at(-1)!.task));
    fresh.forEach((way) => seen.add(way.at(-1)!.task));
    ways = fresh.flatMap((way) => next(way.at(-1)!.task).map((each) => [...way, each]));
  }
  return undefined;
}
