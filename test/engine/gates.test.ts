import { describe, expect, it } from 'vitest';
import { NO_EFFECTS } from '../../engine/draft.ts';
import { composeFlush } from '../../engine/flush-rows.ts';
import type { Gate, ProgramTask } from '../../model/plan.ts';
import { acceptBy, beijing, dueOn, endOf, gate, is, program, rowTask, startOf, task } from './program-builder.ts';
import { Played } from './played.ts';

const campaign = (over: Partial<Gate> = {}, summary: Partial<ProgramTask> = {}) =>
  new Played(
    program({ scope: 'campaign', tasks: [task({ id: 'summary', holder: { role: 'office' }, gate: gate(over), ...summary })] }),
    {
      instance: 'c',
      union: null,
    },
  );

describe('a gate', () => {
  it('keeps its task waiting until something was counted', () =>
    expect(campaign().at('2020-10-20 09:00').status('summary')).toBe('waiting'));
  it('of all opens when all are done', () => {
    const played = campaign();
    played.count('gate', { version: 1, done: 3, total: 3 });
    expect(played.status('summary')).toBe('open');
  });
  it('of all stays shut when one is missing', () => {
    const played = campaign();
    played.count('gate', { version: 1, done: 2, total: 3 });
    expect(played.status('summary')).toBe('waiting');
  });
  it.each([
    [0.9, 8, 10, 'waiting'],
    [0.9, 9, 10, 'open'],
    [0.5, 2, 5, 'waiting'],
    [0.5, 3, 5, 'open'],
    [0.5, 3, 6, 'open'],
  ] as const)('of a share of %d with %d of %d is %s', (share, done, total, status) => {
    const played = campaign({ share });
    played.count('gate', { version: 1, done, total });
    expect(played.status('summary')).toBe(status);
  });
  it('opens at any share of whole percents as soon as it is reached, and not before', () => {
    for (let percent = 1; percent <= 100; percent += 1) {
      for (const total of [25, 50, 100, 300]) {
        const needed = Math.ceil((percent * total) / 100);
        const statuses = [needed - 1, needed].map((done) => {
          const played = campaign({ share: percent / 100 });
          played.count('gate', { version: 1, done, total });
          return played.status('summary');
        });
        expect(statuses, `${percent}% of ${total}`).toEqual(['waiting', 'open']);
      }
    }
  });
  it('stays shut when there is nobody to count', () => {
    const played = campaign({ share: 0.5 });
    played.count('gate', { version: 1, done: 0, total: 0 });
    expect(played.status('summary')).toBe('waiting');
  });
  it('opens when its task concerns nobody of those enrolled', () => {
    const played = campaign({ share: 0.5 });
    played.count('gate', { version: 1, done: 0, total: 0, excluded: 4 });
    expect(played.status('summary')).toBe('open');
  });
  it('does not open because some are left out: those who are not are waited for', () => {
    const played = campaign();
    played.count('gate', { version: 1, done: 2, total: 3, excluded: 7 });
    expect(played.status('summary')).toBe('waiting');
  });
  it('tells in the audit how many it left out', () => {
    const played = campaign();
    played.count('gate', { version: 1, done: 2, total: 2, excluded: 1 });
    expect(played.effects.audit.at(-2)).toMatchObject({ kind: 'gateOpened', detail: { done: 2, total: 2, excluded: 1 } });
  });
  it('opens its task not before its date', () => {
    const played = campaign({}, { opensAt: startOf('2020-11-01'), due: dueOn('2020-11-30') });
    played.count('gate', { version: 1, done: 3, total: 3 });
    expect([played.status('summary'), played.at('2020-11-01 00:00').status('summary')]).toEqual(['waiting', 'open']);
  });
  it('says in the audit that it opened', () => {
    const played = campaign();
    played.count('gate', { version: 1, done: 1, total: 2 });
    played.count('gate', { version: 2, done: 2, total: 2 });
    expect(played.audited().filter((kind) => kind.startsWith('gate'))).toEqual(['gateCounted', 'gateOpened']);
  });
  it('that no task has yet is kept for the plan that has it', () => {
    const played = campaign();
    expect(played.count('elsewhere', { version: 1, done: 1, total: 1 })).toBe('taken');
    expect(played.snapshot.gates['elsewhere']).toMatchObject({ done: 1, openedAt: null });
  });
});

describe('a count that is older than the one known', () => {
  it('is ignored', () => {
    const played = campaign();
    played.count('gate', { version: 5, done: 1, total: 3 });
    played.count('gate', { version: 4, done: 3, total: 3 });
    expect([played.status('summary'), played.snapshot.gates['gate']?.done]).toEqual(['waiting', 1]);
  });
  it('is ignored when it is the same version', () => {
    const played = campaign();
    played.count('gate', { version: 5, done: 1, total: 3 });
    played.count('gate', { version: 5, done: 3, total: 3 });
    expect(played.status('summary')).toBe('waiting');
  });
});

