import { describe, expect, it } from 'vitest';
import { FORM_LIMITS } from '../../forms/limits.ts';
import { accept, cell, choice, faultsOf, form, issuesOf } from './builders.ts';

const outcome = choice({ id: 'outcome', required: true, fact: 'outcome' });
const spec = form(
  outcome,
  cell({ id: 'words', type: 'long-text' }),
  cell({ id: 'income', type: 'money', privacy: 'sensitive', fact: 'income' }),
);

describe('a form', () => {
  it('keeps null for what was left blank', () =>
    expect(accept(spec, { outcome: 'lifted' }).answers).toEqual({ outcome: 'lifted', words: null, income: null }));
  it('refuses a required field left blank', () => expect(faultsOf(spec, { outcome: '  ' })).toEqual(['ANSWER_REQUIRED outcome']));
  it('refuses a field it does not have, and says which was meant', () =>
    expect(issuesOf(spec, { outcome: 'lifted', word: '…' })).toMatchObject([
      { code: 'UNKNOWN_FIELD', path: 'word', hint: "did you mean 'words'?" },
    ]));
  it('refuses the name of an inherited member', () =>
    expect(faultsOf(spec, JSON.parse('{"outcome":"lifted","__proto__":{"x":1}}'))).toHaveLength(1));
  it('does not repeat an unknown name that may be personal', () => {
    const text = JSON.stringify(issuesOf(spec, { outcome: 'lifted', '11010519491231002X': '1' }));
    expect(text).not.toContain('11010519491231002X');
  });
  it('tells every issue at once', () =>
    expect(faultsOf(spec, { outcome: 'lift', words: 5, income: 'much' })).toEqual([
      'UNKNOWN_CHOICE outcome',
      'WRONG_TYPE words',
      'WRONG_TYPE income',
    ]));
  it('shows the value of an open field', () => expect(issuesOf(spec, { outcome: 'lift' })[0]).toHaveProperty('value', 'lift'));
  it('hides the value of a guarded field', () =>
    expect(JSON.stringify(issuesOf(spec, { outcome: 'lifted', income: 12.345 }))).not.toContain('12.345'));
  it.each([null, 'text', 5, [], undefined])('refuses %j instead of answers', (answers) =>
    expect(faultsOf(spec, answers)).toEqual(['FORM_MALFORMED ']),
  );
  it('refuses what was never JSON', () => expect(faultsOf(spec, { outcome: 1n })).toEqual(['FORM_MALFORMED ']));
  it('refuses nesting without end', () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(faultsOf(spec, { outcome: deep })).toEqual(['FORM_MALFORMED ']);
  });
  it('refuses answers beyond the limit, counted in bytes', () =>
    expect(faultsOf(spec, { outcome: 'lifted', words: '字'.repeat(FORM_LIMITS.bytes / 2) })).toEqual(['FORM_TOO_LARGE ']));
  it('tells no more issues than anybody reads', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`k${at}`, 1]));
    expect(issuesOf(spec, many)).toHaveLength(FORM_LIMITS.issues);
  });
});

describe('the facts of a form', () => {
  it('are the answers of the fields that give them', () =>
    expect(accept(spec, { outcome: 'lifted', income: 620.5 }).facts).toEqual({ outcome: 'lifted', income: 620.5 }));
  it('are null where nothing was answered', () =>
    expect(accept(spec, { outcome: 'lifted' }).facts).toEqual({ outcome: 'lifted', income: null }));
  it('never hold words, even if a form says so', () =>
    expect(accept(form(cell({ id: 'words', fact: 'words' })), { words: '家里的事' }).facts).toEqual({ words: null }));
  it('hold the id of a choice, not the words beside it', () =>
    expect(
      accept(form(choice({ freeText: true, fact: 'kind' })), { field: { choice: 'other', text: '家里的事' } }).facts,
    ).toEqual({
      kind: 'other',
    }));
  it('come from whichever of two fields was asked', () => {
    const isDeep = { op: 'is', fact: 'outcome', in: ['lifted'] } as const;
    const either = form(
      outcome,
      cell({ id: 'a', type: 'integer', fact: 'n', when: isDeep }),
      cell({ id: 'b', type: 'integer', fact: 'n', when: { op: 'not', of: isDeep } }),
    );
    expect(accept(either, { outcome: 'lifted', a: 3 }).facts).toHaveProperty('n', 3);
    expect(accept(either, { outcome: 'relieved', b: 4 }).facts).toHaveProperty('n', 4);
  });
});

