import { describe, expect, it } from 'vitest';
import { isZone, startsOfDays } from '../../compiler/zone.ts';
import { epochDay } from '../../model/day-table.ts';

const startOf = (zone: string, date: string): string =>
  new Date(startsOfDays(zone, { from: epochDay(date)!, count: 0 })[0]!).toISOString();

describe('the first instant of a day', () => {
  it.each([
    ['Asia/Shanghai', '2020-10-13', '2020-10-12T16:00:00.000Z'],
    ['UTC', '2020-10-13', '2020-10-13T00:00:00.000Z'],
    ['Asia/Kathmandu', '2020-10-13', '2020-10-12T18:15:00.000Z'],
    ['Pacific/Kiritimati', '2020-10-13', '2020-10-12T10:00:00.000Z'],
    ['Pacific/Pago_Pago', '2020-10-13', '2020-10-13T11:00:00.000Z'],
    ['America/New_York', '2020-03-08', '2020-03-08T05:00:00.000Z'],
    ['America/New_York', '2020-03-09', '2020-03-09T04:00:00.000Z'],
    ['America/New_York', '2020-11-02', '2020-11-02T05:00:00.000Z'],
  ])('in %s on %s is %s', (zone, date, instant) => expect(startOf(zone, date)).toBe(instant));

  it('is after midnight where the clock skips midnight', () =>
    expect(startOf('America/Sao_Paulo', '2018-11-04')).toBe('2018-11-04T03:00:00.000Z'));

  it('is the next day’s where a whole day is skipped', () => {
    expect(startOf('Pacific/Apia', '2011-12-30')).toBe('2011-12-30T10:00:00.000Z');
    expect(startOf('Pacific/Apia', '2011-12-31')).toBe('2011-12-30T10:00:00.000Z');
  });

  it('is the first of two midnights where the clock is set back over midnight', () =>
    expect(startOf('America/Havana', '2020-11-01')).toBe('2020-11-01T04:00:00.000Z'));

  it('never goes back from one day to the next', () => {
    for (const zone of ['America/Sao_Paulo', 'Africa/Casablanca', 'Asia/Tehran', 'Australia/Lord_Howe', 'Europe/Dublin']) {
      const starts = startsOfDays(zone, { from: epochDay('2016-01-01')!, count: 1200 });
      expect(starts.every((start, index) => index === 0 || start > starts[index - 1]!)).toBe(true);
    }
  });
});

describe('a zone', () => {
  it('is one of the data base', () => expect(['Asia/Shanghai', 'Asia/Urumqi', 'UTC'].map(isZone)).toEqual([true, true, true]));
  it('is neither an offset nor an abbreviation', () =>
    expect(['+08:00', 'EST', 'Mars/Olympus', ''].map(isZone)).toEqual([false, false, false, false]));
});
