import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillFacts } from '../../forms/fill-facts.ts';
import { FormNotFillable, fillChecked } from '../../forms/fill-form.ts';
import type { FormSpec } from '../../model/form.ts';
import { arbitraryForm, rehearsal } from './arbitrary-form.ts';
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

function expectSame(spec: FormSpec, seed: number): void {
  const [quick, whole] = [counted(seed), counted(seed)];
  const found = fillFacts(spec, rehearsal, quick);
  if (found === undefined) return;
  const { facts, rows } = fillChecked(spec, rehearsal, whole);
  expect(found).toEqual({ facts, rows });
  expect(quick.used()).toBe(whole.used());
}

describe('the facts of a form filled by a simulated person', () => {
  it('are those of the form filled in whole, with the same chance', () =>
    fc.assert(
      fc.property(arbitraryForm, fc.nat(), (spec, seed) => expectSame(spec, seed)),
      { numRuns: 1000 },
    ));

  it.each(Object.values(linwei.plan.forms).map((spec) => [spec.id, spec] as const))('are those of %s', (_id, spec) => {
    for (let seed = 0; seed < 20; seed += 1) expectSame(spec, seed * 7_919);
  });

  it('are found without the whole form for nearly every form of the first campaign', () => {
    const forms = Object.values(linwei.plan.forms);
    const whole = forms.filter((spec) => fillFacts(spec, rehearsal, counted(1)) === undefined);
    expect(whole.length / forms.length).toBeLessThan(0.2);
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
