import { describe, expect, it } from 'vitest';
import { createDateTime, startOfDay } from '../../platform/zoned-time.ts';

describe('the first instant of a day', () => {
  it.each([
    ['2020-10-13', 'Asia/Shanghai', '2020-10-12T16:00:00Z'],
    ['2020-10-13', 'UTC', '2020-10-13T00:00:00Z'],
    ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00Z'],
    ['2026-03-09', 'America/New_York', '2026-03-09T04:00:00Z'],
    ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00Z'],
    ['2026-11-02', 'America/New_York', '2026-11-02T05:00:00Z'],
  ])('%s in %s is %s', (day, zone, instant) => {
    expect(startOfDay(day, zone)).toBe(Date.parse(instant));
    expect(createDateTime(zone)(startOfDay(day, zone))).toBe(`${day} 00:00`);
  });
});
