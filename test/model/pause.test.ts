/** What a pause makes of a deadline that lay ahead when it began. October 2020 in Beijing: the 17th, 18th, 24th and 25th are weekends. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../model/day-table.ts';
import type { Hours } from '../../model/hours.ts';
import { workingTimeBetween } from '../../model/hours.ts';
import { type Budget, carriedDeadline } from '../../model/pause.ts';
import { beijing, DAYS, endOf, inBeijing } from '../engine/program-builder.ts';

const HOURS: Hours = {
  work: [
    { fromMinute: 8 * 60 + 30, toMinute: 12 * 60 },
    { fromMinute: 14 * 60, toMinute: 18 * 60 },
  ],
};
const FRAME = { days: DAYS, hours: HOURS };

const carry = (deadline: string, budget: Budget, [from, to]: readonly [string, string], moves = false): string =>
  inBeijing(
    carriedDeadline(FRAME, {
      ...{ deadline: beijing(deadline), budget, moves },
      pause: { from: beijing(from), to: beijing(to) },
    }),
  );

/** Monday morning to Thursday afternoon. */
const MONDAY_TO_THURSDAY = ['2020-10-12 10:00', '2020-10-15 15:00'] as const;

describe('hours and minutes', () => {
  it.each(['hours', 'minutes'] as const)('go on where they stopped: %s', (budget) =>
    expect(carry('2020-10-12 16:00', budget, MONDAY_TO_THURSDAY)).toBe('2020-10-15 21:00'),
  );
});

describe('days and weeks', () => {
  it.each(['days', 'weeks'] as const)('are as many days later, at the same time of day: %s', (budget) => {
    expect(carry('2020-10-16 23:59:59.999', budget, MONDAY_TO_THURSDAY)).toBe('2020-10-19 23:59:59.999');
    expect(carry('2020-10-16 17:00', budget, MONDAY_TO_THURSDAY)).toBe('2020-10-19 17:00');
  });

  it('are not past at once because the pause ended later on a day than it began', () =>
    expect(carry('2020-10-12 14:00', 'days', MONDAY_TO_THURSDAY)).toBe('2020-10-16 14:00'));

  it('stay where they are when the pause ends on the day on which it began, and the deadline lies after it', () =>
    expect(carry('2020-10-12 23:59:59.999', 'days', ['2020-10-12 10:00', '2020-10-12 15:00'])).toBe('2020-10-12 23:59:59.999'));
});

describe('working days', () => {
  it('are as many after the pause as were left before it', () =>
    // The rest of Monday, Tuesday and Wednesday: the rest of Thursday, Friday and Monday.
    expect(carry('2020-10-14 23:59:59.999', 'workingDays', MONDAY_TO_THURSDAY)).toBe('2020-10-19 23:59:59.999'));

  it('do not count days of the weekend, on either side', () =>
    expect(carry('2020-10-20 23:59:59.999', 'workingDays', ['2020-10-15 10:00', '2020-10-23 10:00'])).toBe(
      '2020-10-28 23:59:59.999',
    ));

  it('give back the day that had begun where the pause ends on a day off', () => {
    expect(carry('2020-10-12 23:59:59.999', 'workingDays', ['2020-10-12 10:00', '2020-10-17 10:00'])).toBe(
      '2020-10-19 23:59:59.999',
    );
    expect(carry('2020-10-14 23:59:59.999', 'workingDays', ['2020-10-12 10:00', '2020-10-17 10:00'])).toBe(
      '2020-10-21 23:59:59.999',
    );
  });

  it('are not past at once on the day on which the pause ends', () =>
    expect(carry('2020-10-12 12:00', 'workingDays', MONDAY_TO_THURSDAY)).toBe('2020-10-16 12:00'));

  it('end with the last that the plan knows', () =>
    expect(carry('2020-10-30 23:59:59.999', 'workingDays', ['2020-10-12 10:00', '2021-03-30 10:00'])).toBe(
      '2021-03-31 23:59:59.999',
    ));
});

