import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Domain, type Domains, holdsAlways, satisfy } from '../../compiler/satisfy.ts';
import { evaluate } from '../../model/condition.ts';
import type { Condition, Facts, FactValue } from '../../model/plan.ts';

const is = (fact: string, ...values: readonly FactValue[]): Condition => ({ op: 'is', fact, in: values });
const compare = (fact: string, by: 'lt' | 'le' | 'gt' | 'ge', value: number | string): Condition => ({
  op: 'compare',
  fact,
  by,
  value,
});
const all = (...of: readonly Condition[]): Condition => ({ op: 'all', of });
const any = (...of: readonly Condition[]): Condition => ({ op: 'any', of });
const not = (of: Condition): Condition => ({ op: 'not', of });

const domains: Domains = new Map<string, Domain>([
  ['class', { kind: 'members', members: ['deep', 'relative', 'sudden', null] }],
  ['liftable', { kind: 'members', members: [true, false, null] }],
  ['income', { kind: 'numbers', min: 0, nullable: true }],
  ['people', { kind: 'numbers', min: 1, max: 20, whole: true, nullable: false }],
  ['filed', { kind: 'dates', nullable: true }],
  ['cadre', { kind: 'ids', nullable: true }],
]);

describe('a condition', () => {
  it.each<[string, Condition]>([
    ['two members of one choice at once', all(is('class', 'deep'), is('class', 'sudden'))],
    ['a member that the fact never has', is('class', 'other')],
    ['less than the least', compare('income', 'lt', 0)],
    ['more than one bound and less than a smaller one', all(compare('income', 'gt', 800), compare('income', 'lt', 500))],
    ['a whole number between two neighbours', all(compare('people', 'gt', 3), compare('people', 'lt', 4))],
    [
      'a day between two days that follow each other',
      all(compare('filed', 'gt', '2020-10-13'), compare('filed', 'lt', '2020-10-14')),
    ],
    ['a number that is not known and yet more than something', all(is('income', null), compare('income', 'ge', 0))],
    ['a condition and its opposite', all(is('liftable', true), not(is('liftable', true)))],
    ['a fact that nothing ever sets', is('strange', 'x')],
  ])('never holds: %s', (_what, condition) => expect(satisfy(condition, domains)).toEqual({ kind: 'never' }));

  it.each<[string, Condition, Facts]>([
    ['a number between two bounds', all(compare('income', 'gt', 500), compare('income', 'lt', 501)), { income: 500.5 }],
    ['the least of all', compare('income', 'le', 0), { income: 0 }],
    [
      'a day between two',
      all(compare('filed', 'gt', '2020-12-31'), compare('filed', 'lt', '2021-01-02')),
      { filed: '2021-01-01' },
    ],
    ['somebody else', all(not(is('cadre', 'p-1')), not(is('cadre', null))), { cadre: '\u00000' }],
  ])('can hold: %s', (_what, condition, facts) =>
    expect(satisfy(condition, domains)).toEqual({ kind: 'possible', facts, sure: true }),
  );

  it.each<[string, Condition]>([
    ['every member, the unknown one too', is('class', 'deep', 'relative', 'sudden', null)],
    ['a number of people that is at least one', compare('people', 'ge', 1)],
    ['a fact that is set or not', any(is('liftable', true), not(is('liftable', true)))],
  ])('always holds: %s', (_what, condition) => expect(holdsAlways(condition, domains)).toBe(true));

  it('does not always hold when a fact may be unknown', () =>
    expect(holdsAlways(is('class', 'deep', 'relative', 'sudden'), domains)).toBe(false));

  it('with more cases than can be looked at is left undecided', () => {
    const names = Array.from({ length: 40 }, (_, index) => `f${index}`);
    const wide: Domains = new Map(names.map((name) => [name, { kind: 'members', members: [true, false, null] }]));
    // Each pair must differ, in a circle of odd length: every case fails, and none fails early.
    const circle = names.map((name, index) => {
      const other = names[(index + 1) % 39]!;
      return any(all(is(name, true), is(other, false)), all(is(name, false), is(other, true)));
    });
    const hard = all(any(...names.map((name) => is(name, 'never'))), ...circle);
    expect(satisfy(hard, wide)).toEqual({ kind: 'never' });
    const harder = any(
      ...Array.from({ length: 12 }, (_, at) =>
        all(...names.slice(at).map((name) => is(name, true, false)), all(...circle.slice(0, 39))),
      ),
    );
    expect(['never', 'unknown']).toContain(satisfy(harder, wide).kind);
  });
});

