/** What becomes of tasks for whoever begins after they had. */
import { describe, expect, it } from 'vitest';
import { enrol } from '../../engine/enrol.ts';
import type { Phase, ProgramTask } from '../../model/plan.ts';
import { Played } from './played.ts';
import { beijing, dueOn, dueWithin, endOf, is, program, startOf, task } from './program-builder.ts';

/** The task is open from 13 October and due at the end of the 25th. */
const joining = (over: Partial<ProgramTask>, at = '2020-10-16 09:00', more: readonly ProgramTask[] = []): Played =>
  new Played(program({ tasks: [task({ id: 'visit', ...over }), ...more] }), { at });

describe('a task whose deadline shifts for late joiners', () => {
  const shifting = (over: Partial<ProgramTask>, at?: string): Played => joining({ joining: { kind: 'shift' }, ...over }, at);

  it('is due later by as many days as they were late', () =>
    expect(shifting({}).deadline('visit')).toBe('2020-10-28 23:59:59.999'));
  it('is due as usual for whoever begins on its first day', () =>
    expect(shifting({}, '2020-10-13 18:00').deadline('visit')).toBe('2020-10-25 23:59:59.999'));
  it('keeps a deadline that is counted from its opening', () =>
    expect(shifting({ due: dueWithin(2) }).deadline('visit')).toBe('2020-10-20 23:59:59.999'));
  it('keeps the time of day that its deadline names', () =>
    expect(shifting({ due: { kind: 'at', at: beijing('2020-10-20 17:00'), noticeWorkingDays: 1 } }).deadline('visit')).toBe(
      '2020-10-23 17:00',
    ));
  it('needs no notice then', () => expect(shifting({}, '2020-10-26 09:00').deadline('visit')).toBe('2020-11-07 23:59:59.999'));
});

describe('a task that late joiners skip', () => {
  const after = task({ id: 'report', after: ['visit'], opensAt: startOf('2020-10-26'), due: dueOn('2020-11-30') });
  const skipping = (at?: string): Played => joining({ joining: { kind: 'skip' }, feeds: ['gate'] }, at, [after]);

  it('is dropped at once, and nobody is told', () => {
    const late = skipping();
    expect([late.status('visit'), late.messages]).toEqual(['dropped', []]);
    expect(late.effects.audit.at(-1)).toMatchObject({ kind: 'taskDropped', task: 'visit', detail: { why: 'joined' } });
  });
  it('comes up on its first day as for everybody', () => expect(skipping('2020-10-13 23:59').status('visit')).toBe('open'));
  it('is not waited for by gates', () =>
    expect(skipping().effects.gates).toEqual([{ gate: 'gate', settled: false, excluded: true }]));
  it('keeps nothing that comes after it', () => expect(skipping().at('2020-10-26 00:00').status('report')).toBe('open'));
  it('is refused as what is final', () => expect(skipping().complete('visit', { by: 'cadre-1' })).toBe('ALREADY_FINAL'));
});

describe('a task with a deadline of its own for late joiners', () => {
  const own = (at?: string): Played => joining({ joining: { kind: 'due', due: dueWithin(3) } }, at);
  it('is due by that', () => expect(own().deadline('visit')).toBe('2020-10-21 23:59:59.999'));
  it('is due as usual for everybody else', () =>
    expect(own('2020-10-12 09:00').at('2020-10-13 00:00').deadline('visit')).toBe('2020-10-25 23:59:59.999'));
  it('follows what that is counted from', () => {
    const followed = joining(
      {
        joining: {
          kind: 'due',
          due: {
            kind: 'from',
            anchor: { on: 'fact', fact: 'heldOn' },
            offset: { unit: 'days', count: 2 },
            otherwise: endOf('2020-10-25'),
            noticeWorkingDays: 1,
          },
        },
      },
      '2020-10-16 09:00',
      [task({ id: 'meeting' })],
    );
    followed.complete('meeting', { facts: { heldOn: '2020-10-20' } });
    expect(followed.deadline('visit')).toBe('2020-10-22 23:59:59.999');
  });
});

