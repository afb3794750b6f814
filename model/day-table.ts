/** Arithmetic on the frozen day table: working days without a calendar library, the same on every replay. */
import type { DateText, DayTable, Instant } from './plan.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Thrown when a rule reaches a day the plan has no data for. Bounds are checked before rules run, so this is a bug, not a refusal. */
export class DayOutOfTable extends Error {
  constructor(what: string, table: DayTable) {
    super(`${what} lies outside the plan's day table, which has ${table.working.length} days from ${table.from}`);
    this.name = 'DayOutOfTable';
  }
}

/** The day that holds `at`: its index in the table. */
export function dayOf(table: DayTable, at: Instant): number {
  const { starts } = table;
  let low = 0;
  let high = starts.length - 1;
  if (at < starts[0]! || at >= starts[high]!) throw new DayOutOfTable(`instant ${at}`, table);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= at) low = middle;
    else high = middle;
  }
  return low;
}

/** As `dayOf`; an instant past the table counts as its last day, one before it as its first, so that a run left open never trips over it. */
export function clampedDay(table: DayTable, at: Instant): number {
  const last = table.working.length - 1;
  if (at >= table.starts[last]!) return last;
  return at < table.starts[0]! ? 0 : dayOf(table, at);
}

/** The index of a date, or undefined when it is no date or lies outside the table. */
export function findDay(table: DayTable, date: DateText): number | undefined {
  const day = epochDay(date);
  if (day === undefined) return undefined;
  const index = day - firstDay(table);
  return index >= 0 && index < table.working.length ? index : undefined;
}

/** Its day 0, counted from 1970-01-01. */
function firstDay(table: DayTable): number {
  const known = firstDays.get(table);
  if (known !== undefined) return known;
  const day = epochDay(table.from)!;
  firstDays.set(table, day);
  return day;
}

/** A table never changes. */
const firstDays = new WeakMap<DayTable, number>();

/** Days since 1970-01-01 of a real calendar date, or undefined. */
export function epochDay(date: DateText): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const at = Date.UTC(year, month - 1, day);
  return dateOfEpochDay(at / DAY_MS) === date ? at / DAY_MS : undefined;
}

/** The date of a day counted from 1970-01-01 (civil-from-days, proleptic Gregorian). */
export function dateOfEpochDay(days: number): DateText {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The date of the day that holds `at`. */
export function dateOf(table: DayTable, at: Instant): DateText {
  return dateOfEpochDay(firstDay(table) + dayOf(table, at));
}

export function startOfDay(table: DayTable, day: number): Instant {
  const at = table.starts[day];
  if (at === undefined || day >= table.working.length) throw new DayOutOfTable(`day ${day}`, table);
  return at;
}

/** The last millisecond of a day: work accepted then is in time. */
export function endOfDay(table: DayTable, day: number): Instant {
  const next = table.starts[day + 1];
  if (next === undefined) throw new DayOutOfTable(`day ${day}`, table);
  return next - 1;
}

/**
 * The day `count` working days from `day`. Positive counts only days after it, negative only days before it, so the day itself never counts; zero is
 * the day itself, working or not.
 */
export function workingDaysFrom(table: DayTable, day: number, count: number): number {
  const found = findWorkingDay(table, day, count);
  if (found === undefined) throw new DayOutOfTable(`${count} working days from day ${day}`, table);
  return found;
}

/** As `workingDaysFrom`; undefined where the table ends first. */
export function findWorkingDay(table: DayTable, day: number, count: number): number | undefined {
  const step = count < 0 ? -1 : 1;
  let left = count * step;
  let index = day;
  while (left > 0) {
    index += step;
    const kind = table.working[index];
    if (kind === undefined) return undefined;
    if (kind === '1') left -= 1;
  }
  return index;
}

/** What the clock on the wall shows at `minute` minutes after midnight: see `wallInstant`. */
export function minuteOfDay(table: DayTable, day: number, minute: number): Instant {
  return wallInstant(table, { day, ms: minute * MINUTE_MS });
}

/**
 * The instant of a day at which the clock on the wall is `ms` milliseconds after midnight. Where the clock is set forward over it, the instant at
 * which that happens; where it comes twice, the first time.
 */
export function wallInstant(table: DayTable, { day, ms }: { day: number; ms: number }): Instant {
  const start = startOfDay(table, day);
  let [began, ahead] = [0, 0];
  for (const jump of jumpsOn(table, day)) {
    const elapsed = ms - ahead;
    if (elapsed < jump.afterMs) return start + Math.max(elapsed, began);
    began = jump.afterMs;
    ahead += jump.byMs;
  }
  // The clock may be set forward over the end of its day: what it skips there is the first instant of the next.
  return began === 0 && ahead === 0 ? start + ms : Math.min(start + Math.max(ms - ahead, began), table.starts[day + 1]!);
}

/** What the clock on the wall shows at an instant, in milliseconds after midnight. */
export function wallTimeOf(table: DayTable, at: Instant): number {
  const day = dayOf(table, at);
  const elapsed = at - table.starts[day]!;
  return jumpsOn(table, day).reduce((shown, { afterMs, byMs }) => (afterMs <= elapsed ? shown + byMs : shown), elapsed);
}

const NO_JUMPS: NonNullable<DayTable['jumps']> = [];

function jumpsOn({ jumps }: DayTable, day: number): NonNullable<DayTable['jumps']> {
  return jumps === undefined ? NO_JUMPS : jumps.filter((jump) => jump.day === day);
}
