/** As whom the client adjusts a run. */
import { describe, expect, it } from 'vitest';
import { type AuthorityClaim, authorise, type Standing } from '../../client/authority.ts';
import { drill } from '../running/drill.ts';

const CLAIM = {
  ...{ run: { id: 'run-1', clock: { kind: 'real' } }, plan: drill.plan, adjustment: { kind: 'waive', task: 'sweep' } },
  ...{ person: undefined, union: 'union-01', tasks: {} },
} as unknown as AuthorityClaim;
const FALSE = { id: 'a-1', role: 'office', union: 'union-01' };
const OFFICE = { id: 'office-1', role: 'office', union: 'district' };
const standing = (...people: readonly (typeof FALSE)[]): Standing => ({
  people: new Map(people.map((one) => [one.id, one])),
  covers: [],
});

describe('when nobody is named', () => {
  it('the first of the office acts', () =>
    expect(authorise(standing(OFFICE, { ...OFFICE, id: 'office-2' }), CLAIM)).toEqual({
      person: 'office-1',
      authority: 'office',
    }));

  it('nobody of a union acts for it, though the register calls them so', () => {
    expect(authorise(standing(FALSE, OFFICE), CLAIM)).toMatchObject({ person: 'office-1' });
    expect(() => authorise(standing(FALSE), CLAIM)).toThrow('nobody in the office');
  });
});
