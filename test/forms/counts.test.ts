/** A number that must be what a count comes to: the count is given to the form, so a page, the server and a rehearsal compare alike. */
import { describe, expect, it } from 'vitest';
import { checkForm } from '../../forms/check-form.ts';
import { fillForm } from '../../forms/fill-form.ts';
import { cell, context, form } from './builders.ts';

const COUNTS: Readonly<Record<string, number | null>> = { visited: 4, money: 0.3, nothing: null };
const counting = context({ countOf: (indicator) => COUNTS[indicator] ?? null });
const visited = form(cell({ id: 'visited', type: 'integer', equals: 'visited' }));
const issuesOf = (answers: object, given = counting, spec = visited) => {
  const result = checkForm(spec, answers, given);
  return 'issues' in result ? result.issues : [];
};

describe('a number that must agree with a count', () => {
  it('is accepted when it does', () => expect(issuesOf({ visited: 4 })).toEqual([]));
  it('is refused when it differs, with both numbers', () =>
    expect(issuesOf({ visited: 5 })).toEqual([
      {
        code: 'COUNT_DIFFERS',
        path: 'visited',
        message: "'Field' is 5, and what was handed in comes to 4",
        hint: 'correct it, or have the forms corrected that are counted',
        value: 5,
      },
    ]));
  it('is refused when there is nothing to agree with', () =>
    expect(issuesOf({ x: 0 }, counting, form(cell({ id: 'x', type: 'number', equals: 'nothing' })))).toMatchObject([
      { code: 'COUNT_DIFFERS', message: expect.stringContaining('comes to nothing') as string },
    ]));
  it('agrees to the cent', () => {
    const money = form(cell({ id: 'money', type: 'money', equals: 'money' }));
    expect([issuesOf({ money: 0.3 }, counting, money), issuesOf({ money: 0.31 }, counting, money)]).toMatchObject([
      [],
      [{ code: 'COUNT_DIFFERS' }],
    ]);
  });
  it('may be left blank where the field may', () => expect(issuesOf({})).toEqual([]));
  it('is told of its bounds first', () => {
    const bounded = form(cell({ id: 'visited', type: 'integer', equals: 'visited', max: 3 }));
    expect(issuesOf({ visited: 5 }, counting, bounded)).toMatchObject([{ code: 'NUMBER_OUT_OF_RANGE' }]);
  });
  it('is compared with nothing where nobody counts', () => expect(issuesOf({ visited: 5 }, context())).toEqual([]));
  it('is counted right by simulated people', () =>
    expect(fillForm(visited, { ...counting, people: [], unions: [] }, () => 0.5)).toEqual({ visited: 4 }));
});
