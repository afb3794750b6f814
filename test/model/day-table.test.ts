import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dateOf,
  dateOfEpochDay,
  DayOutOfTable,
  dayOf,
  endOfDay,
  epochDay,
  findDay,
  minuteOfDay,
  startOfDay,
  workingDaysFrom,
} from '../../model/day-table.ts';
import { beijing, DAYS, inBeijing } from '../engine/program-builder.ts';

const LAST = DAYS.working.length - 1;
const day = (date: string): number => findDay(DAYS, date)!;
const dateAt = (index: number): string => dateOf(DAYS, startOfDay(DAYS, index));
/** The date so many working days from another. */
const count = (from: string, days: number): string => dateAt(workingDaysFrom(DAYS, day(from), days));

describe('working days', () => {
  it('skip the eight days of the National Day holiday', () => expect(count('2020-09-30', 1)).toBe('2020-10-09'));
  it('count the Saturday that is worked in exchange', () => expect(count('2020-09-30', 2)).toBe('2020-10-10'));
  it('skip the Sunday after it', () => expect(count('2020-09-30', 3)).toBe('2020-10-12'));
  it('count back over the same days', () =>
    expect([-1, -2, -3].map((days) => count('2020-10-12', days))).toEqual(['2020-10-10', '2020-10-09', '2020-09-30']));
  it('count on from a holiday without counting it', () => expect(count('2020-10-03', 1)).toBe('2020-10-09'));
  it('count back from a holiday without counting it', () => expect(count('2020-10-03', -1)).toBe('2020-09-30'));
  it('count on from a working day without counting it', () => expect(count('2020-10-10', 1)).toBe('2020-10-12'));
  it('skip a plain weekend', () => expect(count('2020-10-23', 1)).toBe('2020-10-26'));
  it('know the Spring Festival and both of its made-up days', () =>
    expect([count('2021-02-05', 1), count('2021-02-10', 1), count('2021-02-19', 1)]).toEqual([
      '2021-02-07',
      '2021-02-18',
      '2021-02-20',
    ]));
  it('of none are the day itself when it is worked', () => expect(count('2020-10-10', 0)).toBe('2020-10-10'));
  it('of none are the day itself when it is not', () => expect(count('2020-10-03', 0)).toBe('2020-10-03'));
  it('cannot be counted past the last day', () => expect(() => workingDaysFrom(DAYS, LAST, 1)).toThrow(DayOutOfTable));
  it('cannot be counted back past the first day', () => expect(() => workingDaysFrom(DAYS, 0, -1)).toThrow(DayOutOfTable));
  it('counted there and back from a working day come back to it', () =>
    fc.assert(
      fc.property(fc.integer({ min: 40, max: LAST - 40 }), fc.integer({ min: 1, max: 20 }), (index, days) => {
        fc.pre(DAYS.working[index] === '1');
        expect(workingDaysFrom(DAYS, workingDaysFrom(DAYS, index, days), -days)).toBe(index);
      }),
    ));
});

describe('a day', () => {
  it('begins at midnight in the zone of the plan', () =>
    expect(inBeijing(startOfDay(DAYS, day('2020-10-15')))).toBe('2020-10-15 00:00'));
  it('ends a millisecond before the next', () =>
    expect(inBeijing(endOfDay(DAYS, day('2020-10-15')))).toBe('2020-10-15 23:59:59.999'));
  it('holds its first millisecond', () => expect(dateOf(DAYS, beijing('2020-10-15 00:00'))).toBe('2020-10-15'));
  it('holds its last millisecond', () => expect(dateOf(DAYS, beijing('2020-10-15 23:59:59.999'))).toBe('2020-10-15'));
  it('does not hold the millisecond before its first', () =>
    expect(dateOf(DAYS, beijing('2020-10-15 00:00') - 1)).toBe('2020-10-14'));
  it('does not hold the millisecond after its last', () =>
    expect(dateOf(DAYS, beijing('2020-10-15 23:59:59.999') + 1)).toBe('2020-10-16'));
  it('has its times of day', () => expect(inBeijing(minuteOfDay(DAYS, day('2020-10-15'), 9 * 60 + 30))).toBe('2020-10-15 09:30'));
});

describe('the edges of the table', () => {
  const [first, end] = [DAYS.starts[0]!, DAYS.starts[LAST + 1]!];

  it('hold the first instant of the first day', () => expect(dayOf(DAYS, first)).toBe(0));
  it('hold the last millisecond of the last day', () => expect(dayOf(DAYS, end - 1)).toBe(LAST));
  it('leave out the millisecond before', () => expect(() => dayOf(DAYS, first - 1)).toThrow(DayOutOfTable));
  it('leave out the instant after', () => expect(() => dayOf(DAYS, end)).toThrow(DayOutOfTable));
  it('give the last day an end', () => expect(inBeijing(endOfDay(DAYS, LAST))).toBe('2021-03-31 23:59:59.999'));
  it('give no start to a day after the last', () => expect(() => startOfDay(DAYS, LAST + 1)).toThrow(DayOutOfTable));
  it('give no end to a day after the last', () => expect(() => endOfDay(DAYS, LAST + 1)).toThrow(DayOutOfTable));
  it('give no start to a day before the first', () => expect(() => startOfDay(DAYS, -1)).toThrow(DayOutOfTable));
  it('are named by the error', () =>
    expect(() => dayOf(DAYS, end)).toThrow(
      `instant ${end} lies outside the plan's day table, which has 212 days from 2020-09-01`,
    ));
});

describe('a date', () => {
  it('is found in the table', () => expect([day('2020-09-01'), day('2020-09-30'), day('2021-03-31')]).toEqual([0, 29, LAST]));
  it.each(['2020-08-31', '2021-04-01'])('outside the table is not found: %s', (date) =>
    expect(findDay(DAYS, date)).toBeUndefined(),
  );
  it.each([
    '',
    '2020-10',
    '2020-9-1',
    '2020-02-30',
    '2021-02-29',
    '2020-13-01',
    '2020-00-10',
    '2020-10-00',
    ' 2020-10-01',
    '0020-10-01x',
  ])('that is none is not found: %j', (text) => expect(findDay(DAYS, text)).toBeUndefined());
  it('knows leap days', () => expect(dateOfEpochDay(epochDay('2020-02-28')! + 1)).toBe('2020-02-29'));
  it('begins with the year 1970', () => expect(epochDay('1970-01-01')).toBe(0));
  it('counts back before it', () => expect([epochDay('1969-12-31'), dateOfEpochDay(-1)]).toEqual([-1, '1969-12-31']));
  it('of any day is the date of that day', () =>
    fc.assert(
      fc.property(fc.integer({ min: epochDay('1900-01-01')!, max: epochDay('2200-12-31')! }), (days) => {
        expect(dateOfEpochDay(days)).toBe(new Date(days * 86_400_000).toISOString().slice(0, 10));
        expect(epochDay(dateOfEpochDay(days))).toBe(days);
      }),
    ));
});
