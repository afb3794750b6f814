/** The clock of a rehearsal: the whole campaign in a minute or two. */
import type { Clock } from '../model/clock.ts';
import type { Instant } from '../model/plan.ts';

/** Real time for starting everything before the campaign's first day begins; on a fast clock a day passes in a second. */
const LEAD_MS = 3_000;
const LEAD_PER_INSTANCE_MS = 50;

export interface RehearsalOptions {
  /** The campaign's own dates. */
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Real time now. */
  readonly now: number;
  /** Real time that the campaign shall take, from the first phase's start to the last one's end. What comes after it takes a little more. */
  readonly lengthMs: number;
  /** How many have to be opened first. */
  readonly instances: number;
}

/** Campaign time stands at the first phase's start once the lead is over; until then it is the time before. */
export function rehearsalClock({
  startsAt,
  endsAt,
  now,
  lengthMs,
  instances,
}: RehearsalOptions): Extract<Clock, { kind: 'scaled' }> {
  return {
    kind: 'scaled',
    anchor: startsAt,
    startedAt: now + LEAD_MS + LEAD_PER_INSTANCE_MS * instances,
    speed: (endsAt - startsAt) / lengthMs,
  };
}
