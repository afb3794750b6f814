/** Working days counted aloud: every day between two ends, and whether it counts. Where the count ends is the engine's answer, not this file's. */
import { clampedDay, dateOfEpochDay, epochDay } from '../model/day-table.ts';
import type { DateText, DayTable, Instant } from '../model/plan.ts';

export interface Day {
  readonly date: DateText;
  /** In English. */
  readonly weekday: string;
  readonly working: boolean;
}

export interface CountedDay extends Day {
  /** Its place in the count from 1, whichever way the count goes; null for a day that is skipped. */
  readonly count: number | null;
  /** Why it is skipped; null for a day that counts. */
  readonly skipped: 'weekend' | 'day-off' | null;
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** The day of an instant. An instant past the table is shown on the day after its last, where the last day's last rung can fall. */
export function dayAt(days: DayTable, at: Instant): Day {
  const isAfter = at >= days.starts.at(-1)!;
  return describeDay(days, isAfter ? days.working.length : clampedDay(days, at));
}

/** The days after `from` up to the day of `to`; backwards when `to` lies before. Empty on the same day: the day that is counted from never counts. */
export function countDays(days: DayTable, { from, to }: { readonly from: Instant; readonly to: Instant }): readonly CountedDay[] {
  const [first, last] = [clampedDay(days, from), clampedDay(days, to)];
  const step = last < first ? -1 : 1;
  let count = 0;
  return Array.from({ length: Math.abs(last - first) }, (_, index) => {
    const day = describeDay(days, first + step * (index + 1));
    if (day.working) count += 1;
    return { ...day, count: day.working ? count : null, skipped: day.working ? null : isWeekend(day) ? 'weekend' : 'day-off' };
  });
}

const isWeekend = ({ weekday }: Day): boolean => weekday === 'Saturday' || weekday === 'Sunday';

function describeDay(days: DayTable, index: number): Day {
  const day = epochDay(days.from)! + index;
  // 1970-01-01 was a Thursday.
  return { date: dateOfEpochDay(day), weekday: WEEKDAYS[(((day + 4) % 7) + 7) % 7]!, working: days.working[index] === '1' };
}
