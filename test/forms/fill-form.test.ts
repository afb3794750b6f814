import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkForm } from '../../forms/check-form.ts';
import { FormNotFillable, fillForm } from '../../forms/fill-form.ts';
import { arbitraryForm, rehearsal } from './arbitrary-form.ts';
import { cell, choice, form, table } from './builders.ts';

/** A repeatable Math.random for one property run. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

const RUNS = { numRuns: 400 };

describe('a form filled by a simulated person', () => {
  it('passes its own check, whatever the form', () =>
    fc.assert(
      fc.property(arbitraryForm, fc.nat(), (spec, seed) => {
        const answers = fillForm(spec, rehearsal, seeded(seed));
        expect(checkForm(spec, JSON.parse(JSON.stringify(answers)), rehearsal)).not.toHaveProperty('issues');
      }),
      RUNS,
    ));
  it('is kept as it stands, because the check normalises to what is filled', () =>
    fc.assert(
      fc.property(arbitraryForm, fc.nat(), (spec, seed) => {
        const answers = fillForm(spec, rehearsal, seeded(seed));
        expect(checkForm(spec, answers, rehearsal)).toMatchObject({ answers });
      }),
      RUNS,
    ));
  it('gives facts and rows without a word of what was written', () =>
    fc.assert(
      fc.property(arbitraryForm, fc.nat(), (spec, seed) => {
        const result = checkForm(spec, fillForm(spec, rehearsal, seeded(seed)), rehearsal);
        expect(JSON.stringify('issues' in result ? '示例' : [result.facts, result.rows])).not.toMatch(/示例|\d{11}/);
      }),
      RUNS,
    ));
  it('is the same for the same chance', () =>
    fc.assert(
      fc.property(arbitraryForm, fc.nat(), (spec, seed) => {
        expect(fillForm(spec, rehearsal, seeded(seed))).toEqual(fillForm(spec, rehearsal, seeded(seed)));
      }),
    ));
});

describe('a simulated inspector', () => {
  it('never belongs to the union inspected', () => {
    const inspection = form(
      cell({ id: 'union', type: 'union' }),
      cell({ id: 'by', type: 'person', role: 'cadre', union: { not: 'union' } }),
    );
    for (let seed = 0; seed < 50; seed += 1) {
      const { union, by } = fillForm(inspection, rehearsal, seeded(seed * 7_919)) as { union: string; by: string };
      expect(by.startsWith(union)).toBe(false);
    }
  });
});

describe('a wish', () => {
  const outcome = choice({ id: 'outcome', required: true });
  const filled = (wishes: Parameters<typeof fillForm>[3], seed = 1) =>
    fillForm(form(outcome, table({ minRows: 1, columns: [choice({ id: 'kind' })] })), rehearsal, seeded(seed), wishes);

  it('decides a field', () => expect(filled({ outcome: 'relieved' })).toHaveProperty('outcome', 'relieved'));
  it('decides a column', () => expect(filled({ 'rows.kind': 'other' }).rows).toContainEqual({ kind: 'other' }));
  it('decides the number of rows', () => expect(filled({ rows: 4 }).rows).toHaveLength(4));
  it('gives chances by weight', () => {
    const drawn = Array.from(
      { length: 400 },
      (_, seed) => filled({ outcome: { weights: { lifted: 3, relieved: 1 } } }, seed * 7_919).outcome,
    );
    const lifted = drawn.filter((member) => member === 'lifted').length;
    expect(drawn).not.toContain('other');
    expect(lifted).toBeGreaterThan(240);
    expect(lifted).toBeLessThan(360);
  });
  it('is refused when the form would refuse it', () => {
    expect(() => filled({ outcome: 'nonsense' })).toThrow(FormNotFillable);
    expect(() => filled({ rows: 11 })).toThrow(/TOO_MANY_ROWS/);
  });
  it('is passed over when the field is not asked', () => {
    const spec = form(outcome, cell({ id: 'why', when: { op: 'is', fact: 'outcome', in: ['lifted'] } }));
    expect(fillForm(spec, rehearsal, seeded(1), { outcome: 'relieved', why: 'x' })).toEqual({ outcome: 'relieved' });
  });
});

describe('a form that nobody could fill', () => {
  it('says where and why', () =>
    expect(() =>
      fillForm(form(cell({ id: 'by', type: 'person', role: 'nobody', required: true })), rehearsal, seeded(1)),
    ).toThrow(/form 'form' cannot be filled at 'by'.*ANSWER_REQUIRED/));
});
