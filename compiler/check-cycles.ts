/** Tasks that would wait for each other for ever. */
import type { Checking } from './checking.ts';
import type { Definition, PlacedTask } from './gather.ts';
import { SAY } from './messages.ts';
import { waitsNote } from './messages/notes.ts';

interface Wait {
  readonly on: string;
  /** Where the wait is written, for its place. */
  readonly container: object;
  readonly key: string | number;
}

/** Each circle is reported once, at the link its first task waits by. */
export function checkCycles({ definition, places, report }: Checking): void {
  const waits = allWaits(definition);
  const reported = new Set<string>();
  for (const [start, links] of waits) {
    for (const link of links) {
      const path = findPath(waits, { from: link.on, to: start });
      if (path === undefined || path.some((id) => reported.has(id))) continue;
      path.forEach((id) => reported.add(id));
      const others = linksAlong(waits, path).map(({ from, link: { on, container, key } }) => ({
        ...places.of(container, key),
        note: waitsNote(from, on),
      }));
      report('CYCLE', places.of(link.container, link.key), SAY.CYCLE.tasks({ path: [start, ...path] }), others);
    }
  }
}

/** What each id of a way waits for the next by. */
function linksAlong(
  waits: ReadonlyMap<string, readonly Wait[]>,
  path: readonly string[],
): readonly { readonly from: string; readonly link: Wait }[] {
  return path.slice(0, -1).flatMap((from, index) => {
    const link = waits.get(from)?.find(({ on }) => on === path[index + 1]);
    return link === undefined ? [] : [{ from, link }];
  });
}

const allWaits = ({ tasks }: Pick<Definition, 'tasks'>): ReadonlyMap<string, readonly Wait[]> =>
  new Map(tasks.map(({ task }) => [task.id, waitsOf(task, tasks)]));

/** Whether a task can come up only after the other is finished. */
export function waitsFor(definition: Pick<Definition, 'tasks'>, { task, other }: { task: string; other: string }): boolean {
  return task !== other && findPath(allWaits(definition), { from: task, to: other }) !== undefined;
}

/** What must be finished before a task can come up: its predecessors, what its gate counts, and the tasks whose rows make it. */
function waitsOf(task: PlacedTask['task'], tasks: readonly PlacedTask[]): readonly Wait[] {
  const after = (task.after ?? []).map((on, key) => ({ on, container: task.after!, key }));
  const gate = task.gate === undefined ? [] : [{ on: task.gate.task, container: task.gate, key: 'task' }];
  const sources = tasks.flatMap((other) =>
    (other.task.rows ?? [])
      .filter((rule) => rule.task === task.id)
      .map((rule) => ({ on: other.task.id, container: rule, key: 'task' })),
  );
  return [...after, ...gate, ...sources];
}

/** The ids from `from` to `to` along waits, both included; undefined when there is no way. */
function findPath(
  waits: ReadonlyMap<string, readonly Wait[]>,
  { from, to }: { from: string; to: string },
): readonly string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  const queue = [from];
  for (const current of queue) {
    if (current === to) break;
    for (const { on } of waits.get(current) ?? []) {
      if (cameFrom.has(on)) continue;
      cameFrom.set(on, current);
      queue.push(on);
    }
  }
  if (!cameFrom.has(to)) return undefined;
  const path: string[] = [];
  for (let at: string | undefined = to; at !== undefined; at = cameFrom.get(at)) path.unshift(at);
  return path;
}
