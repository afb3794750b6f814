/** Starting a campaign that has begun without its run: what its author and its office are told. */
import { findPastDates, type PastPhase } from '../model/past-phases.ts';
import type { Instant, Plan } from '../model/plan.ts';
import { CliError, EXIT } from './failure.ts';
import { formatDay } from './instants.ts';

/** @throws CliError DATES_PAST */
export function refusePastDates(plan: Pick<Plan, 'phases' | 'endsAt' | 'zone'>, now: Instant): void {
  const past = findPastDates(plan, now);
  if (past === undefined) return;
  const isUnsaid = 'unsaid' in past;
  throw new CliError({
    exit: EXIT.refused,
    code: 'DATES_PAST',
    message: isUnsaid
      ? `the first day of phase '${past.unsaid.id}', ${formatDay(past.unsaid.startsAt, plan.zone)}, is past`
      : `the campaign's last day, ${formatDay(past.over, plan.zone)}, is past`,
    remedy: `move the campaign with --starts YYYY-MM-DD, or rehearse it on a fast clock with --rehearse 90s${isUnsaid ? '; or let the definition say what becomes of a phase that is past (`past`)' : ''}`,
  });
}

/** One line for each. */
export function describePast(plan: Plan, past: readonly PastPhase[]): readonly string[] {
  return past.map(({ phase: id, over, becomes }) => {
    const { title, startsAt, endsAt } = plan.phases.find((phase) => phase.id === id)!;
    const when = over ? `ended on ${formatDay(endsAt, plan.zone)}` : `began on ${formatDay(startsAt, plan.zone)}`;
    return `Phase ${id} ${title.zh} ${when}: ${becomes === 'skip' ? 'its tasks do not come up' : 'its tasks come up at once'}.`;
  });
}
