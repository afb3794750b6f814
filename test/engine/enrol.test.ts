import { describe, expect, it } from 'vitest';
import { enrol } from '../../engine/enrol.ts';
import { beijing, program, task } from './program-builder.ts';
import { Played } from './played.ts';

const at = beijing('2020-10-20 10:00');
const enrolment = {
  run: 'run',
  instance: 'h/1',
  union: 'u1',
  revision: 3,
  roles: { cadre: 'cadre-1' },
  facts: { class: 'deep' },
  at,
};

describe('an instance that is enrolled', () => {
  const { snapshot, effects } = enrol(program({ tasks: [task({ id: 'visit' })] }), { ...enrolment, rulesVersion: 7 });

  it('begins at the instant of its enrolment', () => expect(snapshot.advancedTo).toBe(at));
  it('keeps the facts it came with, to be compared with later', () =>
    expect(snapshot.factsAtEnrolment).toEqual({ class: 'deep' }));
  it('is bound to the rules that it was started with', () => expect(snapshot.rulesVersion).toBe(7));
  it('is bound to the first rules when its start does not say', () =>
    expect(enrol(program(), enrolment).snapshot.rulesVersion).toBe(1));
  it('is bound to the revision of its run', () => expect(snapshot.revision).toBe(3));
  it('is written in the audit', () => expect(effects.audit).toEqual([{ at, kind: 'enrolled', actor: 'time' }]));
  it('has its first change to write', () => expect(snapshot.seq).toBe(1));
  it('has no task until time is asked', () => expect(snapshot.tasks).toEqual({}));
  it('is plain JSON', () => expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot));
});

describe('an instance enrolled in the middle of the campaign', () => {
  it('opens what has come up, at its enrolment', () => {
    const household = new Played(program({ tasks: [task({ id: 'visit' })] }), { at: '2020-10-20 10:00' });
    expect(household.task('visit').openedAt).toBe(at);
  });
  it('is not reminded of what lies before it', () => {
    const household = new Played(program({ tasks: [task({ id: 'visit', ladder: 'standard' })] }), { at: '2020-10-24 10:00' });
    expect(household.at('2020-10-25 23:59').rungs).toEqual(['on-day cadre-1 2020-10-25 09:00']);
  });
  it('keeps its facts at enrolment when its facts change', () => {
    const household = new Played(program({ tasks: [task({ id: 'visit' })] }), { facts: { class: 'deep' } });
    household.complete('visit', { facts: { class: 'relative' } });
    expect([household.snapshot.facts, household.snapshot.factsAtEnrolment]).toEqual([{ class: 'relative' }, { class: 'deep' }]);
  });
});
