import { describe, expect, it } from 'vitest';
import { digestOf } from '../../engine/digest.ts';
import { NO_EFFECTS } from '../../engine/draft.ts';
import { composeFlush } from '../../engine/flush-rows.ts';
import { beijing, dueOn, program, startOf, task } from './program-builder.ts';
import { Played } from './played.ts';

const household = new Played(
  program({
    tasks: [
      task({ id: 'visit', ladder: 'standard', due: dueOn('2020-10-22'), feeds: ['summary'] }),
      task({ id: 'talk' }),
      task({ id: 'exit', opensAt: startOf('2020-12-01'), due: dueOn('2020-12-31') }),
    ],
  }),
  { facts: { class: 'deep' } },
).at('2020-10-23 10:00');
household.complete('visit', { id: 'c-visit', lateReason: true, facts: { class: 'relative' } });
const { program: plan, snapshot, effects } = household;

describe('a flush', () => {
  const flush = composeFlush(plan, {
    snapshot,
    effects: { ...effects, tasks: ['visit'] },
    number: 7,
    previous: 'digest-6',
    full: false,
  });

  it('says which state it leads to', () =>
    expect(flush).toMatchObject({
      run: 'run',
      instance: 'h/1',
      scope: 'household',
      union: 'u1',
      number: 7,
      digest: digestOf(snapshot),
      status: 'open',
    }));
  it('has a whole row for each task that was touched, and no other', () =>
    expect(flush.tasks).toEqual([{ ...snapshot.tasks['visit'], key: 'visit', late: true }]));
  it('names the flush it goes on from', () => expect(flush.previous).toBe('digest-6'));
  it('names none when it is the first', () =>
    expect(composeFlush(plan, { snapshot, effects, number: 1, previous: '', full: false })).not.toHaveProperty('previous'));
  it('has the facts of now and of the enrolment', () =>
    expect([flush.facts, flush.factsAtEnrolment]).toEqual([{ class: 'relative' }, { class: 'deep' }]));
  it('says when the instance wakes next', () => expect(flush.nextWake).toBe(beijing('2020-12-01 00:00')));
  it('carries what happened', () =>
    expect([flush.outbox, flush.gates, flush.answers]).toEqual([effects.outbox, effects.gates, effects.answers]));
  it('tells of everything that happened, what was changed with the rest of the detail', () => {
    expect(flush.audit.map(({ kind }) => kind)).toEqual(effects.audit.map(({ kind }) => kind));
    const changed = { status: ['open', 'done'], submission: [null, 'c-visit'] };
    expect(effects.audit.find(({ kind }) => kind === 'taskSubmitted')).toMatchObject({ detail: { late: true }, changed });
    expect(flush.audit.find(({ kind }) => kind === 'taskSubmitted')).toMatchObject({ detail: { late: true, changed } });
  });
  it('is plain JSON', () => expect(JSON.parse(JSON.stringify(flush))).toEqual(flush));
  it('of an open instance has no archive', () => expect(flush).not.toHaveProperty('archive'));
});

describe('a full flush', () => {
  const flush = composeFlush(plan, { snapshot, effects: NO_EFFECTS, number: 8, previous: 'digest-7', full: true });

  it('has a row for every task, touched or not', () => expect(flush.tasks.map(({ key }) => key)).toEqual(['visit', 'talk']));
  it('says again what was settled for the gates', () => expect(flush.gates).toEqual([{ gate: 'summary', settled: true }]));
  it('says again what was answered', () => expect(flush.answers.map(({ command }) => command)).toEqual(['c-visit']));
  it('says nothing again that leaves the house', () => expect(flush.outbox).toEqual([]));
});

describe('the flush of a closed instance', () => {
  const closed = new Played(plan);
  closed.close();
  const flush = composeFlush(plan, { snapshot: closed.snapshot, effects: closed.effects, number: 1, previous: '', full: false });

  it('carries the final state', () => expect(flush.archive).toEqual(closed.snapshot));
  it('has nothing to wake for', () => expect([flush.status, flush.nextWake]).toEqual(['closed', null]));
});

describe('a row of a task', () => {
  const rowOf = (at: string, complete: boolean) => {
    const played = new Played(program({ tasks: [task({ id: 'visit' })] })).at(at);
    if (complete) played.complete('visit', { lateReason: true });
    return composeFlush(played.program, { snapshot: played.snapshot, effects: NO_EFFECTS, number: 1, previous: '', full: true })
      .tasks[0];
  };

  it('is late when it was handed in after the deadline', () => expect(rowOf('2020-10-26 00:00', true)?.late).toBe(true));
  it('is not late when it was handed in at the deadline', () => expect(rowOf('2020-10-25 23:59:59.999', true)?.late).toBe(false));
  it('is not late for being overdue, which is a question asked at an instant', () =>
    expect(rowOf('2020-12-01 00:00', false)?.late).toBe(false));
});
