import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Clock, campaignTime, waitMs } from '../../model/clock.ts';

const real: Clock = { kind: 'real' };
/** An hour of the campaign passes in a second. */
const scaled: Clock = { kind: 'scaled', anchor: 1_000_000, startedAt: 500, speed: 3600 };
const stepped: Clock = { kind: 'stepped', anchor: 1_000_000 };

describe('a real clock', () => {
  it('shows real time', () => expect(campaignTime(real, { real: 42, advancedTo: 7 })).toBe(42));
  it('waits as long as the campaign does', () => expect(waitMs(real, { campaignNow: 100, at: 350 })).toBe(250));
  it('rounds a wait up', () => expect(waitMs(real, { campaignNow: 100.5, at: 350 })).toBe(250));
  it('waits at least a millisecond for what is due now', () => expect(waitMs(real, { campaignNow: 100, at: 100 })).toBe(1));
  it('waits a millisecond for what is overdue', () => expect(waitMs(real, { campaignNow: 100, at: 3 })).toBe(1));
});

describe('a scaled clock', () => {
  it('shows its anchor when it starts', () => expect(campaignTime(scaled, { real: 500, advancedTo: 0 })).toBe(1_000_000));
  it('runs at its speed', () => expect(campaignTime(scaled, { real: 1500, advancedTo: 0 })).toBe(1_000_000 + 3_600_000));
  it('shows whole milliseconds', () =>
    expect(campaignTime({ kind: 'scaled', anchor: 0, startedAt: 0, speed: 0.3 }, { real: 5, advancedTo: 0 })).toBe(1));
  it('waits a fraction of the campaign', () => expect(waitMs(scaled, { campaignNow: 1_000_000, at: 1_000_000 + 7200 })).toBe(2));
  it('rounds a wait up', () => expect(waitMs(scaled, { campaignNow: 1_000_000, at: 1_000_000 + 7201 })).toBe(3));
  it('waits at least a millisecond', () => expect(waitMs(scaled, { campaignNow: 1_000_000, at: 1_000_000 })).toBe(1));
  it('has reached the instant it waited for', () =>
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 1e7 }), fc.integer({ min: 1, max: 1e9 }), (now, ahead) => {
        const campaignNow = campaignTime(scaled, { real: now, advancedTo: 0 });
        const ms = waitMs(scaled, { campaignNow, at: campaignNow + ahead })!;
        expect(campaignTime(scaled, { real: now + ms, advancedTo: 0 })).toBeGreaterThanOrEqual(campaignNow + ahead);
      }),
    ));
});

describe('a stepped clock', () => {
  it('stands where the instance was advanced to', () => expect(campaignTime(stepped, { real: 9e12, advancedTo: 7 })).toBe(7));
  it('never waits', () => expect(waitMs(stepped, { campaignNow: 0, at: 10 })).toBeUndefined());
});
