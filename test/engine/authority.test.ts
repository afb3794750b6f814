/** Under which post somebody may adjust a run. */
import { describe, expect, it } from 'vitest';
import { type Claim, claimAuthority, claimRight } from '../../engine/authority.ts';
import type { Post } from '../../model/adjustment.ts';

/** `false-office` is called so by the register, and of a union. */
const PEOPLE: Readonly<Record<string, Post>> = {
  'office-1': { role: 'office', union: 'district' },
  'false-office': { role: 'office', union: 'union-01' },
  'head-1': { role: 'union-head', union: 'union-01' },
};
const findPerson = (id: string): Post | undefined => PEOPLE[id];
const RULE = { by: ['office', 'union-head'] };
const asked = (person: string): Claim => ({
  ...{ adjustment: { kind: 'waive', task: 'visit' }, rule: RULE, person, union: 'union-01', tasks: {}, covers: [], now: 0 },
  findPerson,
});
const asRight = (person: string) =>
  claimRight({ ...{ rule: RULE, person, union: 'union-01', act: 'admit', covers: [], now: 0 }, findPerson });
const REFUSED = { refusal: expect.objectContaining({ code: 'NO_AUTHORITY' }) as unknown };

describe.each([
  ['adjusts', (person: string) => claimAuthority(asked(person))],
  ['admits', asRight],
])('whoever %s', (_what, claim) => {
  it('has the say of their post', () => {
    expect(claim('office-1')).toEqual({ authority: 'office' });
    expect(claim('head-1')).toEqual({ authority: 'union-head' });
  });

  it('has not the say of the federation when they are of a union, not even over that', () =>
    expect(claim('false-office')).toEqual(REFUSED));
});

it('a person of a union with a post of the federation keeps what is theirs as a holder', () => {
  const tasks = { visit: { holder: 'false-office' } } as unknown as Claim['tasks'];
  const delegation = { ...asked('false-office'), tasks, rule: { by: ['holder'] } };
  expect(claimAuthority({ ...delegation, adjustment: { kind: 'delegate', task: 'visit', to: 'head-1' } })).toEqual({
    authority: 'holder',
  });
});
