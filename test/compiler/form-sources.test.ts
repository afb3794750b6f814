/** What fields and rows take from elsewhere: prefilled and corrected fields, and the words that name the tasks of rows. */
import { describe, expect, it } from 'vitest';
import { COLUMN_TYPES } from '../../compiler/form-language.ts';
import { compiledFrom, issuesFrom, tinyWith } from './tiny.ts';

const FIELD = '      - { id: text, title: { zh: 内容, en: Text }, type: text }\n';
const TASK =
  '          - { id: write, title: { zh: 撰写, en: Write }, basis: house, scope: campaign, holder: office, form: plan }\n';
const task = (id: string, more: string): string =>
  `          - { id: ${id}, title: { zh: 任务, en: Task }, basis: house, scope: campaign, holder: office, ${more} }\n`;
const CHOICE = 'type: choice, choices: { a: { zh: 甲, en: A }, b: { zh: 乙, en: B } }';

/** The plan's form asks a few things; another form is prefilled from it, and a second task fills that one in. */
function definition(field: string, { after = 'after: [write], ', more = '' } = {}): string {
  const asked = `${FIELD}      - { id: budget, title: { zh: 预算, en: Budget }, type: money, privacy: sensitive }
      - { id: kind, title: { zh: 类, en: Kind }, ${CHOICE} }
      - { id: rows, title: { zh: 表, en: Table }, type: table, columns: [{ id: what, title: { zh: 事, en: What }, type: text }] }
  report:
    title: { zh: 报告, en: Report }
    fields:
      - { id: field, title: { zh: 栏, en: Field }, ${field} }
`;
  return tinyWith([FIELD, asked], [TASK, `${TASK}${task('report', `${after}form: report`)}${more}`]);
}

const issuesOf = (...given: Parameters<typeof definition>) =>
  issuesFrom(definition(...given)).map(({ code, message }) => `${code} ${message}`);

describe('a field prefilled from an earlier form', () => {
  it('is kept in the plan, and need not be answered', () => {
    const { plan } = compiledFrom(definition('type: money, privacy: sensitive, from: { task: write, field: budget }'));
    expect(plan.forms.report!.fields).toMatchObject([{ from: { task: 'write', field: 'budget' }, required: false }]);
  });

  it.each([
    ['type: money, from: { task: wrote, field: budget }', ["UNKNOWN_TASK there is no task 'wrote'"]],
    [
      'type: money, from: { task: write, field: budgt }',
      ["UNKNOWN_FIELD form 'plan' of task 'write' has no field 'budgt' outside its tables"],
    ],
    [
      'type: text, from: { task: write, field: what }',
      ["UNKNOWN_FIELD form 'plan' of task 'write' has no field 'what' outside its tables"],
    ],
    [
      'type: integer, privacy: sensitive, from: { task: write, field: budget }',
      ["PREFILL_TYPE_MISMATCH 'field' is of type integer, and 'budget' of form 'plan' of type money"],
    ],
    [
      'type: choice, choices: { a: { zh: 甲, en: A } }, from: { task: write, field: kind }',
      ["PREFILL_TYPE_MISMATCH 'kind' of form 'plan' may also be 'b'"],
    ],
    [
      'type: money, from: { task: write, field: budget }',
      ["PRIVACY_TOO_LOW 'field' is open to everybody, and 'budget' of form 'plan' is sensitive"],
    ],
    [
      'type: money, privacy: personal, from: { task: write, field: budget }',
      ["PRIVACY_TOO_LOW 'field' is personal, and 'budget' of form 'plan' is sensitive"],
    ],
    [`${CHOICE}, from: { task: write, field: kind }`, []],
  ])('as %s gives %j', (field, issues) => expect(issuesOf(field)).toEqual(issues));

  it('is warned of when the task does not wait for that form', () => {
    const field = 'type: text, from: { task: write, field: text }';
    expect(issuesOf(field, { after: '' })).toEqual([
      "PREFILL_MAY_BE_EMPTY form 'report' is prefilled from 'write', which task 'report' does not wait for",
    ]);
    const between = task('between', 'after: [write], form: plan');
    expect(issuesOf(field, { after: 'after: [between], ', more: between })).toEqual([]);
  });

  it('is of the same scope', () => {
    const unions =
      '          - { id: other, title: { zh: 任务, en: Task }, basis: house, scope: union, holder: office, form: report }\n';
    expect(issuesOf('type: text, from: { task: write, field: text }', { more: unions })).toEqual([
      "SCOPE_MISMATCH form 'report' is prefilled from 'write' of the campaign, and task 'other' belongs to the union",
    ]);
  });

  it('does not come from what rows make', () => {
    const made = `${task('made', 'form: plan')}${task('maker', 'form: plan, rows: [{ table: rows, task: made }]')}`;
    expect(issuesOf('type: text, from: { task: made, field: text }', { more: made })).toContain(
      "PREFILL_UNKNOWN form 'report' is prefilled from 'made', which rows make: there may be none or many",
    );
  });
});

