/** Deadlines that are counted from something else than the opening, and what happens when that becomes known or changes. */
import { describe, expect, it } from 'vitest';
import type { Offset } from '../../model/offset.ts';
import type { Anchor, DueRule, ProgramTask } from '../../model/plan.ts';
import { acceptBy, beijing, endOf, inBeijing, program, rowTask, STANDARD, task } from './program-builder.ts';
import { Played } from './played.ts';

const workingDays = (count: number, atMinute?: number): Offset => ({
  unit: 'workingDays',
  count,
  ...(atMinute === undefined ? {} : { atMinute }),
});
const dueFrom = (anchor: Anchor, offset: Offset): DueRule => ({
  kind: 'from',
  anchor,
  offset,
  otherwise: endOf('2020-10-25'),
  noticeWorkingDays: 3,
});
const played = (tasks: readonly ProgramTask[], facts = {}): Played => new Played(program({ tasks }), { facts });
const moves = ({ effects }: Played, key: string): readonly unknown[] =>
  effects.audit
    .filter(({ kind, task: of }) => kind === 'deadlineMoved' && of === key)
    .map(
      ({ at, detail }) =>
        `${inBeijing(at)}: ${inBeijing(detail!['from'] as number)} to ${inBeijing(detail!['to'] as number)}, ${detail!['why']}`,
    );

describe('a deadline counted from the opening', () => {
  it('may be hours away, or at a time of day', () => {
    const hours = played([task({ id: 'a', due: dueFrom({ on: 'opened' }, { unit: 'hours', count: 4 }) })]);
    expect(hours.deadline('a')).toBe('2020-10-13 04:00');
    expect(played([task({ id: 'a', due: dueFrom({ on: 'opened' }, workingDays(2, 17 * 60)) })]).deadline('a')).toBe(
      '2020-10-15 17:00',
    );
  });
});

describe('a deadline counted from the enrolment', () => {
  const tasks = [task({ id: 'a', due: dueFrom({ on: 'enrolment' }, workingDays(5)) })];

  it('is so far from when the instance began, however late the task opens', () => {
    const early = new Played(program({ tasks }), { at: '2020-10-12 09:00' }).at('2020-10-13 00:00');
    expect(early.deadline('a')).toBe('2020-10-19 23:59:59.999');
  });
  it('gives notice when that is over before it opens', () => {
    const long = new Played(program({ tasks }), { at: '2020-09-28 09:00' }).at('2020-10-13 00:00');
    expect(long.deadline('a')).toBe('2020-10-16 23:59:59.999');
  });
});

describe('a deadline counted from another task', () => {
  const tasks = [
    task({ id: 'visit' }),
    task({ id: 'report', due: dueFrom({ on: 'done', task: 'visit' }, workingDays(2, 17 * 60)), ladder: 'standard' }),
  ];

  it('is the end of the phase as long as that is not done', () =>
    expect(played(tasks).deadline('report')).toBe('2020-10-25 23:59:59.999'));
  it('moves once it is done, with a row that says why and a message to the holder', () => {
    const household = played(tasks).at('2020-10-15 10:00');
    household.complete('visit');
    expect(household.deadline('report')).toBe('2020-10-19 17:00');
    expect(household.task('report').deadlineRev).toBe(1);
    expect(moves(household, 'report')).toEqual(['2020-10-15 10:00: 2020-10-25 23:59:59.999 to 2020-10-19 17:00, done:visit']);
    expect(household.messages.filter(({ purpose }) => purpose === 'moved')).toMatchObject([
      { recipient: 'cadre-1', task: 'report', deadline: beijing('2020-10-19 17:00'), claim: 'h/1|report|1|moved.0.0|cadre-1' },
    ]);
  });
  it('has the rungs of the new deadline from then on, and none of the old', () => {
    const household = played(tasks).at('2020-10-15 10:00');
    household.complete('visit');
    expect(household.at('2020-11-05 00:00').rungs).toEqual([
      'before-1 cadre-1 2020-10-16 09:00',
      'on-day cadre-1 2020-10-19 09:00',
      'overdue cadre-1 2020-10-19 17:00:00.001',
      'after-2 head-1 2020-10-21 09:00',
      'after-5 office-1 2020-10-26 09:00',
    ]);
  });
  it('lets a rung that has spoken speak again for the new deadline, where it lies ahead', () => {
    const household = played(tasks).at('2020-10-23 12:00');
    household.complete('visit');
    expect(household.deadline('report')).toBe('2020-10-27 17:00');
    expect(household.at('2020-10-27 12:00').rungs).toEqual([
      'before-3 cadre-1 2020-10-21 09:00',
      'before-1 cadre-1 2020-10-23 09:00',
      'before-1 cadre-1 2020-10-26 09:00',
      'on-day cadre-1 2020-10-27 09:00',
    ]);
  });
  it('is known from the beginning where that was done before', () => {
    const household = played([tasks[0]!, { ...tasks[1]!, after: ['visit'] }]).at('2020-10-15 10:00');
    household.complete('visit');
    expect([household.deadline('report'), household.task('report').deadlineRev]).toEqual(['2020-10-19 17:00', 0]);
  });
  it('does not follow work that was missed', () => {
    const household = played([{ ...tasks[0]!, atEnd: 'close' }, tasks[1]!]).at('2020-10-26 00:00');
    expect(household.status('visit')).toBe('missed');
    expect(household.deadline('report')).toBe('2020-10-25 23:59:59.999');
  });
  it('leaves what has been handed in alone until it is returned', () => {
    const household = played([tasks[0]!, { ...tasks[1]!, reviews: [acceptBy('union-head')] }]).at('2020-10-15 10:00');
    household.complete('report');
    household.complete('visit');
    expect(household.deadline('report')).toBe('2020-10-25 23:59:59.999');
    household.at('2020-10-16 10:00').sendBack('report');
    expect(household.deadline('report')).toBe('2020-10-19 17:00');
  });
});

