/** Reviews with a deadline of their own, and what returns are bound by. */
import { describe, expect, it } from 'vitest';
import { composeFlush } from '../../engine/flush-rows.ts';
import type { Offset } from '../../model/offset.ts';
import type { Ladder, ProgramTask } from '../../model/plan.ts';
import { acceptBy, beijing, confirmBy, dueOn, inBeijing, nineOn, program, STANDARD, task } from './program-builder.ts';
import { Played } from './played.ts';

const workingDays = (count: number): Offset => ({ unit: 'workingDays', count });
const REVIEW: Ladder = {
  id: 'review',
  rungs: [
    { id: 'last-day', kind: 'reminder', offset: nineOn(0), to: 'assignee' },
    { id: 'review-overdue', kind: 'escalation', offset: null, to: 'office' },
  ],
};
const timed = (by: string, count = 2) => ({ ...acceptBy(by), within: workingDays(count), ladder: 'review' });
const play = (over: Partial<ProgramTask>): Played =>
  new Played(
    program({
      tasks: [task({ id: 'list', due: dueOn('2020-10-22'), ladder: 'standard', ...over })],
      ladders: { standard: STANDARD, review: REVIEW, silent: { id: 'silent', rungs: [] } },
    }),
  );
const handedIn = (over: Partial<ProgramTask> = { reviews: [timed('union-head')] }): Played => {
  const household = play(over).at('2020-10-15 10:00');
  household.complete('list');
  return household;
};

describe('while a reviewer has a deadline', () => {
  it('the reviewer is chased by the ladder of the review, and the ladder of the task is silent', () => {
    const household = handedIn().at('2020-10-30 00:00');
    expect(household.rungs).toEqual(['last-day head-1 2020-10-19 09:00', 'review-overdue office-1 2020-10-20 00:00']);
  });
  it('their deadline counts from when it came to them', () => {
    const { review } = handedIn().task('list');
    expect([inBeijing(review!.since), inBeijing(review!.deadline)]).toEqual(['2020-10-15 10:00', '2020-10-19 23:59:59.999']);
  });
  it('messages name that deadline', () => {
    const household = handedIn().at('2020-10-19 12:00');
    expect(household.messages.slice(-2).map(({ purpose, deadline }) => `${purpose} ${inBeijing(deadline)}`)).toEqual([
      'toReview 2020-10-19 23:59:59.999',
      'reminder 2020-10-19 23:59:59.999',
    ]);
  });
  it('the audit says that a rung is of the ladder of a review', () => {
    const household = handedIn().at('2020-10-19 12:00');
    expect(household.effects.audit.at(-1)).toMatchObject({ kind: 'rungReached', detail: { rung: 'last-day', ladder: 'review' } });
  });
  it('the row of the task has it, for those who read', () => {
    const household = handedIn();
    const { program: plan, snapshot, effects } = household;
    const rows = (full: boolean) => composeFlush(plan, { snapshot, effects, number: 1, full }).tasks;
    expect(rows(true)[0]).toMatchObject({ key: 'list', reviewDeadline: beijing('2020-10-19 23:59:59.999') });
    household.accept('list');
    expect(composeFlush(plan, { ...household, number: 1, full: true }).tasks[0]).not.toHaveProperty('reviewDeadline');
  });
  it('lateness is still judged by when it was handed in', () => {
    const household = handedIn().at('2020-11-20 10:00');
    household.accept('list');
    expect(household.answer).toMatchObject({ status: 'done', late: false });
  });
});

describe('a second reviewer', () => {
  it('has their own time, and is told anew', () => {
    const household = handedIn({ reviews: [timed('union-head'), timed('office', 1)] }).at('2020-10-19 10:00');
    household.accept('list');
    expect(inBeijing(household.task('list').review!.deadline)).toBe('2020-10-20 23:59:59.999');
    expect(household.at('2020-10-21 00:00').rungs).toEqual([
      'last-day head-1 2020-10-19 09:00',
      'last-day office-1 2020-10-20 09:00',
    ]);
    expect(household.effects.audit.filter(({ kind }) => kind === 'nobodyToTell')).toHaveLength(1);
  });
  it('without a deadline is chased by the ladder of the task, from then on', () => {
    const household = handedIn({ reviews: [timed('union-head'), confirmBy('office')] }).at('2020-10-21 12:00');
    household.accept('list');
    expect(household.task('list')).not.toHaveProperty('review');
    expect(household.at('2020-10-23 00:00').rungs).toEqual([
      'last-day head-1 2020-10-19 09:00',
      'review-overdue office-1 2020-10-20 00:00',
      'on-day office-1 2020-10-22 09:00',
      'overdue office-1 2020-10-23 00:00',
    ]);
  });
});

describe('a task returned by a reviewer with a deadline', () => {
  it('is chased by its own ladder again, and not for what lay between', () => {
    const household = handedIn().at('2020-10-21 12:00');
    household.sendBack('list');
    expect(household.task('list')).not.toHaveProperty('review');
    expect(household.at('2020-10-23 00:00').rungs.slice(2)).toEqual([
      'on-day cadre-1 2020-10-22 09:00',
      'overdue cadre-1 2020-10-23 00:00',
    ]);
  });
  it('and handed in again gives the reviewer the same time anew', () => {
    const household = handedIn().at('2020-10-16 10:00');
    household.sendBack('list');
    household.at('2020-10-21 10:00').complete('list');
    expect(inBeijing(household.task('list').review!.deadline)).toBe('2020-10-23 23:59:59.999');
    const claims = household.at('2020-10-24 00:00').messages.filter(({ rung }) => rung === 'last-day');
    expect(new Set(claims.map(({ claim }) => claim)).size).toBe(claims.length);
  });
  it('that closes is missed all the same, and is no longer in review', () => {
    const household = handedIn({ reviews: [timed('union-head')], atEnd: 'close' }).at('2020-10-26 00:00');
    expect(household.status('list')).toBe('missed');
    expect(household.task('list')).not.toHaveProperty('review');
  });
});

describe('returns', () => {
  const returned = (returns: ProgramTask['returns'], at = '2020-10-21 10:00'): Played => {
    const household = play({ reviews: [acceptBy('union-head')], ...(returns === undefined ? {} : { returns }) }).at(at);
    household.complete('list');
    household.sendBack('list');
    return household;
  };

  it('leave the deadline where it is', () => expect(returned(undefined).deadline('list')).toBe('2020-10-22 23:59:59.999'));
  it('give time where the definition says so, and the deadline moves with a row and a number', () => {
    const household = returned({ within: workingDays(3) });
    expect([household.deadline('list'), household.task('list').deadlineRev]).toEqual(['2020-10-26 23:59:59.999', 1]);
    const move = household.effects.audit.find(({ kind }) => kind === 'deadlineMoved');
    expect(move!.detail).toMatchObject({ to: beijing('2020-10-26 23:59:59.999'), why: 'returned' });
    const back = household.messages.filter(({ purpose }) => purpose === 'returned' || purpose === 'moved');
    expect(back.map(({ purpose, deadline }) => `${purpose} ${inBeijing(deadline)}`)).toEqual([
      'returned 2020-10-26 23:59:59.999',
    ]);
  });
  it('never take time away', () =>
    expect(returned({ within: workingDays(3) }, '2020-10-14 10:00').deadline('list')).toBe('2020-10-22 23:59:59.999'));
  it('end after as many as the definition says', () => {
    const household = returned({ atMost: 2 });
    household.complete('list');
    expect(household.sendBack('list')).toBe('returned');
    household.complete('list');
    expect(household.sendBack('list')).toBe('TOO_MANY_RETURNS');
  });
});