describe('a field prefilled from the register', () => {
  it.each([
    ['type: id-number, from: idNumber', []],
    ['type: text, from: idNumber', ["PRIVACY_TOO_LOW 'field' is personal, and 'idNumber' of the register is sensitive"]],
    [
      'type: year-month, from: bornIn',
      ["PRIVACY_TOO_LOW 'field' is open to everybody, and 'bornIn' of the register is personal"],
    ],
    ['type: date, from: filedOn', []],
    ['type: text, from: filedon', ["PREFILL_UNKNOWN the register has no 'filedon'"]],
  ])('as %s gives %j', (field, issues) => {
    const found = issuesOf(field).filter((issue) => !issue.includes('prefills'));
    expect(found).toEqual(issues);
  });
});

describe('a field that may be corrected', () => {
  const HEADER = '      - { id: text, title: { zh: 内容, en: Text }, type: text }\n';
  const found = (field: string) =>
    issuesFrom(tinyWith([HEADER, `${HEADER}      - { id: field, title: { zh: 栏, en: Field }, ${field} }\n`]))
      .map(({ code, message }) => `${code} ${message}`)
      .filter((issue) => !issue.includes('prefills'));
  const sexes = (...members: readonly string[]): string =>
    `type: choice, privacy: personal, choices: { ${members.map((id) => `${id}: { zh: 项, en: Item }`).join(', ')} }, from: sex, correctable: true`;

  it.each([
    ['type: phone, from: phone, correctable: true', []],
    [sexes('male', 'female'), []],
    ['type: text, from: phone, correctable: true', ["NOT_FOR_THIS_TYPE 'field' is of type text, and the register wants a phone"]],
    [sexes('male', 'female', 'other'), ["NOT_FOR_THIS_TYPE the register takes no other than male and female as 'field'"]],
    ['type: text, correctable: true', ["NOT_FOR_THIS_TYPE 'field' does not come from the register"]],
    [
      'type: text, from: fileLevel, correctable: true',
      ["NOT_FOR_THIS_TYPE 'fileLevel' was given to rules at enrolment, and is not corrected in the register"],
    ],
    ['type: text, from: phones, correctable: true', ["PREFILL_UNKNOWN the register has no 'phones'"]],
  ])('as %s gives %j', (field, issues) => expect(found(field)).toEqual(issues));

  it('is no column', () => {
    const parts = `parts:\n  header:\n    - { id: phone, title: { zh: 电话, en: Phone }, type: phone, from: phone, correctable: true }\nforms:`;
    const table = `${HEADER}      - { id: rows, title: { zh: 表, en: Table }, type: table, columns: [{ part: header }] }\n`;
    expect(issuesFrom(tinyWith(['forms:', parts], [HEADER, table])).map(({ message }) => message)).toContain(
      "'phone' of part 'header' may be corrected and cannot be a column",
    );
  });
});

