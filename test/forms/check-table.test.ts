import { describe, expect, it } from 'vitest';
import { FORM_LIMITS } from '../../forms/limits.ts';
import type { Condition } from '../../model/plan.ts';
import { accept, cell, choice, faultsOf, form, issuesOf, table } from './builders.ts';

const measures = table({
  id: 'measures',
  columns: [
    choice({ id: 'kind', required: true, freeText: true }),
    cell({ id: 'contact', type: 'person', required: true, union: 'own' }),
    cell({ id: 'due', type: 'date', required: true, dates: 'future' }),
    cell({ id: 'where', type: 'union' }),
    cell({ id: 'words', privacy: 'personal', when: { op: 'is', fact: 'kind', in: ['other'] } }),
  ],
  minRows: 1,
  maxRows: 3,
  rowDue: 'due',
  rowHolder: 'contact',
  rowUnion: 'where',
});
const row = { kind: 'lifted', contact: 'cadre-1', due: '2020-11-30' };

describe('a table', () => {
  it('refuses a row’s fault at its place', () =>
    expect(faultsOf(form(measures), { measures: [row, row, { ...row, due: '2020-11-31' }] })).toEqual([
      'NO_SUCH_DATE measures[2].due',
    ]));
  it('refuses an unknown column', () =>
    expect(faultsOf(form(measures), { measures: [{ ...row, dueDate: '' }] })).toEqual(['UNKNOWN_FIELD measures[0].dueDate']));
  it('refuses too few rows', () => expect(faultsOf(form(measures), {})).toEqual(['TOO_FEW_ROWS measures']));
  it('refuses too many rows without reading them', () =>
    expect(faultsOf(form(measures), { measures: [{}, {}, {}, {}] })).toEqual(['TOO_MANY_ROWS measures']));
  it('refuses more rows than any form may have, whatever its own limit', () => {
    const endless = table({ maxRows: 100_000 });
    expect(faultsOf(form(endless), { rows: Array.from({ length: FORM_LIMITS.rows + 1 }, () => ({})) })).toEqual([
      'TOO_MANY_ROWS rows',
    ]);
  });
  it('refuses what is no list', () =>
    expect(faultsOf(form(measures), { measures: { kind: 'lifted' } })).toEqual(['FORM_MALFORMED measures']));
  it('refuses a row that is no object, and complains of it once', () =>
    expect(faultsOf(form(measures), { measures: ['lifted'] })).toEqual(['FORM_MALFORMED measures[0]']));
  it('asks a column by another column of the same row', () =>
    expect(
      faultsOf(form(measures), {
        measures: [
          { ...row, words: 'x' },
          { ...row, kind: 'other', words: 'x' },
        ],
      }),
    ).toEqual(['NOT_ASKED measures[0].words']));
  it('asks a column by a field of the form', () => {
    const column = cell({ id: 'column', required: true, when: { op: 'is', fact: 'outcome', in: ['lifted'] } });
    const spec = form(choice({ id: 'outcome' }), table({ columns: [column] }));
    expect(faultsOf(spec, { outcome: 'lifted', rows: [{}] })).toEqual(['ANSWER_REQUIRED rows[0].column']);
    expect(faultsOf(spec, { outcome: 'relieved', rows: [{}] })).toEqual([]);
  });
  it('is refused when it is answered but not asked', () => {
    const spec = form(choice({ id: 'outcome' }), { ...measures, when: { op: 'is', fact: 'outcome', in: ['lifted'] } });
    expect(faultsOf(spec, { outcome: 'relieved', measures: [row] })).toEqual(['NOT_ASKED measures']);
    expect(accept(spec, { outcome: 'relieved' })).toMatchObject({ answers: { outcome: 'relieved' }, rows: [] });
  });
  it('fills its columns from the register', () => {
    const spec = form(table({ columns: [cell({ id: 'name', from: 'name' }), cell({ id: 'n', type: 'integer' })] }));
    expect(accept(spec, { rows: [{ n: 1 }, { n: 2 }] }, { prefill: { name: '示例' } }).answers).toEqual({
      rows: [
        { name: '示例', n: 1 },
        { name: '示例', n: 2 },
      ],
    });
  });
});

describe('the rows that rules see', () => {
  it('carry deadline, holder and union, counted from 1', () =>
    expect(accept(form(measures), { measures: [row, { ...row, where: 'union-2' }] }).rows).toEqual([
      { table: 'measures', row: 1, due: '2020-11-30', holder: 'cadre-1' },
      { table: 'measures', row: 2, due: '2020-11-30', holder: 'cadre-1', union: 'union-2' },
    ]));
  it('are counted for every repeating table', () =>
    expect(accept(form(table()), { rows: [{ column: 'a' }, { column: 'b' }] }).rows).toEqual([
      { table: 'rows', row: 1 },
      { table: 'rows', row: 2 },
    ]));
  it('never carry words, even if a table names a text column as its holder', () => {
    const spec = form(table({ rowHolder: 'column' }));
    expect(accept(spec, { rows: [{ column: '某人' }] }).rows).toEqual([{ table: 'rows', row: 1 }]);
  });
});

