import { describe, expect, it } from 'vitest';
import { advanceTo, nextWake } from '../../engine/advance.ts';
import { NO_EFFECTS } from '../../engine/draft.ts';
import { enrol } from '../../engine/enrol.ts';
import type { ProgramTask } from '../../model/plan.ts';
import { beijing, dueOn, dueWithin, endOf, gate, inBeijing, is, program, startOf, task } from './program-builder.ts';
import { enrolled, Played } from './played.ts';

const nagged = program({
  tasks: [
    task({ id: 'visit', ladder: 'standard', due: dueOn('2020-10-22') }),
    task({ id: 'list', opensAt: startOf('2020-10-26'), ladder: 'standard', due: dueOn('2020-11-20') }),
  ],
});

describe('advancing', () => {
  it('twice to the same instant changes nothing the second time', () => {
    const once = advanceTo(nagged, enrolled(nagged), beijing('2020-11-01 00:00'));
    const twice = advanceTo(nagged, once.snapshot, beijing('2020-11-01 00:00'));
    expect([JSON.stringify(twice.snapshot), twice.effects]).toEqual([JSON.stringify(once.snapshot), NO_EFFECTS]);
  });
  it('never goes back', () => {
    const { snapshot } = advanceTo(nagged, enrolled(nagged), beijing('2020-11-01 00:00'));
    const back = advanceTo(nagged, snapshot, beijing('2020-10-15 00:00'));
    expect([JSON.stringify(back.snapshot), back.effects]).toEqual([JSON.stringify(snapshot), NO_EFFECTS]);
  });
  it('keeps where it got to when nothing happened', () =>
    expect(advanceTo(nagged, enrolled(nagged), beijing('2020-10-15 08:30')).snapshot.advancedTo).toBe(
      beijing('2020-10-15 08:30'),
    ));
  it('does not count as a change when nothing happened', () => {
    const snapshot = enrolled(nagged);
    expect(advanceTo(nagged, snapshot, beijing('2020-10-15 08:30')).snapshot.seq).toBe(snapshot.seq);
  });
  it('does each thing at its own instant, however late it is asked', () => {
    const household = new Played(nagged);
    const eager = new Played(nagged);
    // Bounded, so that a clock that stands still fails instead of going on for ever.
    for (let wakes = 0; eager.wake !== null && wakes < 50; wakes += 1) eager.at(eager.wake);
    expect(household.at('2020-12-31 00:00').effects.audit).toEqual(eager.effects.audit);
  });
  it('names what it did in the order of their instants', () => {
    const instants = new Played(nagged).at('2020-12-31 00:00').effects.audit.map(({ at }) => at);
    expect(instants).toEqual([...instants].sort((a, b) => a - b));
  });
  it('names each task it touched once', () =>
    expect(advanceTo(nagged, enrolled(nagged), beijing('2020-12-31 00:00')).effects.tasks).toEqual(['visit', 'list']));
});

describe('midnight', () => {
  const household = () => new Played(nagged);

  it('belongs to the day that begins: a task opens at it', () =>
    expect(household().at('2020-10-26 00:00').status('list')).toBe('open'));
  it('is not the millisecond before', () => expect(household().at('2020-10-25 23:59:59.999').status('list')).toBe('waiting'));
  it('makes work overdue: the rung speaks at it', () =>
    expect(household().at('2020-10-23 00:00').rungs.at(-1)).toBe('overdue cadre-1 2020-10-23 00:00'));
  it('makes it overdue no millisecond earlier', () =>
    expect(household().at(endOf('2020-10-22')).rungs.at(-1)).toBe('on-day cadre-1 2020-10-22 09:00'));
});

