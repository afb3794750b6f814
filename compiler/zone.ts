/** When days begin in a time zone. The only place that asks `Intl`; what it finds is frozen into the plan. */
import type { Instant } from '../model/plan.ts';

const DAY_MS = 86_400_000;
const SECOND_MS = 1000;

export function isZone(zone: string): boolean {
  // `Intl` also takes bare offsets and abbreviations such as EST, which have no rules for the seasons.
  return (zone === 'UTC' || zone.includes('/')) && formatOf(zone) !== undefined;
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
  let [before, after] = [midnight - DAY_MS, midnight + DAY_MS];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + offsetAt(middle) >= midnight) after = middle;
    else before = middle;
  }
  return after;
}
