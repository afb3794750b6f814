/** Tasks that come up several times: one after another, or on a schedule. */
import { describe, expect, it } from 'vitest';
import type { ProgramTask, Repeats } from '../../model/plan.ts';
import { Played } from './played.ts';
import { acceptBy, dueOn, dueWithin, endOf, is, program, rowTask, startOf, task } from './program-builder.ts';

const weekly = (...dates: readonly string[]): Repeats => ({
  kind: 'scheduled',
  every: { unit: 'weeks', count: 1 },
  opens: dates.map(startOf),
});
const inTurn = (times: number, apart?: Extract<Repeats, { kind: 'inTurn' }>['apart']): Repeats => ({
  kind: 'inTurn',
  times,
  ...(apart === undefined ? {} : { apart }),
});
const WEEKS = weekly('2020-10-13', '2020-10-20');
const played = (over: Partial<ProgramTask>, more: readonly ProgramTask[] = [], circumstances = {}): Played =>
  new Played(program({ tasks: [task({ id: 'visit', ...over }), ...more] }), circumstances);
const keys = ({ snapshot }: Played): readonly string[] => Object.keys(snapshot.tasks);

describe('a task that comes up three times, one after another', () => {
  it('comes up again once the one before is done', () => {
    const visits = played({ repeats: inTurn(3) });
    expect(keys(visits)).toEqual(['visit']);
    visits.complete('visit');
    expect([keys(visits), visits.status('visit.2')]).toEqual([['visit', 'visit.2'], 'open']);
    visits.complete('visit.2');
    visits.complete('visit.3');
    expect([keys(visits), visits.wake]).toEqual([['visit', 'visit.2', 'visit.3'], null]);
  });
  it('keeps a distance of days from the one before', () => {
    const visits = played({ repeats: inTurn(3, { unit: 'days', count: 3 }) }).at('2020-10-14 15:00');
    visits.complete('visit');
    expect([visits.status('visit.2'), visits.wake]).toEqual(['waiting', '2020-10-17 00:00']);
    expect(visits.at('2020-10-17 00:00').status('visit.2')).toBe('open');
  });
  it('counts working days over a weekend', () => {
    const visits = played({ repeats: inTurn(2, { unit: 'workingDays', count: 2 }) }).at('2020-10-16 09:00');
    visits.complete('visit');
    expect(visits.wake).toBe('2020-10-20 00:00');
  });
  it('is told of as often as it comes up, each time by its own name', () => {
    const visits = played({ repeats: inTurn(2) });
    visits.complete('visit');
    expect(visits.messages.map(({ task: key, purpose }) => `${key} ${purpose}`)).toEqual(['visit opened', 'visit.2 opened']);
  });
  it('waits while the one before is in review', () => {
    const visits = played({ repeats: inTurn(2), reviews: [acceptBy('union-head')] });
    visits.complete('visit');
    expect(visits.status('visit.2')).toBe('waiting');
    visits.accept('visit');
    expect(visits.status('visit.2')).toBe('open');
  });
  it('is refused by what it waits for, and unknown beyond the last', () => {
    const visits = played({ repeats: inTurn(2) });
    expect([visits.complete('visit.2'), visits.complete('visit.3'), visits.complete('visit.x')]).toEqual([
      'NOT_OPEN_YET',
      'UNKNOWN_TASK',
      'UNKNOWN_TASK',
    ]);
  });
  it('comes up no more where its condition does not hold by then', () => {
    const visits = played({ repeats: inTurn(3), when: is('needed', null, true) });
    visits.complete('visit', { facts: { needed: false } });
    expect([visits.status('visit.2'), visits.status('visit.3')]).toEqual(['dropped', 'dropped']);
  });
  it('waits for its condition the first time, as every task does', () => {
    const visits = played({ repeats: inTurn(2), when: is('needed', true) }, [task({ id: 'ask' })]);
    expect(visits.status('visit')).toBe('waiting');
    visits.complete('ask', { facts: { needed: true } });
    expect(visits.status('visit')).toBe('open');
  });
  it('comes up no more after an end that closes it', () => {
    const visits = played({ repeats: inTurn(3), atEnd: 'close' }).at('2020-10-26 00:00');
    expect([visits.status('visit'), visits.status('visit.2'), visits.status('visit.3')]).toEqual([
      'missed',
      'dropped',
      'dropped',
    ]);
  });
  it('is still owed after an end that does not', () => {
    const visits = played({ repeats: inTurn(2) }).at('2020-10-28 09:00');
    visits.complete('visit', { lateReason: true });
    expect([visits.status('visit.2'), visits.deadline('visit.2')]).toEqual(['open', '2020-11-02 23:59:59.999']);
  });
});

