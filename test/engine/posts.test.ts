import { describe, expect, it } from 'vitest';
import { resolvePost } from '../../engine/posts.ts';
import { PEOPLE, program } from './program-builder.ts';

const household = program();

describe('a post', () => {
  it('is held by whoever fills it', () =>
    expect(resolvePost({ program: household, roles: PEOPLE }, { role: 'union-officer' })).toEqual({
      person: 'officer-1',
      role: 'union-officer',
      passedOver: [],
    }));
  it('that is vacant falls to the next one up, and the vacancy is kept', () =>
    expect(resolvePost({ program: household, roles: { 'union-head': 'head-1' } }, { role: 'cadre' })).toEqual({
      person: 'head-1',
      role: 'union-head',
      passedOver: ['cadre', 'union-officer'],
    }));
  it('passes over the person who must not be chosen', () =>
    expect(resolvePost({ program: household, roles: PEOPLE }, { role: 'union-officer', not: 'officer-1' })).toEqual({
      person: 'head-1',
      role: 'union-head',
      passedOver: ['union-officer'],
    }));
  it('passes over the same person in every post they fill', () =>
    expect(
      resolvePost(
        { program: household, roles: { 'union-officer': 'head-1', 'union-head': 'head-1', office: 'office-1' } },
        { role: 'union-officer', not: 'head-1' },
      ),
    ).toEqual({
      person: 'office-1',
      role: 'office',
      passedOver: ['union-officer', 'union-head'],
    }));
  it('is nobody when the whole chain is vacant', () =>
    expect(resolvePost({ program: household, roles: {} }, { role: 'union-head' })).toEqual({
      person: null,
      role: 'union-head',
      passedOver: ['union-head', 'office'],
    }));
  it('is nobody when only the person who must not be chosen is left', () =>
    expect(
      resolvePost({ program: household, roles: { office: 'office-1' } }, { role: 'office', not: 'office-1' }).person,
    ).toBeNull());
  it('that the plan does not know is nobody', () =>
    expect(resolvePost({ program: household, roles: PEOPLE }, { role: 'nowhere' }).person).toBeNull());
  it('comes to an end when the chain is a circle', () => {
    const circle = program({
      roles: [
        { id: 'a', scope: 'union', fallback: 'b' },
        { id: 'b', scope: 'union', fallback: 'a' },
      ],
    });
    expect(resolvePost({ program: circle, roles: {} }, { role: 'a' }).person).toBeNull();
  });
});
