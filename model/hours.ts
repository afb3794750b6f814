/** The hours of a day: when people work, and when they are left alone. By the clock on the wall, on the frozen day table. */
import { clampedDay, endOfDay, minuteOfDay, wallTimeOf } from './day-table.ts';
import type { DayTable, Instant } from './plan.ts';

/** From the first minute after midnight, included, to the last, excluded. A span of the night ends on the next day: `to` is then the smaller. */
export interface Span {
  readonly fromMinute: number;
  readonly toMinute: number;
}

export interface Hours {
  /** On working days. In their order, apart from each other. */
  readonly work?: readonly Span[];
  /** Nobody is written to: what would be said then is said when it is over. */
  readonly quiet?: Span;
  /** Nor on days that are not worked. */
  readonly quietOnDaysOff?: true;
}

const MINUTE_MS = 60_000;

/** The instant `ms` of working time after `from`, or before it when negative; undefined where the table ends first. Zero is `from` itself. */
export function findWorkingTime(
  { days, hours }: { readonly days: DayTable; readonly hours?: Hours },
  { from, ms }: { from: Instant; ms: number },
): Instant | undefined {
  if (ms === 0) return from;
  const work = hours?.work ?? [];
  const step = ms < 0 ? -1 : 1;
  const spans = step > 0 ? work : [...work].reverse();
  let left = Math.abs(ms);
  for (let day = clampedDay(days, from); days.working[day] !== undefined; day += step) {
    if (days.working[day] !== '1') continue;
    for (const { fromMinute, toMinute } of spans) {
      const [begins, ends] = [minuteOfDay(days, day, fromMinute), minuteOfDay(days, day, toMinute)];
      const there = step > 0 ? ends - Math.max(begins, from) : Math.min(ends, from) - begins;
      if (there <= 0) continue;
      if (there >= left) return step > 0 ? Math.max(begins, from) + left : Math.min(ends, from) - left;
      left -= there;
    }
  }
  return undefined;
}

/** The working time between two instants, in milliseconds; of days beyond the table nothing is known, and they have none. */
export function workingTimeBetween(
  { days, hours }: { readonly days: DayTable; readonly hours?: Hours },
  { from, to }: { from: Instant; to: Instant },
): number {
  let sum = 0;
  for (let day = clampedDay(days, from); day <= clampedDay(days, to); day += 1) {
    if (days.working[day] !== '1') continue;
    for (const { fromMinute, toMinute } of hours?.work ?? []) {
      const [begins, ends] = [minuteOfDay(days, day, fromMinute), minuteOfDay(days, day, toMinute)];
      sum += Math.max(0, Math.min(ends, to) - Math.max(begins, from));
    }
  }
  return sum;
}

/** When what is said at `at` reaches people: at once, or when the quiet time it falls into is over. Beyond the table nothing waits. */
export function sendingAt({ days, hours }: { readonly days: DayTable; readonly hours?: Hours }, at: Instant): Instant {
  if (hours === undefined) return at;
  let sending = at;
  // Each turn ends on a later day at the latest, so the table bounds them.
  for (;;) {
    const later = quietUntil(days, hours, sending);
    if (later === undefined) return sending;
    sending = later;
  }
}

/** The end of the quiet time that holds an instant; undefined when none does. */
function quietUntil(days: DayTable, { quiet, quietOnDaysOff }: Hours, at: Instant): Instant | undefined {
  if (at < days.starts[0]! || at >= days.starts.at(-1)!) return undefined;
  const day = clampedDay(days, at);
  if (quietOnDaysOff === true && days.working[day] !== '1') return endOfDay(days, day) + 1;
  if (quiet === undefined) return undefined;
  const minute = wallTimeOf(days, at) / MINUTE_MS;
  const { fromMinute, toMinute } = quiet;
  const isOvernight = toMinute <= fromMinute;
  if (isOvernight ? minute >= fromMinute : minute >= fromMinute && minute < toMinute) {
    const until = isOvernight ? day + 1 : day;
    return until < days.working.length ? minuteOfDay(days, until, toMinute) : endOfDay(days, day) + 1;
  }
  return isOvernight && minute < toMinute ? minuteOfDay(days, day, toMinute) : undefined;
}