describe('a table with fixed rows', () => {
  const fixedRows = ['employment', 'housing'].map((id) => ({ id, title: { zh: id, en: id } }));
  const difficulties = table({
    id: 'difficulties',
    columns: [cell({ id: 'problem', type: 'long-text' }), cell({ id: 'advice', type: 'long-text' })],
    fixedRows,
  });

  it('keeps every row, blank or not', () =>
    expect(accept(form(difficulties), { difficulties: { housing: { problem: '漏雨' } } }).answers).toEqual({
      difficulties: { employment: { problem: null, advice: null }, housing: { problem: '漏雨', advice: null } },
    }));
  it('may be left out when no column is required', () => expect(faultsOf(form(difficulties), {})).toEqual([]));
  it('asks every row for its required columns', () => {
    const strict = { ...difficulties, columns: [cell({ id: 'problem', required: true })] };
    expect(faultsOf(form(strict), { difficulties: { housing: { problem: 'x' } } })).toEqual([
      'ANSWER_REQUIRED difficulties.employment.problem',
    ]);
  });
  it('refuses a row the form has not, and says which was meant', () =>
    expect(issuesOf(form(difficulties), { difficulties: { housin: {} } })).toMatchObject([
      { code: 'UNKNOWN_ROW', path: 'difficulties.housin', hint: "did you mean 'housing'?" },
    ]));
  it('refuses a list', () =>
    expect(faultsOf(form(difficulties), { difficulties: [{ problem: 'x' }] })).toEqual(['FORM_MALFORMED difficulties']));
  it('gives no rows to rules when it names nothing they read', () =>
    expect(accept(form(difficulties), { difficulties: { housing: { problem: 'x' } } }).rows).toEqual([]));
  it('gives the rows that were filled in when it names a deadline', () => {
    const dated = { ...difficulties, columns: [cell({ id: 'due', type: 'date' })], rowDue: 'due' };
    expect(accept(form(dated), { difficulties: { housing: { due: '2020-11-01' } } }).rows).toEqual([
      { table: 'difficulties', row: 2, due: '2020-11-01' },
    ]);
  });
});

describe('a field asked for what a table comes to', () => {
  const amount = cell({ id: 'amount', type: 'money' });
  const spec = form(
    cell({
      id: 'why',
      required: true,
      when: {
        op: 'relate',
        by: 'gt',
        left: { op: 'sum', table: 'rows', column: 'amount' },
        right: { op: 'fact', fact: 'budget' },
      },
    }),
    cell({ id: 'budget', type: 'money' }),
    table({
      columns: [amount, cell({ id: 'note' })],
      when: { op: 'not', of: { op: 'is', fact: 'budget', in: [null] } },
    }),
  );
  const rows = (...amounts: readonly unknown[]) => amounts.map((each) => ({ amount: each }));

  it('is asked when the sum says so, though the table comes later', () => {
    expect(faultsOf(spec, { budget: 0.3, rows: rows(0.1, 0.2) })).toEqual([]);
    expect(faultsOf(spec, { budget: 0.3, rows: rows(0.1, 0.21) })).toEqual(['ANSWER_REQUIRED why']);
  });
  it('takes a blank for nothing, and a table that is not asked for null', () => {
    expect(faultsOf(spec, { budget: 1, rows: rows(2, '') })).toEqual(['ANSWER_REQUIRED why']);
    expect(faultsOf(spec, {})).toEqual([]);
  });
  it('is not asked about while the column has a fault', () =>
    expect(faultsOf(spec, { budget: 1, rows: rows(2, 'much') })).toEqual(['WRONG_TYPE rows[1].amount']));
  it('counts rows, of a table with fixed rows those that say something', () => {
    const size: Condition = { op: 'relate', by: 'ge', left: { op: 'size', table: 'rows' }, right: { op: 'value', value: 2 } };
    const why = cell({ id: 'why', required: true, when: size });
    expect(faultsOf(form(why, table()), { rows: [{}, {}] })).toEqual(['ANSWER_REQUIRED why']);
    const fixedRows = ['a', 'b', 'c'].map((id) => ({ id, title: { zh: id, en: id } }));
    const fixed = form(why, table({ fixedRows, minRows: 3, maxRows: 3 }));
    expect(faultsOf(fixed, { rows: { a: { column: 'x' } } })).toEqual([]);
    expect(faultsOf(fixed, { rows: { a: { column: 'x' }, c: { column: 'y' } } })).toEqual(['ANSWER_REQUIRED why']);
  });
  it('ends a circle of conditions as if the table were not asked', () => {
    const whenSized: Condition = {
      op: 'relate',
      by: 'gt',
      left: { op: 'size', table: 'rows' },
      right: { op: 'value', value: 0 },
    };
    const circle = form(table({ when: whenSized }));
    expect(faultsOf(circle, { rows: [] })).toEqual([]);
    expect(faultsOf(circle, { rows: [{}] })).toEqual(['NOT_ASKED rows']);
  });
});