/** Small enough to try every case. */
const SMALL: Readonly<Record<string, readonly FactValue[]>> = {
  choice: ['a', 'b', 'c', null],
  flag: [true, false, null],
  whole: [0, 1, 2, 3, 4, null],
  other: [1, 3, null],
  day: ['2020-10-13', '2020-10-14', '2020-10-15', null],
};
const small: Domains = new Map<string, Domain>([
  ['choice', { kind: 'members', members: SMALL['choice']! }],
  ['flag', { kind: 'members', members: SMALL['flag']! }],
  ['whole', { kind: 'numbers', min: 0, max: 4, whole: true, nullable: true }],
  ['other', { kind: 'members', members: SMALL['other']! }],
  ['day', { kind: 'dates', min: '2020-10-13', max: '2020-10-15', nullable: true }],
]);
const everyCase: readonly Facts[] = Object.entries(SMALL).reduce<readonly Facts[]>(
  (cases, [fact, values]) => cases.flatMap((one) => values.map((value) => ({ ...one, [fact]: value }))),
  [{}],
);

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .constantFrom(...Object.keys(SMALL))
    .chain((fact) => fc.subarray([...SMALL[fact]!], { minLength: 1, maxLength: 3 }).map((values) => is(fact, ...values))),
  fc
    .record({
      by: fc.constantFrom('lt' as const, 'le' as const, 'gt' as const, 'ge' as const),
      value: fc.constantFrom(-1, 0, 1, 1.5, 3, 4, 9),
    })
    .map(({ by, value }) => compare('whole', by, value)),
  fc
    .record({
      by: fc.constantFrom('lt' as const, 'le' as const, 'gt' as const, 'ge' as const),
      value: fc.constantFrom('2020-10-01', '2020-10-13', '2020-10-14', '2020-10-15', '2021-01-01'),
    })
    .map(({ by, value }) => compare('day', by, value)),
);
/** Two facts beside each other, a fact and a value, and something that is reckoned. */
const relation: fc.Arbitrary<Condition> = fc
  .record({
    by: fc.constantFrom('lt' as const, 'le' as const, 'gt' as const, 'ge' as const, 'eq' as const),
    left: fc.constantFrom('whole', 'other', 'day'),
    right: fc.oneof(fc.constantFrom('whole', 'other', 'day'), fc.constantFrom(0, 2, 2.5, '2020-10-14')),
  })
  .map(({ by, left, right }) => ({
    op: 'relate',
    by,
    left: { op: 'fact', fact: left },
    right: typeof right === 'string' && right in SMALL ? { op: 'fact', fact: right } : { op: 'value', value: right },
  }));
const reckoned: fc.Arbitrary<Condition> = fc.constantFrom(0, 3, 9).map((value) => ({
  op: 'relate',
  by: 'gt',
  left: {
    op: 'plus',
    of: [
      { op: 'fact', fact: 'whole' },
      { op: 'fact', fact: 'other' },
    ],
  },
  right: { op: 'value', value },
}));
const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    leaf,
    relation,
    fc.array(tie('tree'), { maxLength: 4 }).map((of) => all(...of)),
    fc.array(tie('tree'), { maxLength: 4 }).map((of) => any(...of)),
    tie('tree').map(not),
  ),
}));

describe('satisfiability', () => {
  it('is what trying every case says, and the case it names is one', () =>
    fc.assert(
      fc.property(tree, (condition) => {
        const found = satisfy(condition, small);
        const possible = everyCase.some((facts) => evaluate(condition, facts));
        expect(found.kind).toBe(possible ? 'possible' : 'never');
        if (found.kind === 'possible') expect(evaluate(condition, found.facts)).toBe(true);
        expect(holdsAlways(condition, small)).toBe(everyCase.every((facts) => evaluate(condition, facts)));
      }),
      { numRuns: 1000 },
    ));

  it('is never too sure: what is reckoned may come out either way', () =>
    fc.assert(
      fc.property(fc.array(fc.oneof(tree, reckoned), { minLength: 1, maxLength: 3 }), fc.boolean(), (parts, isAll) => {
        const condition = isAll ? all(...parts) : any(...parts);
        if (satisfy(condition, small).kind === 'never') expect(everyCase.some((facts) => evaluate(condition, facts))).toBe(false);
        if (holdsAlways(condition, small) === true) expect(everyCase.every((facts) => evaluate(condition, facts))).toBe(true);
      }),
      { numRuns: 300 },
    ));

  it('is exact of what is reckoned from a few whole numbers', () => {
    const doubled: fc.Arbitrary<Condition> = fc
      .record({
        by: fc.constantFrom('lt' as const, 'gt' as const, 'eq' as const),
        op: fc.constantFrom('plus' as const, 'times' as const, 'over' as const),
        value: fc.constantFrom(0, 2, 3, 9),
      })
      .map(({ by, op, value }) => ({
        op: 'relate',
        by,
        left: {
          op,
          of: [
            { op: 'fact', fact: 'whole' },
            { op: 'value', value: 2 },
          ],
        },
        right: { op: 'value', value },
      }));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(leaf, doubled, doubled.map(not)), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        (parts, isAll) => {
          const condition = isAll ? all(...parts) : any(...parts);
          const possible = everyCase.some((facts) => evaluate(condition, facts));
          expect(satisfy(condition, small).kind).toBe(possible ? 'possible' : 'never');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of what cannot be told goes either way, but not both at once', () => {
    const untold: Domains = new Map([['month', { kind: 'anything' }]]);
    expect(satisfy(is('month', '2020-11'), untold)).toMatchObject({ kind: 'possible', sure: false });
    expect(holdsAlways(is('month', '2020-11'), untold)).toBe(false);
    expect(satisfy(all(is('month', '2020-11'), not(is('month', '2020-11'))), untold)).toEqual({ kind: 'never' });
  });
});