/** The gate opens in October, and the count falls back before its task's date. */
const fallenBack = (latched: boolean) => {
  const played = campaign({ latched }, { opensAt: startOf('2020-11-01'), due: dueOn('2020-11-30') });
  played.count('gate', { version: 1, done: 3, total: 3 });
  played.at('2020-10-20 09:00').count('gate', { version: 2, done: 3, total: 4 });
  return played;
};

describe('a latched gate', () => {
  it('stays open when the share is lost', () => expect(fallenBack(true).at('2020-11-01 00:00').status('summary')).toBe('open'));
  it('that opened because everybody had left stays open when somebody comes back', () => {
    const played = campaign({}, { opensAt: startOf('2020-11-01'), due: dueOn('2020-11-30') });
    played.count('gate', { version: 1, done: 0, total: 0, excluded: 2 });
    played.count('gate', { version: 2, done: 0, total: 1, excluded: 1 });
    expect(played.at('2020-11-01 00:00').status('summary')).toBe('open');
  });
  it('keeps the instant it opened', () =>
    expect(fallenBack(true).snapshot.gates['gate']?.openedAt).toBe(beijing('2020-10-13 00:00')));
});

describe('a live gate', () => {
  it('shuts when the share is lost', () => expect(fallenBack(false).at('2020-11-01 00:00').status('summary')).toBe('waiting'));
  it('opens again when the share is reached again', () => {
    const played = fallenBack(false).at('2020-11-03 09:00');
    played.count('gate', { version: 3, done: 4, total: 4 });
    expect(played.task('summary').openedAt).toBe(beijing('2020-11-03 09:00'));
  });
  it('does not take back a task that has opened', () => {
    const played = campaign({ latched: false });
    played.count('gate', { version: 1, done: 3, total: 3 });
    played.count('gate', { version: 2, done: 3, total: 4 });
    expect(played.status('summary')).toBe('open');
  });
});

describe('a gate with a latest day', () => {
  const late = () => campaign({ noLaterThan: startOf('2020-10-20') });

  it('is shut a millisecond before', () => expect(late().at('2020-10-19 23:59:59.999').status('summary')).toBe('waiting'));
  it('opens then, whatever the count', () =>
    expect(late().at('2020-10-21 00:00').task('summary').openedAt).toBe(beijing('2020-10-20 00:00')));
  it('opens earlier when the count is reached', () => {
    const played = late().at('2020-10-15 09:00');
    played.count('gate', { version: 1, done: 3, total: 3 });
    expect(played.status('summary')).toBe('open');
  });
  it('gives notice when its task comes up on its last day', () =>
    expect(
      campaign({ noLaterThan: startOf('2020-10-25') })
        .at('2020-10-26 00:00')
        .deadline('summary'),
    ).toBe('2020-10-28 23:59:59.999'));
});

describe('a task that feeds gates', () => {
  const union = (over: Partial<ProgramTask> = {}) =>
    new Played(
      program({
        scope: 'union',
        tasks: [task({ id: 'scheme', holder: { role: 'union-officer' }, feeds: ['summary', 'bulletin'], ...over })],
      }),
      {
        instance: 'u/u1',
      },
    );
  const gates = (played: Played) => played.effects.gates.map(({ gate }) => gate);

  it('feeds nothing while it is open', () => expect(gates(union().at('2020-10-20 09:00'))).toEqual([]));
  it('feeds each of them once it is done', () => {
    const played = union().at('2020-10-20 09:00');
    played.complete('scheme');
    expect(gates(played)).toEqual(['summary', 'bulletin']);
  });
  it('has the relay told of each', () => {
    const played = union().at('2020-10-20 09:00');
    played.complete('scheme');
    expect(played.outbox.filter(({ kind }) => kind === 'gate')).toMatchObject([
      { gate: 'summary', cause: 'update', at: beijing('2020-10-20 09:00') },
      { gate: 'bulletin', cause: 'update', at: beijing('2020-10-20 09:00') },
    ]);
  });
  it('counts as settled when it was missed, so that one union cannot hold up all', () =>
    expect(gates(union({ atEnd: 'close' }).at(endOf('2020-10-25') + 1))).toEqual(['summary', 'bulletin']));
  it('does not count while it is in review', () => {
    const played = union({ reviews: [acceptBy('union-head')] });
    played.complete('scheme');
    expect(gates(played)).toEqual([]);
  });
});

/** What an instance says to gate 'g' about task 'counted', in order: settled, excluded, or pending. */
const said = (played: Played) =>
  played.effects.gates
    .filter(({ gate: id }) => id === 'g')
    .map(({ settled, excluded }) => (excluded === true ? 'excluded' : settled ? 'settled' : 'pending'));
const counting = (tasks: readonly ProgramTask[], facts: Record<string, string> = {}) => new Played(program({ tasks }), { facts });
const counted = (over: Partial<ProgramTask> = {}) => task({ id: 'counted', feeds: ['g'], ...over });

