/** Households and unions that people take out of a run, and let come back. */
import { describe, expect, it } from 'vitest';
import { enrol } from '../../engine/enrol.ts';
import { preview } from '../../engine/preview.ts';
import type { Adjustment, LeavingCause } from '../../model/adjustment.ts';
import type { Command } from '../../model/command.ts';
import type { Program, ProgramTask } from '../../model/plan.ts';
import { type Circumstances, Played } from './played.ts';
import { acceptBy, beijing, dueOn, PEOPLE, program, rowTask, startOf, task } from './program-builder.ts';

const build = (more: readonly ProgramTask[] = [], over: Partial<Program> = {}): Program => ({
  ...program({
    tasks: [
      task({ id: 'visit', feeds: ['gate'], reviews: [acceptBy('union-head')], ladder: 'standard' }),
      task({ id: 'report', after: ['visit'], opensAt: startOf('2020-10-26'), due: dueOn('2020-11-30') }),
      ...more,
    ],
  }),
  ...over,
});
const played = (more: readonly ProgramTask[] = [], circumstances: Circumstances = {}): Played =>
  new Played(build(more), circumstances);

const adjust = (of: Played, adjustment: Adjustment, more: { authority?: string; revision?: number } = {}) =>
  of.send({ kind: 'adjust', adjustment, authority: 'office', reason: 'r1', ...more }, { by: { person: 'office-1', via: 'cli' } });
const withdraw = (of: Played, cause: LeavingCause = 'self', more: object = {}) => adjust(of, { kind: 'withdraw', cause }, more);
const readmit = (of: Played, cause: LeavingCause = 'self', more: object = {}) => adjust(of, { kind: 'readmit', cause }, more);
const left = (of: Played = played()): Played => {
  withdraw(of);
  return of;
};

describe('whoever is withdrawn', () => {
  it('has what is unfinished dropped, and gets nothing more', () => {
    const of = left().at('2020-12-31 00:00');
    expect([of.status('visit'), of.status('report'), of.rungs, of.wake]).toEqual(['dropped', 'waiting', [], null]);
  });
  it('keeps what is done', () => {
    const of = played([task({ id: 'check' })]);
    of.complete('check');
    expect(left(of).status('check')).toBe('done');
  });
  it('is waited for by no gate', () => {
    expect(left().effects.gates.at(-1)).toEqual({ gate: 'gate', settled: false, excluded: true });
  });
  it('has its holder told that it need not be done, and in review its reviewer', () => {
    const told = (of: Played) => of.messages.filter(({ purpose }) => purpose === 'dropped').map(({ recipient }) => recipient);
    expect(told(left())).toEqual(['cadre-1']);
    const inReview = played();
    inReview.complete('visit');
    expect(told(left(inReview))).toEqual(['head-1']);
  });
  it('stands in the audit with who did it and why', () => {
    const { audit } = left().effects;
    expect(audit.find(({ kind }) => kind === 'adjusted')).toMatchObject({
      actor: 'office-1',
      detail: { adjustment: 'withdraw', cause: 'self', authority: 'office', reason: 'r1' },
    });
    expect(audit.map(({ kind }) => kind)).toContain('withdrawn');
  });
  it('may stand still at the same time, and leaves all the same', () => {
    const of = played();
    adjust(of, { kind: 'pause', cause: 'self' });
    expect(left(of).status('visit')).toBe('dropped');
  });
});

