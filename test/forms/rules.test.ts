/** Rules across fields: when they are asked, where they are told, and how simulated people keep them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../compiler/conditions.ts';
import { checkForm } from '../../forms/check-form.ts';
import { FormNotFillable, fillForm } from '../../forms/fill-form.ts';
import type { FormSpec } from '../../model/form.ts';
import { createRandom } from '../../simulator/random.ts';
import { arbitraryRuledForm, rehearsal } from './arbitrary-form.ts';
import { accept, cell, choice, faultsOf, form, issuesOf, rule, table } from './builders.ts';

const must = (text: string) => compileCondition(text);
const money = (id: string) => cell({ id, type: 'money', min: 0, privacy: 'sensitive' });
const spending: FormSpec = {
  ...form(money('planned'), money('paid'), choice({ id: 'outcome' })),
  rules: [rule('paid', must('paid <= planned'))],
};

describe('a rule of a form', () => {
  it('keeps what goes together', () => expect(faultsOf(spending, { planned: 0.3, paid: 0.3 })).toEqual([]));
  it('tells what does not at the field, in the words of its author, without an answer', () =>
    expect(issuesOf(spending, { planned: 1, paid: 2.5 })).toEqual([
      { code: 'RULE_BROKEN', path: 'paid', message: '规则 (Rule)', hint: expect.any(String) },
    ]));
  it('is not asked before everything it compares is answered', () => {
    expect(faultsOf(spending, { paid: 2 })).toEqual([]);
    expect(faultsOf(spending, { planned: 2 })).toEqual([]);
  });
  it('is not asked of an answer that has a fault of its own', () =>
    expect(faultsOf(spending, { planned: 1, paid: 'much' })).toEqual(['WRONG_TYPE paid']));
  it('may ask for something to be answered at all', () => {
    const either = { ...form(money('planned'), money('paid')), rules: [rule('paid', must('paid != null || planned != null'))] };
    expect(faultsOf(either, {})).toEqual(['RULE_BROKEN paid']);
    expect(faultsOf(either, { planned: 1 })).toEqual([]);
  });
  it('may ask what a table comes to', () => {
    const spec = {
      ...form(money('paid'), table({ columns: [money('amount')] })),
      rules: [rule('rows', must('sum(rows.amount) == paid'))],
    };
    expect(faultsOf(spec, { paid: 0.3, rows: [{ amount: 0.1 }, { amount: 0.2 }] })).toEqual([]);
    expect(faultsOf(spec, { paid: 0.31, rows: [{ amount: 0.1 }, { amount: 0.2 }] })).toEqual(['RULE_BROKEN rows']);
  });
  it('is kept by a form that is checked again', () => {
    const { answers } = accept(spending, { planned: 2, paid: 1 });
    expect(accept(spending, answers).answers).toEqual(answers);
  });
});

describe('a rule of a table', () => {
  const lent = cell({ id: 'lentOn', type: 'date' });
  const back = cell({ id: 'backOn', type: 'date' });
  const spec = form(
    cell({ id: 'openedOn', type: 'date' }),
    table({ columns: [lent, back], rules: [rule('backOn', must('backOn >= lentOn && lentOn >= openedOn'))] }),
  );
  const answers = (...rows: readonly (readonly [string, string])[]) => ({
    openedOn: '2020-10-01',
    rows: rows.map(([lentOn, backOn]) => ({ lentOn, backOn })),
  });

  it('is asked of each row, and told there', () =>
    expect(
      faultsOf(spec, answers(['2020-10-02', '2020-10-03'], ['2020-10-05', '2020-10-04'], ['2020-09-30', '2020-10-04'])),
    ).toEqual(['RULE_BROKEN rows[1].backOn', 'RULE_BROKEN rows[2].backOn']));
  it('is not asked of a fixed row that says nothing', () => {
    const fixedRows = ['a', 'b'].map((id) => ({ id, title: { zh: id, en: id } }));
    const blank = form(table({ fixedRows, columns: [lent, back], rules: [rule('backOn', must('backOn != null'))] }));
    expect(faultsOf(blank, { rows: { a: { lentOn: '2020-10-01' } } })).toEqual(['RULE_BROKEN rows.a.backOn']);
  });
});

describe('a simulated person', () => {
  const fill = (spec: FormSpec, seed: number, wishes = {}) => fillForm(spec, rehearsal, createRandom(seed, 'rules'), wishes);
  const required = (id: string) => cell({ id, type: 'money', required: true });

  it.each([
    'paid <= planned',
    'paid < planned || planned == 0',
    'paid == planned',
    'paid == planned / 3 * 3',
    'paid > planned * 2 + 7',
    'paid != planned && paid - planned > 0.005',
    '!(paid < planned)',
    'paid == sum(rows.amount)',
    'paid >= sum(rows.amount) + size(rows)',
    "outcome == 'lifted' && paid <= planned",
    'backOn == lentOn + days(2)',
    'lentOn < backOn',
    'backOn - lentOn <= 3 && backOn >= lentOn',
  ])('keeps %s', (text) => {
    const date = (id: string) => cell({ id, type: 'date', required: true });
    const fields = [
      required('planned'),
      required('paid'),
      choice({ id: 'outcome', required: true }),
      date('lentOn'),
      date('backOn'),
    ];
    const spec = { ...form(...fields, table({ columns: [required('amount')] })), rules: [rule('paid', must(text))] };
    for (let seed = 0; seed < 40; seed += 1) expect(checkForm(spec, fill(spec, seed), rehearsal)).not.toHaveProperty('issues');
  });

  it('keeps the rule of every row', () => {
    const columns = [required('amount'), required('limit')];
    const spec = form(table({ minRows: 4, columns, rules: [rule('amount', must('amount <= limit'))] }));
    for (let seed = 0; seed < 40; seed += 1) expect(checkForm(spec, fill(spec, seed), rehearsal)).not.toHaveProperty('issues');
  });

  it('leaves what was wished for as it is, and mends the other side', () => {
    const spec = { ...form(required('planned'), required('paid')), rules: [rule('paid', must('paid <= planned'))] };
    expect(fill(spec, 1, { paid: 500 })).toMatchObject({ paid: 500, planned: 500 });
  });

  it('leaves a number that is counted as it is, and mends the other side', () => {
    const planned = cell({ id: 'planned', type: 'integer', required: true, equals: 'households' });
    const spec = { ...form(planned, required('paid')), rules: [rule('planned', must('paid == planned'))] };
    const counted = { ...rehearsal, countOf: () => 7 };
    expect(fillForm(spec, counted, createRandom(3, 'rules'))).toEqual({ planned: 7, paid: 7 });
  });

  it('gives up after a number of tries where wishes or bounds break the rule', () => {
    const spec = { ...form(required('planned'), required('paid')), rules: [rule('paid', must('paid <= planned'))] };
    expect(() => fill(spec, 1, { paid: 2, planned: 1 })).toThrow(FormNotFillable);
    const never = { ...form(required('paid')), rules: [rule('paid', must('paid < 0 && paid > 0'))] };
    expect(() => fill(never, 1)).toThrow(/RULE_BROKEN/);
  });

  it('keeps any rules that can be kept, or says that they cannot, and does the same for the same chance', () =>
    fc.assert(
      fc.property(arbitraryRuledForm, fc.nat(), (spec, seed) => {
        const once = (): unknown => {
          try {
            const answers = fill(spec, seed);
            expect(checkForm(spec, JSON.parse(JSON.stringify(answers)), rehearsal)).not.toHaveProperty('issues');
            return answers;
          } catch (error) {
            if (!(error instanceof FormNotFillable)) throw error;
            return error.message;
          }
        };
        expect(once()).toEqual(once());
      }),
    ));
});