describe('a task that can never come up', () => {
  const onFileOnly = { when: is('enrolment', 'on-file'), fixed: true } as const;

  it('is left out of its gates from the first, when its condition reads only what never changes', () =>
    expect(said(counting([counted(onFileOnly)], { enrolment: 'earlier-lifted' }))).toEqual(['excluded']));
  it('is said in the audit to be dropped', () =>
    expect(counting([counted(onFileOnly)], { enrolment: 'earlier-lifted' }).audited('counted')).toEqual(['taskDropped']));
  it('has the relay told, though nobody did anything', () =>
    expect(counting([counted(onFileOnly)], { enrolment: 'earlier-lifted' }).outbox).toMatchObject([
      { kind: 'gate', cause: 'wake' },
    ]));
  it('is waited for where the condition holds', () =>
    expect(said(counting([counted(onFileOnly)], { enrolment: 'on-file' }))).toEqual([]));
  it('is waited for as long as its condition may still come to hold', () =>
    expect(said(counting([counted({ when: is('enrolment', 'on-file') })], { enrolment: 'earlier-lifted' }))).toEqual([]));
  it('takes along what comes after it', () =>
    expect(
      said(counting([task({ id: 'first', ...onFileOnly }), counted({ after: ['first'] })], { enrolment: 'earlier-lifted' })),
    ).toEqual(['excluded']));
  it('takes along what comes after the tasks its rows would make', () =>
    expect(
      said(
        counting(
          [
            task({ id: 'first', ...onFileOnly, rows: [{ table: 't', task: 'made', to: 'self' }] }),
            rowTask({ id: 'made' }),
            counted({ after: ['made'] }),
          ],
          { enrolment: 'earlier-lifted' },
        ),
      ),
    ).toEqual(['excluded']));
  it('is left out once what it comes after was missed', () => {
    const played = counting([task({ id: 'first', atEnd: 'close' }), counted({ after: ['first'] })]);
    expect([said(played), said(played.at(endOf('2020-10-25') + 1))]).toEqual([[], ['excluded']]);
  });
  it('is told again by a full flush', () => {
    const { program: plan, snapshot } = counting([counted(onFileOnly)], { enrolment: 'earlier-lifted' });
    const flush = composeFlush(plan, { snapshot, effects: NO_EFFECTS, number: 2, full: true });
    expect(flush.gates).toEqual([{ gate: 'g', settled: false, excluded: true }]);
  });
  it('answers whoever tries it that it never comes up', () => {
    const played = counting([counted(onFileOnly)], { enrolment: 'earlier-lifted' });
    played.complete('counted', { by: 'cadre-1' });
    expect(played.refused).toMatchObject({ code: 'NOT_OPEN_YET', message: expect.stringContaining('never comes up') as string });
  });
});

describe('a full flush', () => {
  it('says of every gate how its task stands, pending ones too', () => {
    const played = counting([counted(), task({ id: 'other', feeds: ['h'] })]);
    played.complete('other');
    const flush = composeFlush(played.program, { snapshot: played.snapshot, effects: NO_EFFECTS, number: 2, full: true });
    expect(flush.gates).toEqual([
      { gate: 'g', settled: false },
      { gate: 'h', settled: true },
    ]);
  });
});

describe('a gate on the scope above', () => {
  const waiting = (
    over: Partial<Gate> = {},
    gates: Record<string, { version: number; done: number; total: number; excluded: number }> = {},
  ) => new Played(program({ tasks: [task({ id: 'visit', gate: gate({ of: 'union', task: 'scheme', ...over }) })] }), { gates });

  it('keeps its task waiting until the one above has settled its own', () => {
    const played = waiting();
    const before = played.status('visit');
    played.count('gate', { version: 1, done: 1, total: 1 });
    expect([before, played.status('visit')]).toEqual(['waiting', 'open']);
  });
  it('is open from the first for whoever begins after that', () =>
    expect(waiting({}, { gate: { version: 4, done: 1, total: 1, excluded: 0 } }).status('visit')).toBe('open'));
  it('is open for whoever begins under a union that has no such task', () =>
    expect(waiting({}, { gate: { version: 1, done: 0, total: 0, excluded: 1 } }).status('visit')).toBe('open'));
  it('tells whoever tries it what it waits for', () => {
    const played = waiting();
    played.complete('visit', { by: 'cadre-1' });
    expect(played.refused?.message).toContain("waits for 'scheme' of the union");
  });
  it('tells whoever tries it of its condition once the gate has opened', () => {
    const played = new Played(
      program({ tasks: [task({ id: 'visit', gate: gate({ of: 'union' }), when: is('class', 'deep') })] }),
    );
    played.count('gate', { version: 1, done: 1, total: 1 });
    played.complete('visit', { by: 'cadre-1' });
    expect(played.refused?.message).toContain('condition does not hold');
  });
});
