/** When days begin in a time zone. The only place that asks `Intl`; what it finds is frozen into the plan. */
import { findNearest } from '../model/nearest.ts';
import type { ClockJump, Instant } from '../model/plan.ts';

const DAY_MS = 86_400_000;
const SECOND_MS = 1000;

export function isZone(zone: string): boolean {
  // `Intl` also takes bare offsets and abbreviations such as EST, which have no rules for the seasons.
  return (zone === 'UTC' || zone.includes('/')) && formatOf(zone) !== undefined;
}

/** What people write who mean the time of China, which is that of Shanghai in the data base. */
const CHINA =
  /北京|中国|上海|beijing|peking|china|tianjin|guangzhou|shenzhen|chengdu|wuhan|nanjing|hangzhou|^(?:prc|cst)$|^(?:utc|gmt)?\+0?8(?::?00)?$/i;

/** The zone that was perhaps meant: never another just because it is spelt alike, where China was. */
export function findMeantZone(zone: string): string | undefined {
  return CHINA.test(zone) ? 'Asia/Shanghai' : findNearest(zone, Intl.supportedValuesOf('timeZone'));
}

/** Formats cost milliseconds to make. Only zones that exist are kept, so there are a few hundred at most. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
    return format;
  } catch {
    return undefined;
  }
}

/** The first instants of consecutive days, and of the day after the last of them. */
export function startsOfDays(zone: string, { from, count }: { from: number; count: number }): readonly Instant[] {
  const offsetAt = createOffsetOf(zone);
  return Array.from({ length: count + 1 }, (_, index) => startOfDay(from + index, offsetAt));
}

/**
 * Where the clock is set forward or back on the days that begin at `starts` (the last of which only ends the one before): the days on which a time of
 * day lies elsewhere than so many minutes after the day's first instant.
 */
export function jumpsOfDays(zone: string, { from, starts }: { from: number; starts: readonly Instant[] }): readonly ClockJump[] {
  const offsetAt = createOffsetOf(zone);
  return starts.slice(0, -1).flatMap((start, day): readonly ClockJump[] => {
    const end = starts[day + 1]!;
    const skipped = start + offsetAt(start) - (from + day) * DAY_MS;
    const atMidnight = skipped === 0 ? [] : [{ day, afterMs: 0, byMs: skipped }];
    const isEven = end <= start || offsetAt(start) === offsetAt(end) || offsetAt(start) === offsetAt(end - 1);
    if (isEven) return atMidnight;
    const jumpsAt = firstWith({ before: start, after: end - 1 }, (at) => offsetAt(at) !== offsetAt(start));
    return [...atMidnight, { day, afterMs: jumpsAt - start, byMs: offsetAt(end - 1) - offsetAt(start) }];
  });
}

/** Milliseconds that local time is ahead of UTC at an instant. Asked of the same instants by neighbouring days, and slow, so answers are kept. */
function createOffsetOf(zone: string): (at: Instant) => number {
  const known = new Map<Instant, number>();
  const format = formatOf(zone);
  if (format === undefined) throw new Error(`there is no time zone '${zone}'`);
  return (at) => {
    const before = known.get(at);
    if (before !== undefined) return before;
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const local = Date.UTC(parts['year']!, parts['month']! - 1, parts['day'], parts['hour'], parts['minute'], parts['second']);
    const offset = local - Math.floor(at / SECOND_MS) * SECOND_MS;
    known.set(at, offset);
    return offset;
  };
}

/** Local midnight; where the clock skips midnight (or the whole day), the first instant after the gap. */
function startOfDay(epochDay: number, offsetAt: (at: Instant) => number): Instant {
  const midnight = epochDay * DAY_MS;
  const candidates = [midnight - offsetAt(midnight - DAY_MS), midnight - offsetAt(midnight + DAY_MS)];
  const found = candidates.filter((at) => at + offsetAt(at) === midnight).sort((a, b) => a - b)[0];
  if (found !== undefined) return found;
  // No instant reads 00:00: between these bounds local time jumps over it, and once it has, it stays past it.
  return firstWith({ before: midnight - DAY_MS, after: midnight + DAY_MS }, (at) => at + offsetAt(at) >= midnight);
}

/** The first instant at which something is so that is not at `before`, is at `after`, and stays so between. */
function firstWith({ before, after }: { before: Instant; after: Instant }, isSo: (at: Instant) => boolean): Instant {
  let [not, so] = [before, after];
  while (so - not > 1) {
    const middle = Math.floor((not + so) / 2);
    if (isSo(middle)) so = middle;
    else not = middle;
  }
  return so;
}