describe('the phases of a campaign', () => {
  const phases = (played: Played) =>
    played.effects.audit
      .filter(({ kind }) => kind.startsWith('phase'))
      .map(({ kind, at, detail }) => `${kind} ${detail?.['phase']} ${inBeijing(at)}`);
  const campaign = (at = '2020-10-13 00:00') => new Played(program({ scope: 'campaign' }), { instance: 'c', union: null, at });

  it('begin and end at midnight, the old one before the new', () =>
    expect(phases(campaign().at('2021-02-01 00:00'))).toEqual([
      'phaseStarted first 2020-10-13 00:00',
      'phaseEnded first 2020-10-26 00:00',
      'phaseStarted second 2020-10-26 00:00',
      'phaseEnded second 2020-12-01 00:00',
      'phaseStarted third 2020-12-01 00:00',
      'phaseEnded third 2021-01-01 00:00',
    ]));
  it('have not begun before their first instant', () =>
    expect(phases(campaign('2020-10-01 00:00').at('2020-10-12 23:59:59.999'))).toEqual([]));
  it('are not over at their last millisecond', () =>
    expect(phases(campaign().at(endOf('2020-10-25')))).toEqual(['phaseStarted first 2020-10-13 00:00']));
  it('that lie before its enrolment are recorded at once, in order', () =>
    expect(phases(campaign('2020-11-05 10:00'))).toEqual([
      'phaseStarted first 2020-11-05 10:00',
      'phaseEnded first 2020-11-05 10:00',
      'phaseStarted second 2020-11-05 10:00',
    ]));
  it('are counted in its state', () => {
    const { snapshot } = campaign().at('2020-11-05 10:00');
    expect([snapshot.phasesStarted, snapshot.phasesEnded]).toEqual([2, 1]);
  });
  it('are not recorded by unions and households', () =>
    expect([
      phases(new Played(program({ scope: 'union' })).at('2021-02-01 00:00')),
      phases(new Played(program()).at('2021-02-01 00:00')),
    ]).toEqual([[], []]));
});

describe('what falls on one instant', () => {
  it('happens in a fixed order: phase ends, phase starts, openings, rungs, closings', () => {
    const campaign = new Played(
      program({
        scope: 'campaign',
        tasks: [
          task({ id: 'closes', atEnd: 'close' }),
          task({ id: 'nagged', ladder: 'standard' }),
          task({ id: 'opens', opensAt: startOf('2020-10-26'), due: dueOn('2020-11-30') }),
        ],
      }),
      { instance: 'c', union: null },
    ).at('2020-10-26 00:00');
    const midnight = campaign.effects.audit.filter(({ at }) => at === beijing('2020-10-26 00:00'));
    expect(midnight.map(({ kind, task }) => `${kind} ${task ?? ''}`.trim())).toEqual([
      'phaseEnded',
      'phaseStarted',
      'taskOpened opens',
      'rungReached nagged',
      'taskMissed closes',
    ]);
  });
});

describe('the first instant of a campaign', () => {
  it('starts its phase before its tasks open', () =>
    expect(
      new Played(program({ scope: 'campaign', tasks: [task({ id: 'scheme' })] }), {
        instance: 'c',
        union: null,
      }).effects.audit.map(({ kind }) => kind),
    ).toEqual(['enrolled', 'phaseStarted', 'taskOpened']));
});