describe('whoever is readmitted', () => {
  it('has what was dropped come up once more, and what comes after it waits for that', () => {
    const of = left().at('2020-10-20 09:00');
    expect(readmit(of)).toBe('taken');
    of.at('2020-11-02 00:00');
    expect([of.status('visit'), of.status('visit.2'), of.status('report')]).toEqual(['dropped', 'open', 'waiting']);
    of.complete('visit.2', { lateReason: true });
    of.send(
      { kind: 'accept', task: 'visit.2', submission: of.task('visit.2').submission! },
      { by: { person: 'head-1', via: 'api' } },
    );
    expect(of.status('report')).toBe('open');
  });
  it('is waited for again', () => {
    const of = left();
    readmit(of);
    expect(of.effects.gates.at(-1)).toEqual({ gate: 'gate', settled: false });
  });
  it('has what is done done', () => {
    const of = played([task({ id: 'check' })]);
    of.complete('check');
    readmit(left(of));
    expect(of.status('check.2')).toBe('waiting');
  });
  it('has what repeats come up by itself, and what a row made not at all', () => {
    const repeats = { kind: 'inTurn', times: 3 } as const;
    const of = played([task({ id: 'again', repeats }), rowTask({ id: 'measure' })]);
    const source = { instance: 'h/2', task: 't', submission: 's', row: 1 };
    of.send({ kind: 'spawn', template: 'measure', key: 'measure:h-2.t.1', source, due: '2020-10-20', holder: 'cadre-1' });
    readmit(left(of));
    expect([of.status('again'), of.status('again.2'), of.status('measure:h-2.t.1')]).toEqual(['dropped', 'open', 'dropped']);
  });
});

describe('with its union', () => {
  const union = (of: Played, kind: 'withdraw' | 'readmit', revision: number) =>
    adjust(of, { kind, cause: 'union' }, { revision });

  it('a household leaves and comes back', () => {
    const of = played();
    union(of, 'withdraw', 2);
    expect(of.snapshot).toMatchObject({ withdrawnWith: 'union' });
    union(of, 'readmit', 3);
    expect(of.snapshot).not.toHaveProperty('withdrawnAt');
    expect(of.snapshot).not.toHaveProperty('withdrawnWith');
  });
  it('a household that had left by itself stays away, and the revision says so', () => {
    const of = left();
    union(of, 'withdraw', 2);
    union(of, 'readmit', 3);
    expect(of.snapshot.withdrawnAt).toBeDefined();
    const codes = of.effects.audit.flatMap(({ kind, detail }) => (kind === 'adjustmentLeft' ? [detail!['code']] : []));
    expect(codes).toEqual(['ALREADY_WITHDRAWN', 'NOT_WITHDRAWN']);
  });
  it('a household that left with it may come back alone', () => {
    const of = played();
    union(of, 'withdraw', 2);
    expect(readmit(of)).toBe('taken');
  });
  it('a household that joins later has left from the first', () => {
    const step = enrol(build(), {
      ...{ run: 'run', instance: 'h/9', union: 'u1', revision: 2, roles: PEOPLE, facts: {}, at: beijing('2020-10-20 09:00') },
      adjustments: [{ revision: 2, adjustment: { kind: 'withdraw', cause: 'union' } }],
    });
    expect(step.snapshot).toMatchObject({ withdrawnWith: 'union', tasks: {} });
    expect(step.effects.gates).toEqual([{ gate: 'gate', settled: false, excluded: true }]);
  });
});

describe('it is refused', () => {
  it('to withdraw whoever has left, and to readmit whoever takes part', () => {
    expect(withdraw(left())).toBe('ALREADY_WITHDRAWN');
    expect(readmit(played())).toBe('NOT_WITHDRAWN');
  });
  it('to withdraw the campaign', () => {
    const campaign = new Played(build([], { scope: 'campaign' }), { instance: 'c', union: null });
    expect(withdraw(campaign)).toBe('NOT_FOR_CAMPAIGN');
  });
  it('to whom the definition does not give the right', () =>
    expect(withdraw(played(), 'self', { authority: 'union-head' })).toBe('NO_AUTHORITY'));
  it('never of a revision for what it finds', () => expect(withdraw(left(), 'union', { revision: 2 })).toBe('taken'));
});

it('a preview names what ends, and changes nothing', () => {
  const { program, snapshot, now } = played();
  const adjustment = { kind: 'withdraw', cause: 'self' } as const;
  const command: Command = {
    ...{ kind: 'adjust', adjustment, authority: 'office', reason: 'r', id: 'p', digest: '' },
    by: { person: 'office-1', via: 'cli' },
  };
  expect(preview(program, snapshot, { command, now })).toMatchObject({
    differences: [{ task: 'visit', before: { status: 'open' }, after: { status: 'dropped' } }],
  });
});
