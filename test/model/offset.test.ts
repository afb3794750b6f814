import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDay, startOfDay } from '../../model/day-table.ts';
import type { Hours } from '../../model/hours.ts';
import { clampedOffset, findOffset, multiplied, type Offset, type Timeless } from '../../model/offset.ts';
import { beijing, DAYS, inBeijing, TABLE_ENDS } from '../engine/program-builder.ts';

const HOURS: Hours = {
  work: [
    { fromMinute: 510, toMinute: 720 },
    { fromMinute: 840, toMinute: 1080 },
  ],
};
const frame = { days: DAYS, hours: HOURS };

function from(start: string, offset: Offset, timeless: Timeless = 'end-of-day'): string {
  const at = findOffset(frame, { from: beijing(start), offset, timeless });
  return at === undefined ? 'beyond the table' : inBeijing(at);
}
const minutes = (count: number): Offset => ({ unit: 'minutes', count });
const hours = (count: number): Offset => ({ unit: 'hours', count });
const workingHours = (count: number): Offset => ({ unit: 'workingHours', count });
const days = (count: number, atMinute?: number): Offset => ({
  unit: 'days',
  count,
  ...(atMinute === undefined ? {} : { atMinute }),
});
const workingDays = (count: number, atMinute?: number): Offset => ({ ...days(count, atMinute), unit: 'workingDays' });
const weeks = (count: number, atMinute?: number): Offset => ({ ...days(count, atMinute), unit: 'weeks' });

describe('minutes and hours', () => {
  it('are exact, over midnight and holidays', () => {
    expect(from('2020-09-30 23:50', minutes(20))).toBe('2020-10-01 00:10');
    expect(from('2020-09-30 23:50', hours(48))).toBe('2020-10-02 23:50');
    expect(from('2020-10-01 00:10', hours(-1))).toBe('2020-09-30 23:10');
  });
  it('know nothing of the table and go on past its end', () =>
    expect(from('2021-03-31 23:30', hours(1))).toBe('2021-04-01 00:30'));
});

describe('working hours', () => {
  it('are counted in the hours that are worked', () => {
    expect(from('2020-10-15 09:00', workingHours(2))).toBe('2020-10-15 11:00');
    expect(from('2020-10-15 11:00', workingHours(2))).toBe('2020-10-15 15:00');
  });
  it('begin with the next hours that are worked when nobody works', () => {
    expect(from('2020-10-15 12:30', workingHours(1))).toBe('2020-10-15 15:00');
    expect(from('2020-10-15 20:00', workingHours(1))).toBe('2020-10-16 09:30');
    expect(from('2020-10-01 10:00', workingHours(1))).toBe('2020-10-09 09:30');
  });
  it('end with the span that holds the last of them, not where the next begins', () =>
    expect(from('2020-10-15 09:00', workingHours(3))).toBe('2020-10-15 12:00'));
  it('skip weekends and count the Saturday that is worked', () =>
    expect(from('2020-10-09 17:00', workingHours(2))).toBe('2020-10-10 09:30'));
  it('go back in the same way', () => {
    expect(from('2020-10-15 15:00', workingHours(-2))).toBe('2020-10-15 11:00');
    expect(from('2020-10-09 08:30', workingHours(-1))).toBe('2020-09-30 17:00');
  });
  it('of none are the instant itself, worked or not', () =>
    expect(from('2020-10-03 03:00', workingHours(0))).toBe('2020-10-03 03:00'));
  it('lie beyond the table when it has no more of them', () => {
    expect(from('2021-03-31 17:30', workingHours(1))).toBe('beyond the table');
    expect(from('2020-09-01 08:30', workingHours(-1))).toBe('beyond the table');
  });
  it('do not exist where none are worked', () =>
    expect(
      findOffset({ days: DAYS }, { from: beijing('2020-10-15 09:00'), offset: workingHours(1), timeless: 'end-of-day' }),
    ).toBeUndefined());
});

