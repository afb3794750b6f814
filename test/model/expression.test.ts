import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSame, NO_FIGURES, order, reckon } from '../../model/expression.ts';
import { sumOf } from '../../model/fraction.ts';
import type { Expression, FactValue } from '../../model/plan.ts';

const value = (of: FactValue): Expression => ({ op: 'value', value: of });
const all = (expression: Expression) => reckon(expression, {}, NO_FIGURES);
const both = (op: 'plus' | 'minus' | 'times' | 'over', left: FactValue, right: FactValue): Expression => ({
  op,
  of: [value(left), value(right)],
});
const later = (date: FactValue, days: FactValue) => all({ op: 'later', date: value(date), days: value(days) });

/** Amounts in cents, as forms take them. */
const money = fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100);
const anything = fc.oneof(fc.double(), fc.constant(null), fc.boolean(), fc.constantFrom('2020-02-29', 'deep', ''));

describe('an expression', () => {
  it('adds amounts to the cent', () =>
    fc.assert(
      fc.property(fc.array(money, { maxLength: 50 }), (amounts) => {
        const cents = amounts.reduce((sum, amount) => sum + Math.round(amount * 100), 0);
        expect(sumOf(amounts)).toBe(cents / 100 + 0);
      }),
    ));

  it.each([
    ['plus', 0.1, 0.2, 0.3],
    ['minus', 0.3, 0.1, 0.2],
    ['times', 3, -2, -6],
    ['times', 0, -2, 0],
    ['over', 1, 4, 0.25],
    ['over', 1, 0, null],
    ['over', 0, 0, null],
    ['over', 1, -4, -0.25],
    ['plus', 1e-7, 1, 1.0000001],
    ['plus', 1e21, 1e21, 2e21],
    ['plus', Number.POSITIVE_INFINITY, 1, null],
    ['minus', '2021-01-01', '2020-12-31', 1],
    ['minus', '2020-02-28', '2020-03-01', -2],
    ['minus', '2020-02-28', 1, null],
    ['minus', 'deep', 'deep', null],
    ['plus', '2020-02-28', '2020-03-01', null],
    ['plus', true, 1, null],
    ['plus', null, 1, null],
  ] as const)('%s of %s and %s is %s', (op, left, right, result) => {
    const found = all(both(op, left, right));
    if (result === null) expect(found).toBeNull();
    else
      expect(
        isSame(found, result),
        JSON.stringify(found, (_, part) => String(part)),
      ).toBe(true);
  });

  it('is exact: what was divided is whole again', () =>
    fc.assert(
      fc.property(money, money, (a, b) => {
        const back = all({ op: 'times', of: [both('over', a, b), value(b)] });
        if (b === 0) expect(back).toBeNull();
        else expect(isSame(back, a)).toBe(true);
      }),
    ));

  it('puts numbers in one order, however they were reckoned', () =>
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (a, b) => {
          expect(Math.sign(order(all(both('plus', a, 0)), b)!) + 0).toBe(Math.sign(order(a, b)!) + 0);
        },
      ),
    ));

  it.each([
    ['2020-02-28', 1, '2020-02-29'],
    ['2020-02-28', 2.9, '2020-03-01'],
    ['2020-03-01', -1, '2020-02-29'],
    ['2020-02-30', 1, null],
    ['2020-02-28', null, null],
    ['9999-12-31', 1, null],
    ['2020-02-28', Number.MAX_VALUE, null],
  ] as const)('%s and %s days later is %s', (date, days, result) => expect(later(date, days)).toBe(result));

  it('adds days and finds them again between the two dates', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 28 }), fc.integer({ min: -9999, max: 9999 }), (day, days) => {
        const date = `2020-02-${String(day).padStart(2, '0')}`;
        expect(all(both('minus', later(date, days) as string, date))).toBe(days);
      }),
    ));

  it('never throws, whatever it is given', () =>
    fc.assert(
      fc.property(fc.constantFrom('plus', 'minus', 'times', 'over'), anything, anything, anything, (op, left, right, other) => {
        const found = all(both(op, left, right));
        expect(typeof order(found, other)).toMatch(/number|undefined/);
        if (left === null || right === null) expect(found).toBeNull();
      }),
    ));
});
