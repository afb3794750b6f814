import { describe, expect, it } from 'vitest';
import { compiledFrom, issuesFrom, tinyWith } from './tiny.ts';

const FACTS = `facts:
  class: { scope: household, choices: [deep, relative, sudden], from: roster }
  unionKind: { scope: union, choices: [township, sector, direct], from: roster }
  amount: { scope: household, type: number, initial: 0 }
`;
const textOf = (...indicators: readonly string[]): string =>
  `${tinyWith(['ladders:', `${FACTS}ladders:`])}indicators:\n${indicators.map((each) => `  ${each}\n`).join('')}`;
const T = 'title: { zh: 指标, en: Indicator }';
/** Without the warnings that a definition so small gives rise to. */
const issuesOf = (...indicators: readonly string[]): readonly string[] =>
  issuesFrom(textOf(...indicators)).flatMap(({ code, severity, message }) =>
    severity === 'error' ? [`${code}: ${message}`] : [],
  );

describe('an indicator in a definition', () => {
  it.each([
    ['of: households', { kind: 'count', of: 'household' }],
    [
      'of: unions, when: { unionKind: sector }',
      { kind: 'count', of: 'union', when: { op: 'is', fact: 'unionKind', in: ['sector'] } },
    ],
    ['of: households, sum: amount', { kind: 'sum', of: 'household', fact: 'amount' }],
    ['tasks: { status: late }', { kind: 'tasks', status: 'late', only: [] }],
    ['tasks: { status: all, only: [write] }', { kind: 'tasks', status: 'all', only: ['write'] }],
  ])('is of one kind: %s', (rest, rule) =>
    expect(compiledFrom(textOf(`one: { ${T}, ${rest} }`)).plan.indicators).toEqual([
      { id: 'one', title: { zh: '指标', en: 'Indicator' }, by: [], rule },
    ]),
  );

  it('divides two others', () => {
    const [, , ratio] = compiledFrom(
      textOf(`a: { ${T}, of: households }`, `b: { ${T}, tasks: { status: done } }`, `c: { ${T}, ratio: [a, b], by: [union] }`),
    ).plan.indicators;
    expect(ratio).toMatchObject({ rule: { kind: 'ratio', parts: ['a', 'b'] }, by: ['union'] });
  });

  it.each([
    [`one: { ${T} }`, 'CHOOSE_ONE'],
    [`one: { ${T}, of: households, tasks: { status: late } }`, 'CHOOSE_ONE'],
    [`one: { ${T}, of: households, when: { unionKind: sector } }`, 'SCOPE_MISMATCH'],
    [`one: { ${T}, of: unions, sum: amount }`, 'SCOPE_MISMATCH'],
    [`one: { ${T}, of: households, sum: class }`, 'FACT_TYPE_MISMATCH'],
    [`one: { ${T}, of: households, sum: amounts }`, 'UNKNOWN_FACT'],
    [`one: { ${T}, tasks: { status: late, only: [wrote] } }`, 'UNKNOWN_TASK'],
    [`one: { ${T}, tasks: { status: done }, when: { class: deep } }`, 'INDICATOR_MISFIT'],
    [`one: { ${T}, of: households, by: [phase] }`, 'INDICATOR_MISFIT'],
    [`one: { ${T}, of: households, by: [unionKind] }`, 'SCOPE_MISMATCH'],
    [`one: { ${T}, of: households, by: [colour] }`, 'UNKNOWN_FACT'],
    [`one: { ${T}, ratio: [one, one] }`, 'INDICATOR_MISFIT'],
    [`one: { ${T}, ratio: [two, three] }`, 'UNKNOWN_INDICATOR'],
  ])('is refused where it cannot be counted: %s', (text, code) =>
    expect(new Set(issuesOf(text).map((issue) => issue.split(':')[0]))).toEqual(new Set([code])),
  );

  it('of tasks may be told apart by phase and by facts of any scope', () =>
    expect(issuesOf(`one: { ${T}, tasks: { status: overdue }, by: [phase, union, class, unionKind] }`)).toEqual([]));
});
