/** Work that is for somebody else than whoever did a task before it. */
import { describe, expect, it } from 'vitest';
import type { ProgramTask } from '../../model/plan.ts';
import { Played } from './played.ts';
import { acceptBy, PEOPLE, program, rowTask, task } from './program-builder.ts';

/** A visit by the officer, and a call back by somebody else. */
const visited = (callBack: Partial<ProgramTask> = {}, roles: Readonly<Record<string, string>> = PEOPLE): Played => {
  const visit = task({ id: 'visit', holder: { role: 'union-officer' } });
  const after = task({ id: 'call-back', after: ['visit'], holder: { role: 'union-officer', not: 'visit' }, ...callBack });
  const played = new Played(program({ tasks: [visit, after] }), { roles });
  played.complete('visit');
  return played;
};

describe('a task for somebody else than whoever did another', () => {
  it('falls to the next post up when the same person would hold it', () =>
    expect(visited().task('call-back').holder).toBe('head-1'));
  it('stays where it is when that person did not do the other', () =>
    expect(visited({ holder: { role: 'cadre', not: 'visit' } }).task('call-back').holder).toBe('cadre-1'));
  it('passes over every post that the same person fills', () =>
    expect(visited({}, { ...PEOPLE, 'union-head': 'officer-1' }).task('call-back').holder).toBe('office-1'));
  it('keeps with the message which posts were passed over', () =>
    expect(visited().messages.at(-1)).toMatchObject({
      purpose: 'opened',
      recipient: 'head-1',
      role: 'union-head',
      passedOver: ['union-officer'],
    }));
  it('says so in the audit', () =>
    expect(visited().effects.audit.at(-1)).toMatchObject({
      kind: 'taskOpened',
      detail: { holder: 'head-1', passedOver: 'union-officer' },
    }));
  it('is held by nobody when only that person is left', () =>
    expect(visited({}, { 'union-officer': 'officer-1' }).task('call-back').holder).toBeNull());
  it('passes over nobody while the other has not been handed in', () => {
    const callBack = task({ id: 'call-back', holder: { role: 'union-officer', not: 'visit' } });
    const played = new Played(program({ tasks: [task({ id: 'visit', holder: { role: 'union-officer' } }), callBack] }));
    expect(played.task('call-back').holder).toBe('officer-1');
  });
  it('passes over everybody who did one of the tasks that rows made', () => {
    const list = task({ id: 'list', holder: { role: 'cadre' }, rows: [{ table: 'measures', task: 'measure', to: 'self' }] });
    const close = task({ id: 'close', after: ['measure'], holder: { role: 'union-officer', not: 'measure' } });
    const played = new Played(program({ tasks: [list, rowTask({ id: 'measure' }), close] }));
    const rows = ['officer-1', 'head-1'].map((holder, index) => ({
      table: 'measures',
      row: index + 1,
      due: '2020-10-20',
      holder,
    }));
    played.complete('list', { rows });
    for (const row of [1, 2]) played.complete(`measure:list.${row}`);
    expect(played.task('close').holder).toBe('office-1');
  });
});

describe('a review by somebody else than whoever did another task', () => {
  const inReview = (not?: string): Played => {
    const played = visited({
      holder: { role: 'cadre' },
      reviews: [{ ...acceptBy('union-officer'), ...(not === undefined ? {} : { not }) }],
    });
    played.complete('call-back');
    return played;
  };

  it('is usually open to them', () => expect(inReview().task('call-back').reviewer).toBe('officer-1'));
  it('falls to the next post up', () => expect(inReview('visit').task('call-back').reviewer).toBe('head-1'));
  it('is refused to them', () => {
    const played = inReview('visit');
    expect(played.accept('call-back', { by: 'officer-1' })).toBe('NOT_HOLDER');
  });
});
