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

describe('a field that must equal an indicator', () => {
  const ROLES =
    'roles:\n  union-officer: { title: { zh: 经办人, en: Officer }, scope: union, fallback: office }\n  cadre: { title: { zh: 干部, en: Cadre }, scope: household, fallback: union-officer }';
  const INDICATORS = [
    `count: { ${T}, of: households }`,
    `unions: { ${T}, of: unions }`,
    `share: { ${T}, ratio: [count, unions] }`,
  ];
  const withField = (field: string, scope = 'union', holder = 'union-officer'): string => {
    const text = textOf(...INDICATORS)
      .replace(
        '- { id: text, title: { zh: 内容, en: Text }, type: text }',
        `- { id: field, title: { zh: 户数, en: Number }, ${field} }`,
      )
      .replace('scope: campaign, holder: office, form: plan', `scope: ${scope}, holder: ${holder}, form: plan`);
    return text.replace('roles:', ROLES);
  };
  const errorsOf = (text: string): readonly string[] =>
    issuesFrom(text).flatMap(({ code, severity }) => (severity === 'error' ? [code] : []));

  it('is kept in the plan', () =>
    expect(compiledFrom(withField('type: integer, equals: count')).plan.forms['plan']!.fields[0]).toMatchObject({
      equals: 'count',
    }));
  it.each([
    ['names an indicator there is', 'type: integer, equals: counts', 'union', 'UNKNOWN_INDICATOR'],
    ['is a number', 'type: text, equals: count', 'union', 'NOT_FOR_THIS_TYPE'],
    ['is no ratio', 'type: number, equals: share', 'union', 'INDICATOR_MISFIT'],
    ['of a union counts no unions', 'type: integer, equals: unions', 'union', 'SCOPE_MISMATCH'],
    ['is not of a household', 'type: integer, equals: count', 'household', 'SCOPE_MISMATCH'],
  ])('%s', (_what, field, scope, code) => expect(errorsOf(withField(field, scope))).toEqual([code]));
  it('of the campaign may count unions', () =>
    expect(errorsOf(withField('type: integer, equals: unions', 'campaign', 'office'))).toEqual([]));
});
