/** Conditions in forms: what they may read, and what they are refused for. */
import { describe, expect, it } from 'vitest';
import { issuesFrom, tinyWith } from './tiny.ts';

const FIELD = '      - { id: text, title: { zh: 内容, en: Text }, type: text }\n';
const field = (id: string, more: string): string => `      - { id: ${id}, title: { zh: 栏, en: Field }, ${more} }\n`;
const FIELDS = [
  FIELD,
  field('planned', 'type: money'),
  field('heldOn', 'type: date'),
  field('month', 'type: year-month'),
  field('who', 'type: person'),
  field('goods', 'type: choices, choices: { food: { zh: 食, en: Food } }'),
  field('kind', 'type: choice, choices: { food: { zh: 食, en: Food }, fuel: { zh: 煤, en: Fuel } }'),
  `      - id: rows
        title: { zh: 表, en: Table }
        type: table
        columns:
          - { id: amount, title: { zh: 金额, en: Amount }, type: money }
          - { id: what, title: { zh: 事项, en: What }, type: text }
`,
].join('');

const issuesOf = (condition: string) =>
  issuesFrom(tinyWith([FIELD, `${FIELDS}${field('why', `type: text, when: "${condition}"`)}`])).map(
    ({ code, message }) => `${code} ${message.replace('at character ', '').replace(' of the condition', '')}`,
  );

describe('a condition in a form', () => {
  it.each([
    'sum(rows.amount) > planned',
    'size(rows) > 3 && planned / size(rows) < 100',
    "heldOn + days(size(rows)) <= date('2020-12-31')",
    "month < '2020-11'",
    "who != 'office-1'",
    "kind == 'food'",
  ])('may be %s', (condition) => expect(issuesOf(condition)).toEqual([]));

  it.each([
    ['sum(rows.what) > 3', 'CONDITION_TYPE_MISMATCH 1: this is words, and a number is wanted here'],
    ['sum(rows.amout) > 3', "UNKNOWN_COLUMN 1: there is no column in table 'rows' called 'amout'"],
    ['size(row) > 3', "UNKNOWN_TABLE 1: the form has no other table 'row'"],
    ['size(planned) > 3', "UNKNOWN_TABLE 1: the form has no other table 'planned'"],
    ['plannd > 3', "UNKNOWN_FIELD 1: the form has no other field 'plannd'"],
    ["text == 'x'", "CONDITION_TYPE_MISMATCH 1: 'text' holds words or several choices, which conditions never see"],
    ["goods == 'food'", "CONDITION_TYPE_MISMATCH 1: 'goods' holds words or several choices, which conditions never see"],
    ["month < '2020-11-01'", "CONDITION_TYPE_MISMATCH 1: a month is compared with '2020-11-01'"],
    ['month < heldOn', 'CONDITION_TYPE_MISMATCH 1: a month is compared with a date'],
    ["kind == 'foot'", "FACT_VALUE_UNKNOWN 9: 'kind' is never 'foot'"],
    ['why == null', "UNKNOWN_FIELD 1: the form has no other field 'why'"],
  ])('may not be %s', (condition, issue) => expect(issuesOf(condition)).toEqual([issue]));

  it.each([
    ['amount <= planned, say: { zh: 规则, en: Rule }, at: amount', []],
    ['amount <= sum(rows.amount), say: { zh: 规则, en: Rule }, at: what', []],
    [
      'amount <= plannd, say: { zh: 规则, en: Rule }, at: amount',
      ["UNKNOWN_FIELD 11: the row and its form have no field 'plannd'"],
    ],
    [
      'amount <= heldOn, say: { zh: 规则, en: Rule }, at: amount',
      ['CONDITION_TYPE_MISMATCH 1: a number is compared with a date'],
    ],
    [
      'amount > 1, say: { zh: 规则, en: Rule }, at: planned',
      ["UNKNOWN_FIELD there is no field or column 'planned' to tell the rule at"],
    ],
    ['amount > 1, say: { zh: 规则 }, at: amount', ["MISSING_KEY lacks 'en'"]],
  ])('of a row may be %s, or is told why not', (rule, issues) => {
    const text = tinyWith([FIELD, `${FIELDS}        rules: [{ must: ${rule} }]\n`]);
    expect(
      issuesFrom(text).map(
        ({ code, message }) => `${code} ${message.replace('at character ', '').replace(' of the condition', '')}`,
      ),
    ).toEqual(issues);
  });

  it('of a form is told where it stands', () => {
    const rules =
      '    rules:\n      - { must: planned > sum(rows.amount), say: { zh: 规则, en: Rule }, at: rows }\n      - { must: plan > 3, say: { zh: 规则, en: Rule }, at: planned }\n';
    expect(issuesFrom(tinyWith([FIELD, `${FIELDS}${rules}`]))).toMatchObject([
      { code: 'UNKNOWN_FIELD', message: "at character 1 of the condition: the form has no field 'plan'", line: 32, column: 17 },
    ]);
  });

  it('says that a hyphen takes away, where a name with a hyphen was meant', () => {
    const fields = `${field('held-on', 'type: date')}${field('why', `type: text, when: "held-on == null"`)}`;
    expect(issuesFrom(tinyWith([FIELD, `${FIELD}${fields}`]))[0]).toMatchObject({
      code: 'UNKNOWN_FIELD',
      hint: "in CEL a hyphen takes away: ask 'held-on' in a map, or rename it",
    });
  });
});
