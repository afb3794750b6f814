import { describe, expect, it } from 'vitest';
import { isZone, jumpsOfDays, startsOfDays } from '../../compiler/zone.ts';
import { dateOfEpochDay, epochDay, minuteOfDay, wallTimeOf } from '../../model/day-table.ts';
import type { DayTable } from '../../model/plan.ts';

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

function tableOf(zone: string, first: string, count: number): DayTable {
  const from = epochDay(first)!;
  const starts = startsOfDays(zone, { from, count });
  return { from: first, starts, working: '1'.repeat(count), jumps: jumpsOfDays(zone, { from, starts }) };
}

describe('a time of day', () => {
  const HOUR = 3_600_000;
  const at = (zone: string, date: string, time: string): string => {
    const [hours, minutes] = time.split(':').map(Number) as [number, number];
    return new Date(minuteOfDay(tableOf(zone, date, 2), 0, hours * 60 + minutes)).toISOString();
  };

  it.each([
    ['Asia/Shanghai', '2020-10-13', '09:00', '2020-10-13T01:00:00.000Z'],
    // Forward at 02:00 to 03:00
    ['Europe/Berlin', '2026-03-29', '01:59', '2026-03-29T00:59:00.000Z'],
    ['Europe/Berlin', '2026-03-29', '03:00', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29', '17:00', '2026-03-29T15:00:00.000Z'],
    // Back at 03:00 to 02:00
    ['Europe/Berlin', '2026-10-25', '17:00', '2026-10-25T16:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04', '09:00', '2026-10-03T22:00:00.000Z'],
    // The day begins at 01:00
    ['America/Sao_Paulo', '2018-11-04', '09:00', '2018-11-04T11:00:00.000Z'],
    // 00:00 to 01:00 comes twice
    ['America/Havana', '2020-11-01', '09:00', '2020-11-01T14:00:00.000Z'],
  ])('in %s on %s, %s, is %s', (zone, date, time, instant) => expect(at(zone, date, time)).toBe(instant));

  it('that the clock jumps over is the instant at which it does', () => {
    expect(at('Europe/Berlin', '2026-03-29', '02:30')).toBe('2026-03-29T01:00:00.000Z');
    expect(at('America/Sao_Paulo', '2018-11-04', '00:30')).toBe('2018-11-04T03:00:00.000Z');
  });
  it('that comes twice is the first of the two', () =>
    expect(at('Europe/Berlin', '2026-10-25', '02:30')).toBe('2026-10-25T00:30:00.000Z'));
  it('of a day that is left out is the instant at which it is', () =>
    expect(at('Pacific/Apia', '2011-12-30', '09:00')).toBe('2011-12-30T10:00:00.000Z'));

  it('has no jump in the table of a zone without seasons', () =>
    expect(tableOf('Asia/Shanghai', '2020-01-01', 366).jumps).toEqual([]));

  it('is what Intl shows, in every hour of the days around each change of the clock', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'America/Havana']) {
      const table = tableOf(zone, '2017-01-01', 1200);
      const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' });
      for (const { day } of table.jumps!) {
        for (let instant = table.starts[day]!; instant < table.starts[day + 1]!; instant += HOUR / 4) {
          const minutes = wallTimeOf(table, instant) / 60_000;
          const shown = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
          expect(shown, `${zone} ${dateOfEpochDay(epochDay(table.from)! + day)}`).toBe(format.format(instant));
          expect(minuteOfDay(table, day, minutes)).toBeLessThanOrEqual(instant);
        }
      }
    }
  });
});

describe('a zone', () => {
  it('is one of the data base', () => expect(['Asia/Shanghai', 'Asia/Urumqi', 'UTC'].map(isZone)).toEqual([true, true, true]));
  it('is neither an offset nor an abbreviation', () =>
    expect(['+08:00', 'EST', 'Mars/Olympus', ''].map(isZone)).toEqual([false, false, false, false]));
});
