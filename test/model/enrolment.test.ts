/** Who has the posts around an instance, of what the register says. */
import { describe, expect, it } from 'vitest';
import { type PostHolder, postsAround } from '../../model/enrolment.ts';

const HEAD: PostHolder = { id: 'head-1', union: 'union-01', role: 'union-head' };
const OFFICE: PostHolder = { id: 'office-1', union: 'district', role: 'office' };
const LEADER: PostHolder = { id: 'leader-1', union: 'district', role: 'leading-group' };
const HOUSEHOLD = { instance: 'h/h-001', union: 'union-01' };

describe('the posts around a household', () => {
  it("are the federation's and those of its union", () =>
    expect(postsAround(HOUSEHOLD, [HEAD, OFFICE, LEADER, { ...HEAD, id: 'head-0', union: 'union-02' }])).toEqual({
      office: 'office-1',
      'leading-group': 'leading-group',
      'union-head': 'head-1',
    }));

  it("of the federation are nobody's of a union, whatever the register says of them", () => {
    const people = [HEAD, { id: 'a-1', union: 'union-01', role: 'office' }, { ...LEADER, union: 'union-01' }];
    expect(postsAround(HOUSEHOLD, people)).toEqual({ 'union-head': 'head-1' });
    expect(postsAround(HOUSEHOLD, [...people, OFFICE])).toEqual({ office: 'office-1', 'union-head': 'head-1' });
  });
});