describe('a field that the register fills', () => {
  const phone = cell({ id: 'phone', type: 'phone', required: true, privacy: 'personal', from: 'phone' });
  const known = { prefill: { phone: '10000000001' } };

  it('need not be answered', () => expect(accept(form(phone), {}, known).answers).toEqual({ phone: '10000000001' }));
  it('may be sent back as it was', () =>
    expect(accept(form(phone), { phone: '10000000001' }, known).answers).toEqual({ phone: '10000000001' }));
  it('refuses another value and says where to correct it, and what to do where no form corrects it', () =>
    expect(issuesOf(form(phone), { phone: '10000000002' }, known)).toMatchObject([
      {
        code: 'FIELD_IS_PREFILLED',
        hint: "leave it out; if the register is wrong, correct 'phone' in a form that has it `correctable`; if the definition has none, have the office amend the run with a version that has one",
      },
    ]));
  it('does not hold a form up when the register has a gap', () =>
    expect(accept(form(phone), {}).answers).toEqual({ phone: null }));
  it('gives a fact only if the register’s value is of its type', () => {
    const kind = choice({ from: 'kind', fact: 'kind' });
    expect(accept(form(kind), {}, { prefill: { kind: 'lifted' } }).facts).toEqual({ kind: 'lifted' });
    expect(accept(form(kind), {}, { prefill: { kind: '某街道 1 号' } }).facts).toEqual({ kind: null });
  });
});

describe('a field that an earlier form fills', () => {
  const income = cell({ id: 'income', type: 'money', required: true, from: { task: 'survey', field: 'income' }, fact: 'income' });
  const goods = cell({ id: 'goods', type: 'choices', choices: outcome.choices!, from: { task: 'survey', field: 'needs' } });
  const known = { earlier: { survey: { income: 700, needs: ['lifted', 'other'] } } };

  it('has what was answered there', () =>
    expect(accept(form(income, goods), {}, known)).toMatchObject({
      answers: { income: 700, goods: ['lifted', 'other'] },
      facts: { income: 700 },
    }));
  it('may be sent back as it was', () =>
    expect(faultsOf(form(income, goods), { income: 700, goods: ['lifted', 'other'] }, known)).toEqual([]));
  it('takes nothing else', () =>
    expect(issuesOf(form(income, goods), { income: 701, goods: ['other'] }, known)).toMatchObject([
      { code: 'FIELD_IS_PREFILLED', path: 'income', message: expect.stringContaining("the form of 'survey'") },
      { code: 'FIELD_IS_PREFILLED', path: 'goods' },
    ]));
  it('is null while there is none', () => {
    expect(accept(form(income), {}).answers).toEqual({ income: null });
    expect(accept(form(income), {}, { earlier: { survey: {} } }).answers).toEqual({ income: null });
  });
});

describe('a field asked under a condition', () => {
  const whenLifted = { op: 'is', fact: 'outcome', in: ['lifted'] } as const;
  const reason = cell({ id: 'reason', required: true, when: whenLifted });

  it('is required when the condition holds', () =>
    expect(faultsOf(form(outcome, reason), { outcome: 'lifted' })).toEqual(['ANSWER_REQUIRED reason']));
  it('is left out of the answers when it does not', () =>
    expect(accept(form(outcome, reason), { outcome: 'relieved', reason: '' }).answers).toEqual({ outcome: 'relieved' }));
  it('is refused when answered all the same', () =>
    expect(faultsOf(form(outcome, reason), { outcome: 'relieved', reason: 'x' })).toEqual(['NOT_ASKED reason']));
  it('may stand before the field it asks about', () =>
    expect(faultsOf(form(reason, outcome), { outcome: 'lifted' })).toEqual(['ANSWER_REQUIRED reason']));
  it('is not complained about while the field it asks about is wrong', () =>
    expect(faultsOf(form(outcome, reason), { outcome: 'nonsense', reason: 'x' })).toEqual(['UNKNOWN_CHOICE outcome']));
  it('reads an unasked field as null', () => {
    const late = cell({ id: 'late', required: true, when: { op: 'is', fact: 'reason', in: [null] } });
    expect(faultsOf(form(outcome, reason, late), { outcome: 'relieved' })).toEqual(['ANSWER_REQUIRED late']);
  });
  it('does not hang when conditions go round in a circle', () => {
    const a = cell({ id: 'a', type: 'yes-no', when: { op: 'is', fact: 'b', in: [true] } });
    const b = cell({ id: 'b', type: 'yes-no', when: { op: 'is', fact: 'a', in: [true] } });
    expect(faultsOf(form(a, b), { a: true, b: true })).not.toEqual([]);
  });
});

describe('checking a form again', () => {
  it('changes nothing', () => {
    const first = accept(spec, { outcome: 'lifted', words: ' 甲\r\n乙 ', income: 3 });
    expect(accept(spec, first.answers)).toEqual(first);
  });
});
