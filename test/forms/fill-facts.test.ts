import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillFacts } from '../../forms/fill-facts.ts';
import { FormNotFillable, fillChecked } from '../../forms/fill-form.ts';
import type { FormRule, FormSpec } from '../../model/form.ts';
import { arbitraryForm, arbitraryRuledForm, rehearsal } from './arbitrary-form.ts';
import { cell, choice, form, table } from './builders.ts';
import { linwei } from '../definitions/linwei.ts';

/** A repeatable chance that also tells how far it has been used. */
function counted(seed: number): (() => number) & { readonly used: () => number } {
  let state = seed >>> 0;
  let used = 0;
  const next = () => {
    used += 1;
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  return Object.assign(next, { used: () => used });
}

function expectSame(spec: FormSpec, seed: number, keep: ReadonlySet<string> = new Set()): void {
  const [quick, whole] = [counted(seed), counted(seed)];
  const found = fillFacts(spec, rehearsal, quick, keep);
  if (found === undefined) return;
  const { facts, rows, answers } = fillChecked(spec, rehearsal, whole);
  const kept = Object.fromEntries(Object.entries(answers).filter(([field]) => keep.has(field)));
  expect(found).toEqual({ facts, rows, answers: kept });
  expect(quick.used()).toBe(whole.used());
}

const isQuick = (spec: FormSpec): boolean => fillFacts(spec, rehearsal, counted(1)) !== undefined;
/** Of the fields in `arbitraryForm`. */
const someFields = fc.subarray(['a', 'b', 'c', 'd']).map((fields) => new Set(fields));

describe('the facts of a form filled by a simulated person', () => {
  it('are those of the form filled in whole, with the same chance', () =>
    fc.assert(
      fc.property(arbitraryForm, fc.nat(), (spec, seed) => expectSame(spec, seed)),
      { numRuns: 1000 },
    ));

  it('are those of the form filled in whole where rules are kept, and are left to it where one is broken', () =>
    fc.assert(
      fc.property(arbitraryRuledForm, fc.nat(), (spec, seed) => expectSame(spec, seed)),
      { numRuns: 1000 },
    ));

  it('come with the answers that are to be kept, as the whole form has them', () =>
    fc.assert(
      fc.property(arbitraryForm, fc.nat(), someFields, (spec, seed, keep) => expectSame(spec, seed, keep)),
      { numRuns: 1000 },
    ));

  it('come with rules that are kept', () => {
    const day = cell({ id: 'day', type: 'date', dates: 'past' });
    const rule = (by: 'le' | 'gt'): FormRule => ({
      must: { op: 'relate', by, left: { op: 'fact', fact: 'day' }, right: { op: 'value', value: '2999-01-01' } },
      say: { zh: '不得晚于', en: 'No later' },
      at: 'day',
    });
    expect(isQuick({ ...form(day), rules: [rule('le')] })).toBe(true);
    expect(isQuick({ ...form(day), rules: [rule('gt')] })).toBe(false);
    expect(isQuick(form(table({ minRows: 1, columns: [day], rules: [rule('le')] })))).toBe(true);
    expect(isQuick(form(table({ minRows: 1, columns: [day], rules: [rule('gt')] })))).toBe(false);
  });

  it.each(Object.values(linwei.plan.forms).map((spec) => [spec.id, spec] as const))('are those of %s', (_id, spec) => {
    for (let seed = 0; seed < 20; seed += 1) expectSame(spec, seed * 7_919);
  });

  it('are found without the whole form for nearly every form of the first campaign', () => {
    const forms = Object.values(linwei.plan.forms);
    const whole = forms.filter((spec) => fillFacts(spec, rehearsal, counted(1)) === undefined);
    expect(whole.length / forms.length).toBeLessThan(0.15);
  });

  it('are left to the whole form where a needed answer cannot be given', () => {
    const spec = form(cell({ id: 'by', type: 'person', role: 'nobody', required: true, fact: 'by' }));
    expect(fillFacts(spec, rehearsal, counted(1))).toBeUndefined();
    expect(() => fillChecked(spec, rehearsal, counted(1))).toThrow(FormNotFillable);
  });

  it('are left to the whole form where something is not known here', () => {
    const strange = { ...choice({ id: 'a' }), newKey: true };
    expect(fillFacts(form(strange), rehearsal, counted(1))).toBeUndefined();
    const fixed = table({
      fixedRows: [{ id: 'a', title: { zh: '甲', en: 'A' } }],
      rowDue: 'by',
      columns: [cell({ id: 'by', type: 'date' })],
    });
    expect(fillFacts(form(fixed), rehearsal, counted(1))).toBeUndefined();
  });
});
