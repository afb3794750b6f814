import { describe, expect, it } from 'vitest';
import { evaluate, factsReadBy, figuresReadBy } from '../../model/condition.ts';
import type { Condition } from '../../model/plan.ts';

const deep: Condition = { op: 'is', fact: 'class', in: ['deep'] };
const national: Condition = { op: 'is', fact: 'fileLevel', in: ['national'] };

describe('a condition', () => {
  it('holds when the fact has one of the values', () =>
    expect(evaluate({ op: 'is', fact: 'class', in: ['sudden', 'deep'] }, { class: 'deep' })).toBe(true));
  it('does not hold when the fact has another value', () => expect(evaluate(deep, { class: 'sudden' })).toBe(false));
  it('takes a missing fact for null', () => expect(evaluate({ op: 'is', fact: 'class', in: [null] }, {})).toBe(true));
  it('does not take an inherited member for a fact', () =>
    expect(evaluate({ op: 'is', fact: 'constructor', in: [null] }, {})).toBe(true));
  it('keeps 1, "1" and true apart', () => {
    const one: Condition = { op: 'is', fact: 'n', in: [1] };
    expect([1, '1', true].map((n) => evaluate(one, { n }))).toEqual([true, false, false]);
  });
  it('joins with all', () =>
    expect(evaluate({ op: 'all', of: [deep, national] }, { class: 'deep', fileLevel: 'tiered' })).toBe(false));
  it('joins with any', () =>
    expect(evaluate({ op: 'any', of: [deep, national] }, { class: 'deep', fileLevel: 'tiered' })).toBe(true));
  it('turns round with not', () => expect(evaluate({ op: 'not', of: deep }, { class: 'deep' })).toBe(false));
  it('holds for all of nothing and not for any of nothing', () => {
    expect(evaluate({ op: 'all', of: [] }, {})).toBe(true);
    expect(evaluate({ op: 'any', of: [] }, {})).toBe(false);
  });
  it('names each fact it reads once', () =>
    expect(factsReadBy({ op: 'all', of: [deep, { op: 'not', of: national }, deep] })).toEqual(['class', 'fileLevel']));
});

describe('a condition that reckons', () => {
  const paid = { op: 'fact', fact: 'paid' } as const;
  const sum = { op: 'sum', table: 'measures', column: 'amount' } as const;
  const size = { op: 'size', table: 'measures' } as const;
  const atMost: Condition = { op: 'relate', by: 'le', left: sum, right: { op: 'plus', of: [paid, size] } };

  it('reads the figures of tables where there are any', () => {
    const figures = ({ column }: { readonly column?: string }): number => (column === 'amount' ? 7 : 2);
    expect(evaluate(atMost, { paid: 5 }, figures)).toBe(true);
    expect(evaluate(atMost, { paid: 4 }, figures)).toBe(false);
  });
  it('takes a figure that is nowhere for null', () => expect(evaluate(atMost, { paid: 100 })).toBe(false));
  it('names facts and figures apart', () => {
    expect(factsReadBy(atMost)).toEqual(['paid']);
    expect(figuresReadBy(atMost)).toEqual([{ table: 'measures', column: 'amount' }, { table: 'measures' }]);
  });
  it('is not the same as anything while a side is null', () => {
    const same: Condition = { op: 'relate', by: 'eq', left: paid, right: { op: 'fact', fact: 'owed' } };
    expect([{}, { paid: 1 }, { paid: 1, owed: 1 }].map((facts) => evaluate(same, facts))).toEqual([false, false, true]);
  });
});