describe('a deadline counted from returns', () => {
  const due = dueFrom({ on: 'returned', task: 'list' }, workingDays(2));
  const tasks = [task({ id: 'list', due, reviews: [acceptBy('union-head')] })];

  it('of its own moves with each of them', () => {
    const household = played(tasks).at('2020-10-15 10:00');
    household.complete('list');
    household.sendBack('list');
    expect(household.deadline('list')).toBe('2020-10-19 23:59:59.999');
    household.at('2020-10-20 10:00').complete('list', { lateReason: true });
    household.sendBack('list');
    expect(household.deadline('list')).toBe('2020-10-22 23:59:59.999');
    expect(household.task('list').deadlineRev).toBe(2);
  });
  it('of a task made by a row is that of its own', () => {
    const own = rowTask({
      id: 'row',
      due: dueFrom({ on: 'returned', task: 'row' }, workingDays(2)),
      reviews: [acceptBy('union-head')],
    });
    const household = played([own]);
    household.spawn('row', { key: 'row:u-u2.sweep.1', holder: 'cadre-1' });
    household.spawn('row', { key: 'row:u-u2.sweep.2', holder: 'cadre-1' });
    household.at('2020-10-15 10:00').complete('row:u-u2.sweep.1');
    household.sendBack('row:u-u2.sweep.1');
    expect([household.deadline('row:u-u2.sweep.1'), household.deadline('row:u-u2.sweep.2')]).toEqual([
      '2020-10-19 23:59:59.999',
      '2020-10-25 23:59:59.999',
    ]);
  });
});

