/** Correcting what the register says, in the form that it prefills. */
import { describe, expect, it } from 'vitest';
import { contextThen } from '../../forms/read-prefilled.ts';
import { fillChecked, FormNotFillable } from '../../forms/fill-form.ts';
import { compileCondition } from '../../compiler/conditions.ts';
import { fictitiousIdNumber } from '../../model/fictitious.ts';
import { createRandom } from '../../simulator/random.ts';
import { rehearsal } from './arbitrary-form.ts';
import { accept, cell, choice, context, faultsOf, form, issuesOf, rule } from './builders.ts';

const phone = cell({ id: 'mobile', type: 'phone', privacy: 'personal', from: 'phone', correctable: true });
const name = cell({ id: 'name', type: 'text', privacy: 'personal', from: 'name' });
const spec = form(name, phone);
const known = { prefill: { phone: '10000000001', name: '示例职工' } };
const right = { corrected: '10000000002', why: ' 本人来电 ' };

describe('a correction', () => {
  it('is kept with what stood there before, and why', () =>
    expect(accept(spec, { mobile: right }, known).answers).toEqual({
      name: '示例职工',
      mobile: { was: '10000000001', corrected: '10000000002', why: '本人来电' },
    }));
  it('is named by its field, without a word', () =>
    expect(accept(spec, { mobile: right }, known).corrections).toEqual(['mobile']));
  it('may fill a gap of the register', () =>
    expect(accept(spec, { mobile: right }).answers).toMatchObject({ mobile: { was: null } }));
  it('is none where the register is left as it is', () => expect(accept(spec, {}, known).corrections).toEqual([]));
  it('is kept as it is when it is checked again', () => {
    const { answers } = accept(spec, { mobile: right }, known);
    expect(accept(spec, answers, known).answers).toEqual(answers);
  });

  it.each([
    [{ name: { corrected: '某某', why: '错字' } }, 'NOT_CORRECTABLE name'],
    [{ mobile: { ...right, corrected: '10000000001' } }, 'SAME_AS_BEFORE mobile'],
    [{ mobile: { corrected: '10000000002' } }, 'CORRECTION_WITHOUT_REASON mobile'],
    [{ mobile: { ...right, why: '  ' } }, 'CORRECTION_WITHOUT_REASON mobile'],
    [{ mobile: { ...right, corrected: '123' } }, 'NO_PHONE_NUMBER mobile'],
    [{ mobile: { ...right, corrected: null } }, 'ANSWER_REQUIRED mobile'],
    [{ mobile: { ...right, was: '10000000009' } }, 'FIELD_IS_PREFILLED mobile'],
    [{ mobile: { ...right, since: 'yesterday' } }, 'WRONG_TYPE mobile'],
    [{ mobile: '10000000002' }, 'FIELD_IS_PREFILLED mobile'],
  ])('is refused as %j', (answers, fault) => expect(faultsOf(spec, answers, known)).toEqual([fault]));

  it('takes no more words than the register', () => {
    const address = form(cell({ id: 'address', type: 'text', from: 'address', correctable: true }));
    const long = { corrected: 'x'.repeat(501), why: '搬迁' };
    expect(faultsOf(address, { address: long }, { prefill: { address: '一号' } })).toEqual(['TEXT_TOO_LONG address']);
  });
  it('repeats neither value of a personal field', () => {
    const text = JSON.stringify(issuesOf(spec, { mobile: { corrected: '13800000000x', why: '' } }, known));
    expect(text).not.toMatch(/13800000000|10000000001/);
  });

  it('is what rules and conditions of the form see', () => {
    const filed = cell({ id: 'filedOn', type: 'date', from: 'filedOn', correctable: true });
    const visit = { ...form(filed, cell({ id: 'on', type: 'date' })), rules: [rule('on', compileCondition('on >= filedOn'))] };
    const since = { prefill: { filedOn: '2020-10-01' } };
    expect(faultsOf(visit, { on: '2020-09-01' }, since)).toEqual(['RULE_BROKEN on']);
    expect(faultsOf(visit, { on: '2020-09-01', filedOn: { corrected: '2020-08-01', why: '档案' } }, since)).toEqual([]);
  });

  it('gives its fact as any answer of its type', () => {
    const sex = choice({ id: 'sex', from: 'sex', correctable: true, fact: 'sex' });
    expect(accept(form(sex), { sex: { corrected: 'lifted', why: '错' } }, { prefill: { sex: 'other' } }).facts).toEqual({
      sex: 'lifted',
    });
  });

  it('leaves sex, month of birth and identity number agreeing', () => {
    const idNumber = (bornOn: string, order: number) => fictitiousIdNumber({ bornOn, order });
    const file = { idNumber: idNumber('1970-03-01', 1), sex: 'male', bornIn: '1970-03' };
    const sexes = ['male', 'female'].map((id) => ({ id, title: { zh: id, en: id } }));
    const people = form(
      cell({ id: 'idNumber', type: 'id-number', from: 'idNumber', correctable: true }),
      cell({ id: 'sex', type: 'choice', choices: sexes, from: 'sex', correctable: true }),
      cell({ id: 'bornIn', type: 'year-month', from: 'bornIn', correctable: true }),
    );
    const why = '身份证';
    const faults = (answers: unknown) => faultsOf(people, answers, { prefill: file });
    expect(faults({ idNumber: { corrected: idNumber('1970-03-09', 3), why } })).toEqual([]);
    expect(faults({ sex: { corrected: 'female', why } })).toEqual(['DISAGREES_WITH_ID_NUMBER sex']);
    expect(faults({ idNumber: { corrected: idNumber('1970-04-01', 1), why } })).toEqual(['DISAGREES_WITH_ID_NUMBER idNumber']);
    expect(faults({ idNumber: { corrected: idNumber('1970-04-01', 1), why }, bornIn: { corrected: '1970-04', why } })).toEqual(
      [],
    );
  });
});

describe('a form that corrected something', () => {
  it('is judged as before when it is handed in again after the register was corrected', () => {
    const first = accept(spec, { mobile: right }, known);
    const now = context({ prefill: { phone: '10000000002', name: '示例职工' } });
    expect(faultsOf(spec, { mobile: right }, now)).toEqual(['SAME_AS_BEFORE mobile']);
    expect(accept(spec, { mobile: right }, contextThen(spec, now, first.answers))).toEqual(first);
  });

  it('gives later forms the right value', () => {
    const later = form(cell({ id: 'phone', type: 'phone', from: { task: 'survey', field: 'mobile' } }));
    const { answers } = accept(spec, { mobile: right }, known);
    expect(accept(later, {}, { earlier: { survey: answers as never } }).answers).toEqual({ phone: '10000000002' });
  });
});

describe('a simulated person', () => {
  const fill = (wishes = {}) => fillChecked(spec, { ...rehearsal, ...known }, createRandom(1, 'corrections'), wishes);
  it('corrects nothing by themselves', () => expect(fill().corrections).toEqual([]));
  it('corrects what they are told to', () => expect(fill({ mobile: right }).corrections).toEqual(['mobile']));
  it('cannot correct what the form does not let them', () =>
    expect(() => fill({ name: { corrected: '某某', why: '错字' } })).toThrow(FormNotFillable));
});
