/** What a step changed of a task, for the audit: what was before and what is now, opaque values all. */
import type { Changes } from '../model/flush.ts';
import type { FactValue } from '../model/plan.ts';
import type { TaskState } from '../model/snapshot.ts';
import { type Draft, note } from './draft.ts';

/** Instants, people and commands that the audit row tells by itself, counters that follow from it, and what never changes. */
const TOLD_ANYWAY: ReadonlySet<string> = new Set<keyof TaskState>([
  'template',
  'openedAt',
  'deadlineRev',
  'budget',
  'carriedTo',
  'rung',
  'rungsAfter',
  'handRev',
  'cameUp',
  'cameUpAgain',
  'reopened',
  'returnedAt',
  'submittedAt',
  'submittedBy',
  'settledAt',
  'settledPaused',
  'decidedBy',
]);

type Members = Readonly<Record<string, unknown>>;

const isOpaque = (value: unknown): value is FactValue => typeof value !== 'object' || value === null;

/** The members that differ; undefined when none does. One that is not there counts as null. What a form says is no part of it. */
export function findChanges(before: TaskState, after: TaskState): Changes | undefined {
  const [was, is] = [before as unknown as Members, after as unknown as Members];
  let changes: Found;
  for (const name in is) if (was[name] !== is[name]) changes = compare(changes, name, { from: was[name], to: is[name] });
  for (const name in was) if (!(name in is)) changes = compare(changes, name, { from: was[name], to: null });
  return changes;
}

type Found = Record<string, readonly [FactValue, FactValue]> | undefined;

function compare(changes: Found, name: string, { from = null, to = null }: { from: unknown; to: unknown }): Found {
  if (from === to || TOLD_ANYWAY.has(name) || !isOpaque(from) || !isOpaque(to)) return changes;
  const found = changes ?? {};
  found[name] = [from, to];
  return found;
}

/**
 * Ends one step: a command taken, or one thing that fell due. What it changed of a task stands with the first thing it noted of that task; a
 * task that came to be is told whole by its opening. A change of which nothing was noted is noted here: none happens in silence.
 */
export function noteChanges(draft: Draft): void {
  for (const [key, before] of draft.stepBefore) {
    const after = draft.tasks[key];
    const changed = before && after && findChanges(before, after);
    if (changed === undefined) continue;
    const at = firstNoted(draft, key);
    const entry = draft.audit[at];
    if (entry !== undefined) draft.audit[at] = { ...entry, changed };
    else note(draft, 'taskChanged', { task: key, changed });
  }
  if (draft.stepBefore.size > 0) draft.stepBefore.clear();
  draft.stepFrom = draft.audit.length;
}

/** The place of the step's first note of a task, or one beyond all. */
function firstNoted({ audit, stepFrom }: Draft, key: string): number {
  let at = stepFrom;
  while (at < audit.length && audit[at]!.task !== key) at += 1;
  return at;
}
