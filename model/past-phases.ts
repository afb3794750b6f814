/** Beginning a run of a campaign that has begun without it: whether it may, and what becomes of the phases that are past. */
import type { Instant, Phase, Plan } from './plan.ts';

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

/** Why a run may not begin: the phase that has begun and does not say what becomes of it, or the whole campaign is over. */
export type PastDates = { readonly unsaid: Phase } | { readonly over: Instant };

/** Undefined where it may. */
export function findPastDates({ phases, endsAt }: Pick<Plan, 'phases' | 'endsAt'>, now: Instant): PastDates | undefined {
  const unsaid = begunBy(phases, now).find(({ past }) => past === undefined);
  if (unsaid !== undefined) return { unsaid };
  return now <= endsAt ? undefined : { over: endsAt };
}
