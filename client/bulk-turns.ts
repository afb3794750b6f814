/** The turns of a bulk: what is asked when, what of it is done, and what is looked at together. */
import { groupBy } from '../model/group.ts';
import { findWrittenAnswers } from '../store/commands.ts';
import { findRevisionOf, type RevisionItem } from '../store/revisions.ts';
import type { Run } from '../store/runs.ts';
import type { BulkItem } from './bulk.ts';
import type { ClientRoom } from './parts.ts';
import { itemsOf } from './revision-items.ts';
import { instanceOf } from './workflow-ids.ts';

/** Instances, or answers, read at once. */
export const PAGE = 200;

export interface Turn extends BulkItem {
  readonly index: number;
  readonly command: string;
}

/** Whether one instance takes it, as a command of its own; otherwise it is a revision. */
export const isForOne = ({ for: scope }: BulkItem): boolean => 'instance' in scope;

/** What is there under the ids of a bulk. */
export interface Known {
  /** By command id: how many tasks it touched, of what is done. */
  readonly done: ReadonlyMap<string, number>;
  /** Asked before: revisions that not everybody has taken, and what is written and not known to history. They are asked again, and answered as they were. */
  readonly begun: ReadonlySet<string>;
}

export async function findKnown(room: ClientRoom, { run, turns }: { run: Run; turns: readonly Turn[] }): Promise<Known> {
  const { enginePool } = room;
  const done = new Map<string, number>();
  const begun = new Set<string>();
  const ids = turns.filter(isForOne).map(({ command }) => command);
  for (const page of pagesOf(ids)) {
    const answers = await findWrittenAnswers(enginePool, { run: run.id, ids: page });
    for (const [id, { answer, held }] of answers) {
      if (held) done.set(id, answer.adjusted ?? 0);
      else begun.add(id);
    }
  }
  for (const { command } of turns.filter((turn) => !isForOne(turn))) {
    const revision = await findRevisionOf(enginePool, { run: run.id, command });
    if (revision === undefined) continue;
    const items = await itemsOf(room, { run: run.id, revision: revision.revision });
    if (items.every(({ state }) => state === 'done')) done.set(command, sumOf(items));
    else begun.add(command);
  }
  return { done, begun };
}

/** Tasks that were touched. */
export const sumOf = (items: readonly RevisionItem[]): number => items.reduce((sum, { adjusted }) => sum + (adjusted ?? 0), 0);

const pagesOf = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / PAGE) }, (_, page) => all.slice(page * PAGE, (page + 1) * PAGE));

/** Those that are looked at from the same states: of some instances all that is asked of them; everything together where anything concerns many. */
export function batchesOf(turns: readonly Turn[]): readonly (readonly Turn[])[] {
  if (!turns.every(isForOne)) return [turns];
  const byInstance = groupBy(turns, (turn) => instanceOf(turn.for));
  return pagesOf([...byInstance.values()]).map((page) => page.flat());
}
