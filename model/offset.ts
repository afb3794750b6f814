/** How far one instant lies from another, as definitions say it: so many hours, working hours, days, working days or weeks. */
import { clampedDay, endOfDay, findWorkingDay, minuteOfDay, startOfDay, wallInstant, wallTimeOf } from './day-table.ts';
import { findWorkingTime, type Hours } from './hours.ts';
import type { DayTable, Instant } from './plan.ts';

export type OffsetUnit = 'minutes' | 'hours' | 'workingHours' | 'days' | 'workingDays' | 'weeks';

export interface Offset {
  readonly unit: OffsetUnit;
  /** Whole; negative is before. */
  readonly count: number;
  /** Of days and weeks: minutes after midnight by the clock on the wall. */
  readonly atMinute?: number;
}

/** What offsets are counted on: a program is one. */
export interface TimeFrame {
  readonly days: DayTable;
  readonly hours?: Hours;
}

/** Where days are counted and no time is said: the day's last millisecond, or the time of day that it was at the start. */
export type Timeless = 'end-of-day' | 'same-time';

export interface OffsetQuestion {
  readonly from: Instant;
  readonly offset: Offset;
  readonly timeless: Timeless;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const isOfDays = ({ unit }: Pick<Offset, 'unit'>): boolean =>
  unit === 'days' || unit === 'workingDays' || unit === 'weeks';

/** So many times as far. */
export const multiplied = (offset: Offset, times: number): Offset => ({ ...offset, count: offset.count * times });

/**
 * The instant so far from another; undefined where the table ends first. Minutes and hours are exact. Days are counted from the day that holds
 * `from`, which itself never counts; an instant past the table counts as its last day.
 */
export function findOffset(frame: TimeFrame, { from, offset, timeless }: OffsetQuestion): Instant | undefined {
  const { unit, count, atMinute } = offset;
  if (unit === 'minutes') return from + count * MINUTE_MS;
  if (unit === 'hours') return from + count * HOUR_MS;
  if (unit === 'workingHours') return findWorkingTime(frame, { from, ms: count * HOUR_MS });
  const { days } = frame;
  const day = findDayAt(days, { from: clampedDay(days, from), unit, count });
  if (day === undefined) return undefined;
  if (atMinute !== undefined) return minuteOfDay(days, day, atMinute);
  return timeless === 'end-of-day' ? endOfDay(days, day) : wallInstant(days, { day, ms: shownAt(days, from) });
}

function findDayAt(
  days: DayTable,
  { from, unit, count }: { from: number; unit: 'days' | 'workingDays' | 'weeks'; count: number },
): number | undefined {
  if (unit === 'workingDays') return findWorkingDay(days, from, count);
  const day = from + count * (unit === 'weeks' ? 7 : 1);
  return day >= 0 && day < days.working.length ? day : undefined;
}

/** Of an instant beyond the table, on whose days nothing is known: midnight. */
function shownAt(days: DayTable, at: Instant): number {
  return at < days.starts[0]! || at >= days.starts.at(-1)! ? 0 : wallTimeOf(days, at);
}

/**
 * As `findOffset`, for deadlines: where the table ends first, the last working day it knows, or the last of its days; before it, its first instant.
 */
export function clampedOffset(frame: TimeFrame, question: OffsetQuestion): Instant {
  const found = findOffset(frame, question);
  if (found !== undefined) return found;
  const { days } = frame;
  const { from, offset } = question;
  if (offset.count < 0) return startOfDay(days, 0);
  const last = offset.unit === 'days' || offset.unit === 'weeks' ? days.working.length - 1 : days.working.lastIndexOf('1');
  return endOfDay(days, Math.max(clampedDay(days, from), last));
}
