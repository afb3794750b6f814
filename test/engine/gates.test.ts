import { describe, expect, it } from 'vitest';
import type { Gate, ProgramTask } from '../../model/plan.ts';
import { beijing, dueOn, endOf, gate, program, startOf, task } from './program-builder.ts';
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
  it('that no task has is taken without harm', () => {
    const played = campaign();
    expect([played.count('elsewhere', { version: 1, done: 1, total: 1 }), played.snapshot.gates]).toEqual(['taken', {}]);
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
    const played = union({ reviews: [{ id: 'accept', by: 'union-head', kind: 'accept' }] });
    played.complete('scheme');
    expect(gates(played)).toEqual([]);
  });
});