describe('days', () => {
  it('never count the day they are counted from', () =>
    expect(from('2020-10-15 00:00', days(1))).toBe('2020-10-16 23:59:59.999'));
  it('are the same whenever on a day they are counted from', () =>
    expect(from('2020-10-15 23:59:59.999', days(1))).toBe('2020-10-16 23:59:59.999'));
  it('of none are the day itself', () => expect(from('2020-10-15 09:00', days(0))).toBe('2020-10-15 23:59:59.999'));
  it('end at a time of day where one is said', () => {
    expect(from('2020-10-15 09:00', days(2, 17 * 60))).toBe('2020-10-17 17:00');
    expect(from('2020-10-15 09:00', weeks(-1, 0))).toBe('2020-10-08 00:00');
    expect(from('2020-09-30 09:00', workingDays(2, 17 * 60))).toBe('2020-10-10 17:00');
  });
  it('keep the time of day where something is said again', () => {
    expect(from('2020-10-15 09:10', weeks(1), 'same-time')).toBe('2020-10-22 09:10');
    expect(from('2020-09-30 09:10', workingDays(1), 'same-time')).toBe('2020-10-09 09:10');
  });
  it('count every day, and working days only those that are worked', () => {
    expect(from('2020-09-30 09:00', days(3))).toBe('2020-10-03 23:59:59.999');
    expect(from('2020-09-30 09:00', workingDays(3))).toBe('2020-10-12 23:59:59.999');
  });
  it('lie beyond the table on either side', () => {
    expect([from('2021-03-31 09:00', days(1)), from('2020-09-01 09:00', days(-1))]).toEqual(Array(2).fill('beyond the table'));
  });
});

describe('clamped to the table', () => {
  const clamped = (start: string, offset: Offset): string =>
    inBeijing(clampedOffset(frame, { from: beijing(start), offset, timeless: 'end-of-day' }));

  it('days end with its last day, working days with its last working day', () => {
    expect(clamped('2021-03-20 09:00', days(60))).toBe('2021-03-31 23:59:59.999');
    expect(clamped('2021-03-20 09:00', workingDays(20))).toBe('2021-03-31 23:59:59.999');
    expect(clamped('2021-06-01 09:00', workingDays(1))).toBe('2021-03-31 23:59:59.999');
  });
  it('what lies before it is its first instant', () => expect(clamped('2020-09-03 09:00', days(-30))).toBe('2020-09-01 00:00'));
});

describe('however far', () => {
  const count = fc.integer({ min: -15, max: 15 });
  const unit = fc.constantFrom('days', 'workingDays', 'weeks', 'hours', 'workingHours' as const);
  const start = fc.integer({
    min: startOfDay(DAYS, findDay(DAYS, '2020-12-01')!),
    max: startOfDay(DAYS, findDay(DAYS, '2020-12-20')!),
  });
  const question = (at: number, offset: Offset) => ({ from: at, offset, timeless: 'same-time' as const });

  it('more is later', () =>
    fc.assert(
      fc.property(start, unit, count, (at, of, n) => {
        const [less, more] = [n, n + 1].map((each) => findOffset(frame, question(at, { unit: of, count: each })));
        if (less !== undefined && more !== undefined) expect(more).toBeGreaterThan(less);
      }),
    ));
  it('twice as far lies as far again, where days are counted from a working day', () =>
    fc.assert(
      fc.property(start, unit, fc.integer({ min: 1, max: 5 }), (at, of, n) => {
        const offset: Offset = { unit: of, count: n };
        const once = findOffset(frame, question(at, offset))!;
        expect(findOffset(frame, question(once, offset))).toBe(findOffset(frame, question(at, multiplied(offset, 2))));
      }),
    ));
  it('the table ends it, and nothing else', () =>
    expect(findOffset(frame, question(TABLE_ENDS - 1, days(0)))).toBe(TABLE_ENDS - 1));
});
