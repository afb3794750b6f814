import { describe, expect, it } from 'vitest';
import { parseCalendars } from '../../compiler/calendar.ts';
import { createPlaces } from '../../compiler/places.ts';
import { epochDay } from '../../model/day-table.ts';
import { CN_CALENDAR, compiledFrom, TINY, tinyWith } from './tiny.ts';

const cn = parseCalendars([CN_CALENDAR], {
  places: createPlaces(),
  report: (code, place) => expect.fail(`${code} at ${place.line}`),
}).get('cn')!;
const isWorked = (date: string): boolean => cn.isWorkingDay(epochDay(date)!);

describe('the calendar of China', () => {
  it.each([
    '2020-10-01',
    '2020-10-02',
    '2020-10-05',
    '2020-10-08',
    '2021-01-01',
    '2021-02-11',
    '2021-02-17',
    '2025-01-28',
    '2026-02-16',
  ])('rests on %s', (date) => expect(isWorked(date)).toBe(false));

  it.each(['2020-09-27', '2020-10-10', '2021-02-07', '2021-02-20', '2021-04-25', '2025-01-26'])(
    'works on the weekend day %s in exchange',
    (date) => expect(isWorked(date)).toBe(true),
  );

  it.each(['2020-10-17', '2020-10-18', '2020-12-26'])('rests on the ordinary weekend day %s', (date) =>
    expect(isWorked(date)).toBe(false),
  );

  it.each(['2020-10-09', '2020-10-13', '2020-12-31', '2021-01-04'])('works on the ordinary weekday %s', (date) =>
    expect(isWorked(date)).toBe(true),
  );

  it.each([
    [2020, 249],
    [2021, 250],
    [2022, 249],
    [2023, 249],
  ])('has in %i the %i working days that the notices leave', (year, days) => {
    const from = epochDay(`${year}-01-01`)!;
    const count = epochDay(`${year + 1}-01-01`)! - from;
    expect(Array.from({ length: count }, (_, index) => cn.isWorkingDay(from + index)).filter(Boolean)).toHaveLength(days);
  });

  it('knows 2020 to 2026, and nothing else', () =>
    expect([2019, 2020, 2026, 2027].map((year) => cn.knows(year))).toEqual([false, true, true, false]));
});

describe('the day table of a plan', () => {
  it('reaches from 40 days before the campaign to 75 after it', () => {
    const { days } = compiledFrom(TINY).programs.campaign;
    expect(days.from).toBe('2020-09-03');
    expect(days.working).toHaveLength(40 + 3 + 75);
    expect(days.starts).toHaveLength(days.working.length + 1);
  });

  it('ends with the last known year, as long as 25 days remain', () => {
    const at = (starts: string): number => compiledFrom(TINY, { starts }).programs.campaign.days.working.length;
    expect(at('2026-12-04')).toBe(40 + 3 + 25);
    expect(() => at('2026-12-05')).toThrow('CALENDAR_YEAR_UNKNOWN');
  });

  it('has days of 23 and 25 hours where the zone has them', () => {
    const { days } = compiledFrom(tinyWith(['Asia/Shanghai', 'Europe/Berlin'])).programs.campaign;
    const hours = days.starts.slice(1).map((start, index) => (start - days.starts[index]!) / 3_600_000);
    expect(new Set(hours)).toEqual(new Set([24, 25]));
  });
});
