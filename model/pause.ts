/** Pauses: stretches in which the clocks of an instance stand still, and what they make of a deadline that lay ahead when they began. */
import { clampedDay, endOfDay, findWorkingDay, wallInstant, wallTimeOf } from './day-table.ts';
import { findWorkingTime, workingTimeBetween } from './hours.ts';
import type { OffsetUnit, TimeFrame } from './offset.ts';
import type { Instant } from './plan.ts';

/** From whom it is: everybody is paused, its union is, or the instance alone. */
export type PauseCause = 'run' | 'union' | 'self';

/** An instance that stands still. It goes on once no cause is left. */
export interface Standstill {
  readonly since: Instant;
  /** In the order in which they came. */
  readonly causes: readonly PauseCause[];
}

/** A pause that is over. */
export interface Pause {
  readonly from: Instant;
  readonly to: Instant;
}

/** What a deadline is counted in: some unit of time from something, or not at all, because it is a date. */
export type Budget = OffsetUnit | 'date';

/** What a definition says of pauses. */
export interface PauseRules {
  /** Deadlines on dates, and the ends of phases, move too. Left out: they stay. */
  readonly absolute?: 'move';
  /** Work is handed in and reviewed also meanwhile. Left out: it is refused. */
  readonly completions?: 'accept';
}

export interface CarriedDeadline {
  readonly deadline: Instant;
  readonly budget: Budget;
  readonly pause: Pause;
  /** Whether dates move. */
  readonly moves: boolean;
}

/**
 * The deadline once the pause is over: what was left of its time when the pause began is left when it ends. Hours go on where they stopped; days are
 * as many days later; of working days and hours as many are left as were. What was past by then stays past.
 */
export function carriedDeadline(frame: TimeFrame, { deadline, budget, pause, moves }: CarriedDeadline): Instant {
  const { from, to } = pause;
  if (deadline <= from || to <= from || (budget === 'date' && !moves)) return deadline;
  return Math.max(deadline, carried(frame, { deadline, budget, pause }));
}

function carried(frame: TimeFrame, { deadline, budget, pause }: Omit<CarriedDeadline, 'moves'>): Instant {
  const { from, to } = pause;
  switch (budget) {
    case 'minutes':
    case 'hours':
      return deadline + (to - from);
    case 'workingHours':
      return workingHoursLeft(frame, { from: to, ms: workingTimeBetween(frame, { from, to: deadline }) });
    case 'date':
    case 'days':
    case 'weeks':
      return daysLater(frame, { deadline, pause });
    case 'workingDays':
      return workingDaysLeft(frame, { deadline, pause });
  }
}

function workingHoursLeft(frame: TimeFrame, { from, ms }: { from: Instant; ms: number }): Instant {
  const { days } = frame;
  return findWorkingTime(frame, { from, ms }) ?? endOfDay(days, Math.max(clampedDay(days, from), days.working.lastIndexOf('1')));
}

interface Carrying {
  readonly deadline: Instant;
  readonly pause: Pause;
}

/** So many days later as lie between the day on which the pause began and the day on which it ended, at the same time of day. */
function daysLater({ days }: TimeFrame, { deadline, pause: { from, to } }: Carrying): Instant {
  const last = days.working.length - 1;
  let day = clampedDay(days, deadline) + clampedDay(days, to) - clampedDay(days, from);
  // What was to be done later on the day of the pause is not past when it ends later on a day.
  while (day < last && atTimeOf(days, { deadline, day }) <= to) day += 1;
  return atTimeOf(days, { deadline, day: Math.min(day, last) });
}

/** A day that is worked and has begun is left too: where the pause ends on a day that is not worked, it is the next one that is. */
function workingDaysLeft({ days }: TimeFrame, { deadline, pause: { from, to } }: Carrying): Instant {
  const [began, due] = [clampedDay(days, from), clampedDay(days, deadline)];
  const left = days.working.slice(began + 1, due + 1).split('1').length - 1;
  const last = days.working.lastIndexOf('1');
  const nextWorked = (day: number): number => findWorkingDay(days, day, 1) ?? last;
  let day = clampedDay(days, to);
  if (days.working[began] === '1' && days.working[day] !== '1') day = nextWorked(day);
  day = left === 0 ? day : (findWorkingDay(days, day, left) ?? last);
  while (day < last && atTimeOf(days, { deadline, day }) <= to) day = nextWorked(day);
  return atTimeOf(days, { deadline, day });
}

/** On that day, at the deadline's time of day. The end of a day is the end of the other. */
function atTimeOf(days: TimeFrame['days'], { deadline, day }: { deadline: Instant; day: number }): Instant {
  const own = clampedDay(days, deadline);
  const isKnown = deadline >= days.starts[0]! && deadline < days.starts.at(-1)!;
  if (!isKnown || deadline === endOfDay(days, own)) return endOfDay(days, day);
  return wallInstant(days, { day, ms: wallTimeOf(days, deadline) });
}
