import { describe, expect, it } from 'vitest';
import { campaignTime } from '../../model/clock.ts';
import { rehearsalClock } from '../../simulator/rehearsal-clock.ts';

describe('the clock of a rehearsal', () => {
  const [startsAt, endsAt, now] = [Date.UTC(2020, 9, 12), Date.UTC(2020, 11, 31), Date.UTC(2026, 0, 1)];
  const clock = rehearsalClock({ startsAt, endsAt, now, lengthMs: 90_000, instances: 100 });
  const at = (real: number) => campaignTime(clock, { real, advancedTo: 0 });

  it('stands before the first phase while everything is being opened', () => expect(at(now)).toBeLessThan(startsAt));
  it('begins the campaign once its lead is over', () => expect(at(clock.startedAt)).toBe(startsAt));
  it('ends it after the time asked for', () => expect(at(clock.startedAt + 90_000)).toBe(endsAt));

  it('gives more time to open more', () =>
    expect(rehearsalClock({ startsAt, endsAt, now, lengthMs: 90_000, instances: 1_000 }).startedAt).toBeGreaterThan(
      clock.startedAt,
    ));
});
