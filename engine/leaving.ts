/** Households and unions that people take out of a run, and let come back. What leaving does is the same as when an outcome says so. */
import type { Leaving, LeavingCause } from '../model/adjustment.ts';
import type { Refusal } from '../model/command.ts';
import type { Instant, Program } from '../model/plan.ts';
import type { Snapshot, TaskState } from '../model/snapshot.ts';
import type { Draft } from './draft.ts';
import { assigneeOf, tell } from './messages.ts';
import { findNewest } from './occurrences.ts';
import { refusal } from './refusal.ts';
import { askAgain, withdraw } from './withdrawal.ts';

/** Why one instance cannot leave so, or come back. */
export function refusesLeaving(
  { scope }: Program,
  { instance, withdrawnAt, withdrawnWith }: Snapshot,
  { kind, cause }: Leaving & { readonly kind: 'withdraw' | 'readmit' },
): Refusal | undefined {
  if (scope === 'campaign') return refusesCampaign(kind);
  const hasLeft = withdrawnAt !== undefined;
  if (kind === 'withdraw') {
    return hasLeft
      ? refusal('ALREADY_WITHDRAWN', `${instance} has left the campaign already`, 'nothing needs to be done')
      : undefined;
  }
  if (!hasLeft) return refusal('NOT_WITHDRAWN', `${instance} takes part`, 'nothing needs to be done');
  if (cause === 'self' || withdrawnWith === cause) return undefined;
  return refusal('NOT_WITHDRAWN', `${instance} did not leave with its union`, 'readmit it by itself');
}

/** Whatever else leaves, a run has its campaign. */
export const refusesCampaign = (kind: 'withdraw' | 'readmit'): Refusal =>
  refusal('NOT_FOR_CAMPAIGN', `nobody can ${kind} the campaign`, 'name a household or a union');

/** As when an outcome says so. Whoever had something to do hears that they need not do it. */
export function leave(draft: Draft, { cause }: { readonly cause: LeavingCause }): void {
  if (draft.withdrawnAt !== undefined) return;
  const before = { ...draft.tasks };
  withdraw(draft);
  if (cause === 'union') draft.withdrawnWith = cause;
  for (const [key, task] of Object.entries(draft.tasks)) {
    const person = task === before[key] ? null : assigneeOf(before[key]!);
    if (person !== null) tell(draft, { purpose: 'dropped', key, task, to: { person, role: 'assignee', passedOver: [] } });
  }
}

/** What ended because it left is asked for again, as another occurrence. Rows that ended do not come back. */
export function comeBack(draft: Draft): void {
  const { withdrawnAt } = draft;
  if (withdrawnAt === undefined) return;
  askAgain(draft, endedAt(draft, withdrawnAt));
}

/** Templates whose newest occurrence was dropped at that instant. What repeats comes up once more by itself. */
function endedAt(draft: Draft, at: Instant): readonly string[] {
  const isEnded = (task: TaskState | undefined): boolean => task?.status === 'dropped' && task.settledAt === at;
  return draft.program.tasks
    .filter(({ id, origin, repeats }) => origin === 'plan' && repeats === undefined && isEnded(findNewest(draft, id)))
    .map(({ id }) => id);
}
