import { describe, expect, it } from 'vitest';
import { formatDay, formatElapsed, formatInstant, parseDurationMs } from '../../cli/instants.ts';

describe('an instant', () => {
  const at = Date.UTC(2020, 9, 12, 16, 5);

  it('is written in the zone of the campaign', () => expect(formatInstant(at)).toBe('2020-10-13 00:05'));
  it('may be written in another', () => expect(formatInstant(at, 'UTC')).toBe('2020-10-12 16:05'));
  it('has a day', () => expect(formatDay(at)).toBe('2020-10-13'));
});

describe('a duration', () => {
  it.each([
    ['90s', 90_000],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
  ])('is read from %s', (text, ms) => expect(parseDurationMs(text)).toBe(ms));

  it.each(['', '90', 's', '-1s', '0s', '1w', '1e9s', '９０s'])('is not read from "%s"', (text) =>
    expect(parseDurationMs(text)).toBeUndefined(),
  );

  it.each([
    [0, '0:00'],
    [7_400, '0:07'],
    [90_000, '1:30'],
    [7_509_000, '2:05:09'],
  ])('of %i ms is told as %s', (ms, text) => expect(formatElapsed(ms)).toBe(text));
});
