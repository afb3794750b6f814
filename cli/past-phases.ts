/** Starting a campaign that has begun without its run: what its definition allows, and what becomes of the phases that are past. */
import type { Instant, Phase, Plan } from '../model/plan.ts';
import { CliError, EXIT } from './failure.ts';
import { formatDay } from './instants.ts';

const DAY_MS = 86_400_000;

export interface PastPhase {
  readonly phase: string;
  /** It has ended, too. */
  readonly over: boolean;
  /** `catch-up`: its tasks come up at once; `skip`: they do not come up. */
  readonly becomes: 'catch-up' | 'skip';
}

/** A start on a phase's first day itself is late but sensible; a day later work would begin late, and only a definition can want that. */
export function findPastPhases({ phases }: Pick<Plan, 'phases'>, now: Instant): readonly PastPhase[] {
  return begunBy(phases, now).map(({ id, endsAt, past }) => ({
    phase: id,
    over: endsAt < now,
    // What still goes on is not passed over.
    becomes: past === 'skip' && endsAt < now ? 'skip' : 'catch-up',
  }));
}

const begunBy = (phases: readonly Phase[], now: Instant): readonly Phase[] =>
  phases.filter(({ startsAt }) => startsAt + DAY_MS <= now);

/** @throws CliError DATES_PAST */
export function refusePastDates({ phases, endsAt, zone }: Pick<Plan, 'phases' | 'endsAt' | 'zone'>, now: Instant): void {
  const unsaid = begunBy(phases, now).find(({ past }) => past === undefined);
  if (unsaid === undefined && now <= endsAt) return;
  throw new CliError({
    exit: EXIT.refused,
    code: 'DATES_PAST',
    message:
      unsaid === undefined
        ? `the campaign's last day, ${formatDay(endsAt, zone)}, is past`
        : `the first day of phase '${unsaid.id}', ${formatDay(unsaid.startsAt, zone)}, is past`,
    remedy: `move the campaign with --starts YYYY-MM-DD, or rehearse it on a fast clock with --rehearse 90s${unsaid === undefined ? '' : '; or let the definition say what becomes of a phase that is past (`past`)'}`,
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