describe('a deadline counted from a date', () => {
  const tasks = [
    task({ id: 'ask' }),
    task({ id: 'again' }),
    task({ id: 'prepare', due: dueFrom({ on: 'fact', fact: 'meeting' }, workingDays(-1, 17 * 60)), ladder: 'standard' }),
  ];

  it('is the end of the phase until somebody answers with the date', () => {
    const household = played(tasks).at('2020-10-14 10:00');
    expect(household.deadline('prepare')).toBe('2020-10-25 23:59:59.999');
    household.complete('ask', { facts: { meeting: '2020-10-22' } });
    expect(household.deadline('prepare')).toBe('2020-10-21 17:00');
  });
  it('moves again when the date does', () => {
    const household = played(tasks).at('2020-10-14 10:00');
    household.complete('ask', { facts: { meeting: '2020-10-22' } });
    household.complete('again', { facts: { meeting: '2020-10-30' } });
    expect(household.deadline('prepare')).toBe('2020-10-29 17:00');
    expect(moves(household, 'prepare').map((move) => String(move).slice(-12))).toEqual(['fact:meeting', 'fact:meeting']);
  });
  it('is known at once where the date is', () =>
    expect(played(tasks, { meeting: '2020-10-22' }).deadline('prepare')).toBe('2020-10-21 17:00'));
  it('gives notice where the date lies before the opening', () =>
    expect(played(tasks, { meeting: '2020-10-12' }).deadline('prepare')).toBe('2020-10-16 23:59:59.999'));
  it('counts a date outside the table as its first or last day', () => {
    expect(played(tasks, { meeting: '1999-01-01' }).deadline('prepare')).toBe('2020-10-16 23:59:59.999');
    expect(played(tasks, { meeting: '2031-01-01' }).deadline('prepare')).toBe('2021-03-30 17:00');
  });
  it('that moved into the past makes the task overdue, and is not chased for what was not yet due', () => {
    const household = played(tasks).at('2020-10-20 10:00');
    household.complete('ask', { facts: { meeting: '2020-10-19' } });
    expect(household.deadline('prepare')).toBe('2020-10-16 17:00');
    expect(household.at('2020-10-24 00:00').rungs).toEqual(['after-5 office-1 2020-10-23 09:00']);
    expect(STANDARD.rungs).toHaveLength(6);
  });
});

describe('the deadline of a task that is opened again', () => {
  const meeting = (over: Partial<ProgramTask> = {}): ProgramTask[] => [
    task({ id: 'again' }),
    task({ id: 'prepare', due: dueFrom({ on: 'fact', fact: 'meeting' }, workingDays(-1, 17 * 60)), ...over }),
  ];
  /** Prepared for the meeting of the 22nd, which has another date since the 15th. */
  const prepared = (date: string): Played => {
    const household = played(meeting(), { meeting: '2020-10-22' }).at('2020-10-14 10:00');
    household.complete('prepare');
    household.at('2020-10-15 10:00').complete('again', { facts: { meeting: date } });
    return household;
  };
  const reopen = (household: Played, key: string) =>
    household.send(
      { kind: 'adjust', adjustment: { kind: 'reopen', task: key }, authority: 'office', reason: 'r1' },
      { by: { person: 'office-1', via: 'cli' } },
    );

  it.each([
    ['ahead, as if it had been open all the time', '2020-10-30', '2020-10-19 10:00', '2020-10-29 17:00'],
    ['past, though the one it had is ahead: it gives notice', '2020-10-16', '2020-10-19 10:00', '2020-10-22 23:59:59.999'],
    ['past like the one it had: it gives notice', '2020-10-20', '2020-10-26 10:00', '2020-10-29 23:59:59.999'],
  ])('follows from what its anchor is by then: %s', (_what, date, at, expected) => {
    const household = prepared(date).at(at);
    expect(reopen(household, 'prepare')).toBe('taken');
    expect(household.deadline('prepare')).toBe(expected);
    expect(moves(household, 'prepare')).toEqual([]);
    expect(household.at('2020-10-26 12:00').deadline('prepare')).toBe(expected);
  });

  it('still follows when its anchor changes afterwards', () => {
    const household = prepared('2020-10-16').at('2020-10-19 10:00');
    reopen(household, 'prepare');
    reopen(household, 'again');
    household.complete('again', { facts: { meeting: '2020-11-05' } });
    expect(household.deadline('prepare')).toBe('2020-11-04 17:00');
  });

  it('does not follow from what it had said itself, which is taken back', () => {
    const household = played(meeting({ endsAt: endOf('2020-10-25') }), { meeting: null }).at('2020-10-14 10:00');
    household.complete('prepare', { facts: { meeting: '2020-11-10' } });
    household.at('2020-10-27 10:00');
    expect(reopen(household, 'prepare')).toBe('taken');
    expect(household.deadline('prepare')).toBe('2020-10-30 23:59:59.999');
  });

  it('is counted from now where it is counted from the opening', () => {
    const household = played([task({ id: 'a', due: dueFrom({ on: 'opened' }, { unit: 'hours', count: 200 }) })]);
    household.complete('a');
    household.at('2020-10-22 10:00');
    expect(reopen(household, 'a')).toBe('taken');
    expect(household.deadline('a')).toBe('2020-10-30 18:00');
    expect(household.at('2020-10-23 10:00').deadline('a')).toBe('2020-10-30 18:00');
  });
});