describe('a column that names the tasks of its rows', () => {
  const TEXT = '      - { id: text, title: { zh: 内容, en: Text }, type: text }\n';
  const found = (title: string) => {
    const table = `      - id: rows
        title: { zh: 表, en: Table }
        type: table
        rowTitle: ${title}
        columns:
          - { id: what, title: { zh: 事, en: What }, type: text }
          - { id: illness, title: { zh: 病, en: Illness }, type: text, privacy: sensitive }
          - { id: by, title: { zh: 时, en: By }, type: date }
`;
    return issuesFrom(tinyWith([TEXT, `${TEXT}${table}`])).map(({ code, message }) => `${code} ${message}`);
  };

  it.each([
    ['what', []],
    ['illness', ["PRIVACY_TOO_LOW column 'illness' is sensitive, and titles stand in lists of tasks"]],
    ['by', ["NOT_FOR_THIS_TYPE column 'by' is of type date"]],
    ['whta', ["UNKNOWN_COLUMN there is no column in table 'rows' called 'whta'"]],
  ])('as %s gives %j', (title, issues) => expect(found(title)).toEqual(issues));
});

describe('a field of which nobody said how closely it is kept', () => {
  const TEXT = '      - { id: text, title: { zh: 内容, en: Text }, type: text }\n';
  const CHOICES = 'choices: { other: { zh: 其他, en: Other } }';
  const privacyOf = (field: string): string => {
    const { plan } = compiledFrom(tinyWith([TEXT, `      - { id: text, title: { zh: 内容, en: Text }, ${field} }\n`]));
    return (plan.forms.plan!.fields[0] as { readonly privacy: string }).privacy;
  };
  const DEFAULTS: Readonly<Record<string, string>> = {
    text: 'personal',
    'long-text': 'personal',
    integer: 'none',
    number: 'none',
    money: 'none',
    date: 'none',
    'year-month': 'none',
    choice: 'none',
    choices: 'none',
    'yes-no': 'none',
    phone: 'personal',
    'id-number': 'sensitive',
    person: 'none',
    union: 'none',
    evidence: 'personal',
    photo: 'personal',
    file: 'personal',
    signature: 'none',
  };

  it('is said of every type', () => expect(Object.keys(DEFAULTS)).toEqual([...COLUMN_TYPES]));
  it.each(Object.entries(DEFAULTS))('of type %s is %s', (type, privacy) =>
    expect(privacyOf(`type: ${type}${type.startsWith('choice') ? `, ${CHOICES}` : ''}`)).toBe(privacy),
  );
  it('is personal where it takes words beside a choice', () =>
    expect(privacyOf(`type: choice, freeText: true, ${CHOICES}`)).toBe('personal'));
  it('is what was said, where somebody did', () => expect(privacyOf('type: text, privacy: none')).toBe('none'));
});

describe('a field whose answer becomes a fact', () => {
  const TEXT = '      - { id: text, title: { zh: 内容, en: Text }, type: text }\n';
  const WORDS = [
    'text',
    'long-text',
    'choices',
    'phone',
    'id-number',
    'evidence',
    'photo',
    'file',
    'year-month',
    'union',
  ] as const;

  it.each(WORDS)('is none of type %s, however it is kept', (type) => {
    const choices = type === 'choices' ? ', choices: { a: { zh: 甲, en: A } }' : '';
    const field = `      - { id: text, title: { zh: 内容, en: Text }, type: ${type}${choices}, privacy: sensitive, fact: said }\n`;
    const facts = 'facts:\n  said: { scope: campaign, choices: [a], initial: a }\nladders:';
    expect(issuesFrom(tinyWith(['ladders:', facts], [TEXT, field])).map(({ code }) => code)).toContain('NOT_FOR_THIS_TYPE');
  });
});
