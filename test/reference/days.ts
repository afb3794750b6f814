/**
 * Days and hours as people count them, one after another: no tables, no searches. Beijing time, in which no clock is ever set forward or back;
 * instants are milliseconds since 1970.
 */
import type { Offset } from './spec.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const BEIJING = 8 * HOUR;

/** Days off on weekdays, and days of the weekend that are worked. */
export const CALENDAR = {
  2020: {
    off: ['2020-01-01', '2020-10-01', '2020-10-02', '2020-10-05', '2020-10-06', '2020-10-07', '2020-10-08'],
    work: ['2020-09-27', '2020-10-10'],
  },
  2021: {
    off: ['2021-01-01', '2021-02-11', '2021-02-12', '2021-02-15', '2021-02-16', '2021-02-17'],
    work: ['2021-02-07', '2021-02-20'],
  },
} as const;

const OFF: readonly string[] = Object.values(CALENDAR).flatMap(({ off }) => off);
const WORK: readonly string[] = Object.values(CALENDAR).flatMap(({ work }) => work);

export const startOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) - BEIJING;
export const endOf = (date: string): number => startOf(date) + DAY - 1;
export const dateOf = (at: number): string => new Date(at + BEIJING).toISOString().slice(0, 10);
export const timeOf = (date: string, time: string): number => startOf(date) + minutesOf(time) * MINUTE;
/** '2020-10-13 09:00:00.000' */
export const tell = (at: number): string => new Date(at + BEIJING).toISOString().slice(0, -1).replace('T', ' ');

export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
export const daysLater = (date: string, count: number): string => dateOf(startOf(date) + count * DAY);

export function isWorked(date: string): boolean {
  if (WORK.includes(date)) return true;
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return !OFF.includes(date) && weekday !== 0 && weekday !== 6;
}

/** The day so many working days later, or earlier; none of them is the day itself. */
export function workingDaysLater(date: string, count: number): string {
  let [day, left] = [date, Math.abs(count)];
  while (left > 0) {
    day = daysLater(day, count > 0 ? 1 : -1);
    if (isWorked(day)) left -= 1;
  }
  return day;
}

/** The instant so far from another. `endOfDay`: what days without a time of day mean; otherwise they keep the time that it was. */
export function later(at: number, offset: Offset, { work, endOfDay }: { work: readonly string[]; endOfDay: boolean }): number {
  const { unit, count, at: time } = offset;
  switch (unit) {
    case 'minutes':
      return at + count * MINUTE;
    case 'hours':
      return at + count * HOUR;
    case 'workingHours':
      return workingHoursLater(at, count, work);
    case 'days':
    case 'weeks':
    case 'workingDays': {
      const date = dateOf(at);
      const day = unit === 'workingDays' ? workingDaysLater(date, count) : daysLater(date, unit === 'weeks' ? 7 * count : count);
      if (time !== undefined) return timeOf(day, time);
      return endOfDay ? endOf(day) : startOf(day) + (at - startOf(date));
    }
  }
}

/** Minute by minute would be the simplest; span by span is as plain and takes no time. */
function workingHoursLater(at: number, hours: number, work: readonly string[]): number {
  const forwards = hours > 0;
  let left = Math.abs(hours) * HOUR;
  for (let day = dateOf(at); ; day = daysLater(day, forwards ? 1 : -1)) {
    if (!isWorked(day)) continue;
    for (const span of forwards ? work : [...work].reverse()) {
      const [begins, ends] = span.split('-').map((time) => timeOf(day, time)) as [number, number];
      const [from, to] = forwards ? [Math.max(begins, at), ends] : [begins, Math.min(ends, at)];
      if (to <= from) continue;
      if (to - from >= left) return forwards ? from + left : to - left;
      left -= to - from;
    }
  }
}

/** When what is said now reaches people. */
export function heardAt(at: number, quiet: string | undefined, quietOnDaysOff: boolean): number {
  let heard = at;
  for (;;) {
    const date = dateOf(heard);
    if (quietOnDaysOff && !isWorked(date)) heard = startOf(daysLater(date, 1));
    else if (quiet !== undefined && isWithin(heard, quiet)) heard = endOfQuiet(heard, quiet);
    else return heard;
  }
}

function isWithin(at: number, span: string): boolean {
  const [from, to] = span.split('-').map(minutesOf) as [number, number];
  const minute = (at - startOf(dateOf(at))) / MINUTE;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

function endOfQuiet(at: number, span: string): number {
  const to = span.split('-')[1]!;
  const today = timeOf(dateOf(at), to);
  return today > at ? today : timeOf(daysLater(dateOf(at), 1), to);
}
