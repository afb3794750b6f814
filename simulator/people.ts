/**
 * The simulated people of rehearsals: for each thing that somebody must do, whether, when and how they do it. Pure and seeded, so that a
 * rehearsal can be told twice; acting well clear of bounds, because on a fast clock a second of delay is most of a day.
 */
import type { Instant } from '../model/plan.ts';
import { createRandom } from './random.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';

export interface Habits {
  /** Shares of all pieces of work; what is left is done in time. */
  readonly late: number;
  readonly never: number;
  /** Share of submissions that a reviewer returns the first time. */
  readonly returned: number;
  /** By which part of the time that is left everybody has done what is done in time: 0.05 to 0.95. Left out: half of it. */
  readonly pace?: number;
  /** What is late is done a day to so many days after its deadline. Left out: six. */
  readonly delayDays?: number;
}

const USUAL_PACE = 0.5;
export const USUAL_DELAY_DAYS = 6;
/** Nobody acts the moment that something comes to them. */
const SOONEST = 0.05;

/** The product's choice for demonstrations: enough of each kind to see every rung. */
export const SOME_LATE: Habits = { late: 0.08, never: 0.03, returned: 0.12 };
export const ALL_IN_TIME: Habits = { late: 0, never: 0, returned: 0 };

/** Something that waits for a person: a task to fill in, or a submission to review. */
export interface Duty {
  readonly instance: string;
  readonly task: string;
  readonly status: 'open' | 'returned' | 'inReview';
  readonly openedAt: Instant;
  /** When it came to the person who must act now. */
  readonly since: Instant;
  readonly deadline: Instant;
  readonly returns: number;
  readonly step: number;
}

export interface Intention {
  /** Campaign time at which they act. */
  readonly at: Instant;
  readonly act: 'complete' | 'accept' | 'return';
}

const DAY = 86_400_000;

/** What a duty's holder will do about it; undefined: nothing, ever. */
export function intend(
  duty: Duty,
  { seed, habits, endsAt }: { seed: number; habits: Habits; endsAt: Instant },
): Intention | undefined {
  const random = createRandom(seed, `${duty.instance}/${duty.task}/${duty.returns}/${duty.step}/${duty.status}`);
  // Drawn for the task as a whole, so that a late task is late however often it is looked at.
  const fate = createRandom(seed, `${duty.instance}/${duty.task}`)();
  if (duty.status === 'inReview') return review(duty, { random, habits });
  if (fate < habits.never && duty.instance !== CAMPAIGN_INSTANCE) return undefined;
  const late = fate < habits.never + habits.late && duty.instance !== CAMPAIGN_INSTANCE;
  return { at: late ? lateAt(duty, { random, habits, endsAt }) : inTimeAt(duty, { random, habits }), act: 'complete' };
}

/** In the first part of the time that is left, or within the hour when there is hardly any. */
function inTimeAt(
  { since, deadline }: Duty,
  { random, habits: { pace = USUAL_PACE } }: { random: () => number; habits: Habits },
): Instant {
  const left = Math.max(0, deadline - since);
  return Math.round(since + left * (SOONEST + (pace - SOONEST) * random()));
}

/** Some days after the deadline, as far as the run goes on. */
function lateAt(
  { since, deadline }: Duty,
  { random, habits, endsAt }: { random: () => number; habits: Habits; endsAt: Instant },
): Instant {
  const { delayDays = USUAL_DELAY_DAYS } = habits;
  const late = Math.round((1 + (delayDays - 1) * random()) * DAY);
  return Math.max(since, Math.min(deadline + late, Math.max(deadline + DAY, endsAt - DAY)));
}

function review({ since, deadline, returns }: Duty, { random, habits }: { random: () => number; habits: Habits }): Intention {
  const left = Math.max(0, deadline - since);
  const at = Math.round(since + Math.min(left * 0.4, DAY) * random());
  return { at, act: returns === 0 && random() < habits.returned ? 'return' : 'accept' };
}