describe('on a schedule, late joiners', () => {
  const opens = ['2020-10-13', '2020-10-20'].map(startOf);
  const repeats = { kind: 'scheduled', every: { unit: 'weeks', count: 1 }, opens } as const;

  it('skip what had begun, and take part from the next day it comes up', () => {
    const late = joining({ repeats, joining: { kind: 'skip' } });
    expect([late.status('visit'), late.at('2020-10-20 00:00').status('visit.2')]).toEqual(['dropped', 'open']);
  });
  it('have more time for the one whose time it is', () =>
    expect(joining({ repeats, joining: { kind: 'shift' } }).deadline('visit')).toBe('2020-10-22 23:59:59.999'));
});

describe('a run that begins after a phase', () => {
  const phases = (past: Phase['past']) => [
    { id: 'first', startsAt: startOf('2020-10-13'), endsAt: endOf('2020-10-25'), ...(past === undefined ? {} : { past }) },
    { id: 'second', startsAt: startOf('2020-10-26'), endsAt: endOf('2020-11-30') },
  ];
  const tasks = [
    task({ id: 'visit', when: is('kind', null) }),
    task({ id: 'report', phase: 'second', after: ['visit'], opensAt: startOf('2020-10-26'), due: dueOn('2020-11-30') }),
  ];
  const begun = (past: Phase['past'], scope: 'household' | 'campaign' = 'household', at = '2020-10-27 09:00'): Played =>
    new Played(program({ tasks, scope, phases: phases(past) }), {
      at,
      ...(scope === 'campaign' ? { instance: 'c', union: null } : {}),
    });

  it('takes up its tasks at once, with notice, and reminds of nothing that is past', () => {
    const late = begun('catch-up');
    expect([late.status('visit'), late.deadline('visit'), late.rungs]).toEqual(['open', '2020-10-30 23:59:59.999', []]);
  });
  it('or passes over them, and goes on with the next', () => {
    const late = begun('skip');
    expect([late.status('visit'), late.status('report')]).toEqual(['dropped', 'open']);
  });
  it('passes over nothing that still goes on', () =>
    expect(begun('skip', 'household', '2020-10-20 09:00').status('visit')).toBe('open'));
  it('enters each phase once, in order, and says what becomes of it', () => {
    const turns = (past: Phase['past']): unknown =>
      begun(past, 'campaign')
        .effects.audit.filter(({ kind }) => kind.startsWith('phase'))
        .map(({ kind, detail }) => ({ kind, ...detail }));
    expect(turns('skip')).toEqual([
      { kind: 'phaseStarted', phase: 'first', past: 'skip' },
      { kind: 'phaseEnded', phase: 'first', past: 'skip' },
      { kind: 'phaseStarted', phase: 'second', past: 'catch-up' },
    ]);
  });
  it('passes over the same for a household that joins later still', () => {
    const { snapshot } = enrol(program({ tasks, phases: phases('skip') }), {
      ...{ run: 'run', instance: 'h/1', union: 'u1', revision: 1, roles: {}, facts: {} },
      at: beijing('2020-11-02 09:00'),
      startedAt: beijing('2020-10-27 09:00'),
    });
    expect(snapshot.skippedPhases).toEqual(['first']);
  });
  it('passes over nothing for a household that joins a run that began in time', () => {
    const { snapshot } = enrol(program({ tasks, phases: phases('skip') }), {
      ...{ run: 'run', instance: 'h/1', union: 'u1', revision: 1, roles: {}, facts: {} },
      at: beijing('2020-11-02 09:00'),
      startedAt: beijing('2020-10-12 09:00'),
    });
    expect(snapshot).not.toHaveProperty('skippedPhases');
  });
});