describe('a task on a schedule', () => {
  it('comes up on its days, whether the one before is done or not', () => {
    const checks = played({ repeats: WEEKS });
    expect([keys(checks), checks.wake]).toEqual([['visit'], '2020-10-20 00:00']);
    expect(keys(checks.at('2020-10-20 00:00'))).toEqual(['visit', 'visit.2']);
  });
  it('is due before the next one comes up, the last at the end of the phase', () => {
    const checks = played({ repeats: WEEKS }).at('2020-10-20 00:00');
    expect([checks.deadline('visit'), checks.deadline('visit.2')]).toEqual([
      '2020-10-19 23:59:59.999',
      '2020-10-25 23:59:59.999',
    ]);
  });
  it('is due as it says where it counts from its opening', () => {
    const checks = played({ repeats: WEEKS, due: dueWithin(3) }).at('2020-10-20 00:00');
    expect([checks.deadline('visit'), checks.deadline('visit.2')]).toEqual([
      '2020-10-16 23:59:59.999',
      '2020-10-23 23:59:59.999',
    ]);
  });
  it('that its end closes is missed when the next one comes up', () => {
    const checks = played({ repeats: WEEKS, atEnd: 'close' }).at('2020-10-20 00:00');
    expect([checks.status('visit'), checks.status('visit.2')]).toEqual(['missed', 'open']);
  });
  it('stays open beside the next one where its end does not close it', () => {
    const checks = played({ repeats: WEEKS }).at('2020-10-21 09:00');
    expect([checks.status('visit'), checks.status('visit.2')]).toEqual(['open', 'open']);
    expect(checks.complete('visit', { lateReason: true })).toBe('done');
  });
  it('is dropped on a day on which its condition does not hold', () => {
    const checks = played({ repeats: WEEKS, when: is('needed', true) }, [task({ id: 'ask' })]).at('2020-10-14 09:00');
    expect(checks.status('visit')).toBe('dropped');
    checks.complete('ask', { facts: { needed: true } });
    expect(checks.at('2020-10-20 00:00').status('visit.2')).toBe('open');
    expect(checks.effects.audit.find(({ kind }) => kind === 'taskDropped')).toMatchObject({
      task: 'visit',
      detail: { why: 'condition' },
    });
  });
  it('is dropped when its time passes before it could come up', () => {
    const checks = played({ repeats: WEEKS, after: ['ask'] }, [task({ id: 'ask' })]).at('2020-10-20 00:00');
    expect([checks.status('visit'), checks.status('visit.2')]).toEqual(['dropped', 'waiting']);
    checks.at('2020-10-28 09:00').complete('ask', { lateReason: true });
    expect(checks.status('visit.2')).toBe('open');
  });
  it('begins with the one whose time it is, for whoever joins later', () => {
    const checks = played({ repeats: WEEKS }, [], { at: '2020-10-21 09:00' });
    expect([checks.status('visit'), checks.status('visit.2')]).toEqual(['dropped', 'open']);
    expect(checks.messages).toHaveLength(1);
  });
  it('makes of each row a task that bears its number', () => {
    const rows = [{ table: 'hazards', task: 'hazard', to: 'self' as const }];
    const checks = played({ repeats: WEEKS, rows }, [rowTask({ id: 'hazard' })]).at('2020-10-20 09:00');
    checks.complete('visit.2', { rows: [{ table: 'hazards', row: 1, due: '2020-10-30', holder: 'h' }] });
    expect(checks.status('hazard:visit.2.1')).toBe('open');
  });
});

describe('whoever waits for a task that repeats', () => {
  const later = task({
    id: 'report',
    after: ['visit'],
    opensAt: startOf('2020-10-13'),
    due: dueOn('2020-10-31'),
    endsAt: endOf('2020-10-31'),
  });

  it('waits for all of it', () => {
    const visits = played({ repeats: inTurn(2) }, [later]);
    visits.complete('visit');
    expect(visits.status('report')).toBe('waiting');
    visits.complete('visit.2');
    expect(visits.status('report')).toBe('open');
  });
  it('does not wait for what was dropped', () => {
    const visits = played({ repeats: inTurn(2), when: is('needed', null, true) }, [later]);
    visits.complete('visit', { facts: { needed: false } });
    expect(visits.status('report')).toBe('open');
  });
  it('at a gate hears of it once all of it is settled', () => {
    const visits = played({ repeats: inTurn(2), feeds: ['gate'] });
    visits.complete('visit');
    const settled = (): number => visits.effects.gates.filter((row) => row.settled).length;
    expect(settled()).toBe(0);
    visits.complete('visit.2');
    expect(settled()).toBe(1);
  });
});
