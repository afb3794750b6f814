import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsTasksAreCountedBy, figuresOf, IndicatorTally } from '../../model/indicators.ts';
import type { Facts, Indicator, IndicatorRule, TaskFigure } from '../../model/plan.ts';

const title = { zh: '指标', en: 'Indicator' };
const indicator = (id: string, rule: IndicatorRule, by: readonly string[] = []): Indicator => ({ id, title, rule, by });
const deep = { op: 'is', fact: 'class', in: ['deep'] } as const;
const DEEP = indicator('deep', { kind: 'count', of: 'household', when: deep });
const EVERYBODY = indicator('everybody', { kind: 'count', of: 'household' });
const MONEY = indicator('money', { kind: 'sum', of: 'household', fact: 'amount' }, ['class']);
const SHARE = indicator('share', { kind: 'ratio', parts: ['deep', 'everybody'] }, ['union']);
const LATE = indicator('late', { kind: 'tasks', status: 'late', only: ['visit'] }, ['phase', 'class']);

const TASKS = [
  { id: 'visit', phase: 'visits' },
  { id: 'report', phase: 'close' },
];
const NO_TASKS: Readonly<Record<TaskFigure, number>> = { done: 0, late: 0, open: 0, overdue: 0, missed: 0, all: 0 };

const HOUSEHOLDS: readonly { readonly union: string; readonly facts: Facts }[] = [
  { union: 'u1', facts: { class: 'deep', amount: 0.1 } },
  { union: 'u1', facts: { class: 'relative', amount: 0.2 } },
  { union: 'u2', facts: { class: 'deep', amount: null } },
];

function valuesOf(...indicators: readonly Indicator[]) {
  const tally = new IndicatorTally({ indicators, tasks: TASKS });
  for (const each of HOUSEHOLDS) tally.instance({ scope: 'household', ...each });
  tally.instance({ scope: 'union', union: 'u1', facts: { class: 'deep' } });
  tally.tasks({ ...NO_TASKS, template: 'visit', union: 'u1', facts: { class: 'deep' }, late: 2, all: 3 });
  tally.tasks({ ...NO_TASKS, template: 'visit', union: 'u2', facts: { class: 'relative' }, late: 1, all: 1 });
  tally.tasks({ ...NO_TASKS, template: 'report', union: 'u2', facts: { class: null }, late: 4, all: 4 });
  return Object.fromEntries(tally.values(['u1', 'u2', 'u3']).map(({ indicator: id, ...value }) => [id, value]));
}

describe('an indicator', () => {
  it('counts those its condition holds of, over all and for each union, also where there are none', () =>
    expect(valuesOf(DEEP)['deep']).toEqual({ value: 2, unions: { u1: 1, u2: 1, u3: 0 }, groups: [] }));
  it('counts instances of its scope only', () =>
    expect(valuesOf(indicator('unions', { kind: 'count', of: 'union' }))['unions']).toMatchObject({
      value: 1,
      unions: { u1: 1, u2: 0 },
    }));
  it('adds numbers up as they are written, and takes what is not known for nothing', () =>
    expect(valuesOf(MONEY)['money']).toEqual({
      value: 0.3,
      unions: { u1: 0.3, u2: 0, u3: 0 },
      groups: [
        { by: { class: 'deep' }, value: 0.1 },
        { by: { class: 'relative' }, value: 0.2 },
      ],
    }));
  it('divides one by another, also group by group, and a ratio of nothing is nothing', () =>
    expect(valuesOf(DEEP, EVERYBODY, SHARE)['share']).toEqual({
      value: 2 / 3,
      unions: { u1: 0.5, u2: 1, u3: null },
      groups: [
        { by: { union: 'u1' }, value: 0.5 },
        { by: { union: 'u2' }, value: 1 },
      ],
    }));
  it('counts tasks of the templates it names, by their phase and by facts of their instances', () =>
    expect(valuesOf(LATE)['late']).toEqual({
      value: 3,
      unions: { u1: 2, u2: 1, u3: 0 },
      groups: [
        { by: { phase: 'visits', class: 'deep' }, value: 2 },
        { by: { phase: 'visits', class: 'relative' }, value: 1 },
      ],
    }));
  it('counts tasks of all templates where it names none', () =>
    expect(valuesOf(indicator('late', { kind: 'tasks', status: 'late', only: [] }))['late']).toMatchObject({ value: 7 }));
  it('has tasks counted by the facts that some indicator of tasks, or a ratio of one, is told apart by', () => {
    const share = indicator('late-share', { kind: 'ratio', parts: ['late', 'everybody'] }, ['fileLevel', 'union']);
    expect(factsTasksAreCountedBy([EVERYBODY, MONEY, LATE, share])).toEqual(['class', 'fileLevel']);
  });
});

describe('a task', () => {
  const task = { status: 'open', deadline: 100, submittedAt: null } as const;
  const told = (of: Parameters<typeof figuresOf>[0], asOf = 50): readonly string[] =>
    Object.entries(figuresOf(of, asOf)).flatMap(([figure, number]) => (number === 1 ? [figure] : []));

  it.each([
    ['open', task, ['open', 'all']],
    ['open and overdue', { ...task, deadline: 49 }, ['open', 'overdue', 'all']],
    ['in review past its deadline', { ...task, status: 'inReview', deadline: 49, submittedAt: 40 }, ['open', 'all']],
    ['done in time', { ...task, status: 'done', submittedAt: 100 }, ['done', 'all']],
    ['done late', { ...task, status: 'done', submittedAt: 101 }, ['done', 'late', 'all']],
    ['missed', { ...task, status: 'missed' }, ['missed', 'all']],
    ['dropped', { ...task, status: 'dropped' }, []],
    ['waived', { ...task, status: 'waived' }, []],
  ] as const)('that is %s counts as such', (_what, of, figures) => expect(told(of)).toEqual(figures));
});

describe('however instances are shown', () => {
  const shown = fc.array(
    fc.record({
      union: fc.constantFrom('u1', 'u2'),
      facts: fc.record({
        class: fc.constantFrom('deep', 'relative', null),
        amount: fc.option(fc.integer({ min: -10_000, max: 10_000 }).map((cents) => cents / 100)),
      }),
    }),
  );
  const count = (instances: readonly { union: string; facts: Facts }[]) => {
    const tally = new IndicatorTally({ indicators: [DEEP, EVERYBODY, MONEY, SHARE], tasks: [] });
    for (const each of instances) tally.instance({ scope: 'household', ...each });
    return tally.values(['u1', 'u2']);
  };

  it('the order makes no difference', () =>
    fc.assert(
      fc.property(shown, (instances) => {
        expect(count(instances.toReversed())).toEqual(count(instances));
      }),
    ));
  it('the unions add up to the whole, to the cent', () =>
    fc.assert(
      fc.property(shown, (instances) => {
        const cents = (value: number | null | undefined): number => Math.round((value ?? 0) * 100);
        for (const { indicator: id, value, unions } of count(instances))
          if (id !== 'share') expect(cents(value)).toBe(cents(unions['u1']) + cents(unions['u2']));
      }),
    ));
  it('the groups add up to the whole', () =>
    fc.assert(
      fc.property(shown, (instances) => {
        const money = count(instances).find(({ indicator: id }) => id === 'money')!;
        const sum = money.groups.reduce((total, { value }) => total + Math.round((value ?? 0) * 100), 0);
        expect(sum).toBe(Math.round((money.value ?? 0) * 100));
      }),
    ));
});