describe('the next wake', () => {
  const wakeOf = (...tasks: ProgramTask[]) => new Played(program({ tasks }));

  it('is the next opening', () =>
    expect(wakeOf(task({ id: 'list', opensAt: startOf('2020-10-26') })).wake).toBe('2020-10-26 00:00'));
  it('is the next rung', () =>
    expect(wakeOf(task({ id: 'visit', ladder: 'standard', due: dueOn('2020-10-22') })).wake).toBe('2020-10-19 09:00'));
  it('is the rung after the one that spoke', () =>
    expect(wakeOf(task({ id: 'visit', ladder: 'standard', due: dueOn('2020-10-22') })).at('2020-10-19 09:00').wake).toBe(
      '2020-10-21 09:00',
    ));
  it('is the closing of unfinished work', () =>
    expect(wakeOf(task({ id: 'visit', atEnd: 'close' })).wake).toBe('2020-10-26 00:00'));
  it('is the latest day of a gate', () =>
    expect(wakeOf(task({ id: 'summary', gate: gate({ noLaterThan: startOf('2020-11-02') }) })).wake).toBe('2020-11-02 00:00'));
  it('is the earliest of all', () =>
    expect(wakeOf(task({ id: 'list', opensAt: startOf('2020-10-20') }), task({ id: 'visit', atEnd: 'close' })).wake).toBe(
      '2020-10-20 00:00',
    ));
  it('is now for a rung that falls on an opening by command', () => {
    const household = wakeOf(
      task({ id: 'visit' }),
      task({ id: 'list', after: ['visit'], ladder: 'standard', due: dueOn('2020-10-23') }),
    );
    household.at('2020-10-22 09:00').complete('visit');
    expect(household.wake).toBe('2020-10-22 09:00');
  });
  it('is null while a task to come waits for another', () =>
    expect(
      wakeOf(task({ id: 'visit' }), task({ id: 'list', after: ['visit'], opensAt: startOf('2020-11-02') })).wake,
    ).toBeNull());
  it('is null while a task to come waits for a fact', () =>
    expect(wakeOf(task({ id: 'list', when: is('poor', true), opensAt: startOf('2020-11-02') })).wake).toBeNull());
  it('is null while a task to come waits for a gate', () =>
    expect(wakeOf(task({ id: 'sum', gate: gate(), opensAt: startOf('2020-11-02') })).wake).toBeNull());
  it('is the date of a task to come once it waits for nothing else', () => {
    const household = wakeOf(task({ id: 'visit' }), task({ id: 'list', after: ['visit'], opensAt: startOf('2020-11-02') }));
    household.complete('visit');
    expect(household.wake).toBe('2020-11-02 00:00');
  });
  it('is the later of a date and the latest day of a gate', () =>
    expect(
      wakeOf(task({ id: 'sum', gate: gate({ noLaterThan: startOf('2020-11-10') }), opensAt: startOf('2020-11-02') })).wake,
    ).toBe('2020-11-10 00:00'));
  it('is the enrolment itself for an instance that has not been asked yet', () => {
    const visits = program({ tasks: [task({ id: 'visit' })] });
    const enrolment = { run: 'run', instance: 'h/1', union: 'u1', revision: 1, roles: {}, facts: {}, at: startOf('2020-10-13') };
    expect(nextWake(visits, enrol(visits, enrolment).snapshot)).toBe(startOf('2020-10-13'));
  });
  it('is null when only people can move on', () => expect(wakeOf(task({ id: 'visit' })).wake).toBeNull());
  it('is null when everything is done', () => {
    const household = wakeOf(task({ id: 'visit', ladder: 'standard' }));
    household.complete('visit');
    expect(household.wake).toBeNull();
  });
  it('is null when the rungs that are left lie beyond the table', () =>
    expect(wakeOf(task({ id: 'visit', ladder: 'standard', due: dueOn('2021-03-30') })).at('2021-03-31 00:00').wake).toBeNull());
  it('is the next phase for a campaign', () => {
    const campaign = program({ scope: 'campaign' });
    expect(inBeijing(nextWake(campaign, enrolled(campaign))!)).toBe('2020-10-26 00:00');
  });
  it('is null for a campaign whose phases are over', () => {
    const campaign = program({ scope: 'campaign' });
    expect(nextWake(campaign, enrolled(campaign, { at: '2021-01-01 00:00' }))).toBeNull();
  });
});

describe('a rung and a completion at the same instant', () => {
  it('both happen, the rung first', () => {
    const household = new Played(nagged);
    household.now = beijing('2020-10-22 09:00');
    household.complete('visit');
    expect(household.audited('visit').slice(-3)).toEqual(['rungReached', 'taskSubmitted', 'taskDone']);
  });
});

describe('a task that opens by a fact', () => {
  it('counts its working days from there', () => {
    const household = new Played(
      program({
        tasks: [task({ id: 'visit' }), task({ id: 'rectify', when: is('found', true), ladder: 'standard', due: dueWithin(4) })],
      }),
    ).at('2020-10-20 15:00');
    household.complete('visit', { facts: { found: true } });
    expect(household.at('2020-11-05 00:00').rungs).toEqual([
      'before-3 cadre-1 2020-10-21 09:00',
      'before-1 cadre-1 2020-10-23 09:00',
      'on-day cadre-1 2020-10-26 09:00',
      'overdue cadre-1 2020-10-27 00:00',
      'after-2 head-1 2020-10-28 09:00',
      'after-5 office-1 2020-11-02 09:00',
    ]);
  });
});