describe('working hours', () => {
  it('are as many after the pause as were left before it', () =>
    // Two hours of the morning and one of the afternoon were left; the afternoon of Thursday has three.
    expect(carry('2020-10-12 15:00', 'workingHours', MONDAY_TO_THURSDAY)).toBe('2020-10-15 18:00'));

  it('are counted on working days only', () =>
    expect(carry('2020-10-12 15:00', 'workingHours', ['2020-10-12 10:00', '2020-10-17 10:00'])).toBe('2020-10-19 11:30'));
});

describe('dates', () => {
  it('stay where they are', () =>
    expect(carry('2020-10-14 23:59:59.999', 'date', MONDAY_TO_THURSDAY)).toBe('2020-10-14 23:59:59.999'));

  it('move by as many days, where the definition says so', () =>
    expect(carry('2020-10-14 23:59:59.999', 'date', MONDAY_TO_THURSDAY, true)).toBe('2020-10-17 23:59:59.999'));
});

it('what was past when the pause began stays past', () => {
  for (const budget of ['hours', 'days', 'workingDays', 'workingHours', 'date'] as const)
    expect(carry('2020-10-12 09:59', budget, MONDAY_TO_THURSDAY, true)).toBe('2020-10-12 09:59');
});

const workingDaysBetween = (from: number, to: number): number =>
  DAYS.working.slice(dayOf(DAYS, from) + 1, dayOf(DAYS, to) + 1).split('1').length - 1;

describe('whatever the pause', () => {
  const minute = fc.integer({ min: 0, max: 60 * 24 * 60 }).map((minutes) => beijing('2020-10-09 00:00') + minutes * 60_000);
  const pauses = fc
    .tuple(minute, minute, minute)
    .map((instants) => [...instants].sort((a, b) => a - b) as [number, number, number]);
  const budgets = fc.constantFrom<Budget>('minutes', 'hours', 'workingHours', 'days', 'workingDays', 'weeks', 'date');
  const dayEnds = minute.map((at) => endOf(inBeijing(at).slice(0, 10)));

  it('a deadline is never earlier for it, nor past when it was not', () =>
    fc.assert(
      fc.property(pauses, fc.oneof(minute, dayEnds), budgets, ([from, to], deadline, budget) => {
        const after = carriedDeadline(FRAME, { deadline, budget, moves: true, pause: { from, to } });
        expect(after).toBeGreaterThanOrEqual(deadline);
        if (deadline > from && to > from && (budget !== 'workingHours' || workingTimeBetween(FRAME, { from, to: deadline }) > 0))
          expect(after).toBeGreaterThan(to);
      }),
    ));

  it('two pauses of which one begins when the other ends are one; of working days they may give back one that has begun twice', () =>
    fc.assert(
      fc.property(pauses, dayEnds, budgets, ([from, between, to], deadline, budget) => {
        // Without any left, it is past at the very instant the first ends, and stays so.
        fc.pre(budget !== 'workingHours' || deadline <= from || workingTimeBetween(FRAME, { from, to: deadline }) > 0);
        const one = carriedDeadline(FRAME, { deadline, budget, moves: true, pause: { from, to } });
        const first = carriedDeadline(FRAME, { deadline, budget, moves: true, pause: { from, to: between } });
        const two = carriedDeadline(FRAME, { deadline: first, budget, moves: true, pause: { from: between, to } });
        if (budget === 'workingDays') {
          expect(two).toBeGreaterThanOrEqual(one);
          expect(workingDaysBetween(one, two)).toBeLessThanOrEqual(1);
        } else expect(inBeijing(two)).toBe(inBeijing(one));
      }),
    ));

  it('as much working time is left after it as was before', () =>
    fc.assert(
      fc.property(pauses, minute, ([from, to], deadline) => {
        fc.pre(deadline > from && to > from && workingTimeBetween(FRAME, { from, to: deadline }) > 0);
        const after = carriedDeadline(FRAME, { deadline, budget: 'workingHours', moves: false, pause: { from, to } });
        fc.pre(after > deadline);
        expect(workingTimeBetween(FRAME, { from: to, to: after })).toBe(workingTimeBetween(FRAME, { from, to: deadline }));
      }),
    ));
});
