/** A household that goes over to another union while the run goes on. */
import { describe, expect, it } from 'vitest';
import { preview, refusesUnexpected } from '../../engine/preview.ts';
import type { Arrival } from '../../model/arrival.ts';
import type { Command } from '../../model/command.ts';
import type { Program, ProgramTask } from '../../model/plan.ts';
import { type Circumstances, Played } from './played.ts';
import { acceptBy, gate, is, program, rowTask, task } from './program-builder.ts';

const HEAD: Pick<ProgramTask, 'holder'> = { holder: { role: 'union-head' } };
const build = (more: readonly ProgramTask[] = []): Program =>
  program({
    tasks: [
      task({ id: 'visit', feeds: ['counted'], rows: [{ table: 'measures', task: 'measure', to: 'self' }] }),
      task({ id: 'list', ...HEAD, reviews: [acceptBy('union-head')] }),
      task({ id: 'office-work', holder: { role: 'office' } }),
      rowTask({ id: 'measure' }),
      ...more,
    ],
  });
const played = (more: readonly ProgramTask[] = [], circumstances: Circumstances = {}): Played =>
  new Played(build(more), circumstances);

/** The other union has an officer and a head, and nobody for this household yet. */
const ARRIVAL: Arrival = {
  posts: { 'union-officer': 'officer-2', 'union-head': 'head-2', office: 'office-1' },
  left: ['cadre-1', 'head-1', 'officer-1'],
  facts: {},
  gates: {},
  paused: false,
};
const move = (of: Played, over: Partial<Arrival> = {}, { to = 'u2', authority = 'office' } = {}) =>
  of.send(
    { kind: 'adjust', adjustment: { kind: 'move', to }, authority, reason: 'r1', arrival: { ...ARRIVAL, ...over } },
    { by: { person: 'office-1', via: 'cli' } },
  );
const moved = (of: Played, over: Partial<Arrival> = {}): Played => {
  expect(move(of, over)).toBe('taken');
  return of;
};
const toldOf = (of: Played, key: string, from: number) =>
  of.messages
    .slice(from)
    .filter(({ task: about }) => about === key)
    .map(({ recipient, purpose }) => `${purpose} to ${recipient}`);

describe('a household that moves', () => {
  it('is of the other union, and has its posts', () => {
    const { snapshot } = moved(played());
    expect([snapshot.union, snapshot.roles]).toEqual(['u2', ARRIVAL.posts]);
  });

  it('has open work go to whoever has the post there, under the same deadline', () => {
    const of = played();
    const before = of.task('visit');
    expect(moved(of).task('visit')).toMatchObject({
      holder: 'officer-2',
      deadline: before.deadline,
      deadlineRev: before.deadlineRev,
    });
    expect([of.task('list').holder, of.task('office-work').holder]).toEqual(['head-2', 'office-1']);
  });

  it('has both told, those who have it now and those who need not do it', () => {
    const of = played();
    const from = of.messages.length;
    moved(of);
    expect(toldOf(of, 'visit', from)).toEqual(['assigned to officer-2', 'released to cadre-1']);
    expect(toldOf(of, 'office-work', from)).toEqual([]);
  });

  it('keeps what is done, and who did it', () => {
    const of = played();
    of.complete('visit');
    expect(moved(of).task('visit')).toMatchObject({ status: 'done', holder: 'cadre-1', submittedBy: 'cadre-1' });
  });

  it('has assigned items go there too, and their reviews', () => {
    const of = played();
    const item = { kind: 'assign', due: of.task('visit').deadline, words: 'w1', review: 'union-head' } as const;
    for (const _one of [1, 2])
      of.send(
        { kind: 'adjust', adjustment: item, authority: 'office', reason: 'w1' },
        { by: { person: 'office-1', via: 'cli' } },
      );
    of.complete('assigned:2');
    moved(of);
    expect(of.task('assigned:1').holder).toBe('officer-2');
    expect(of.task('assigned:2')).toMatchObject({ status: 'inReview', reviewer: 'head-2' });
  });

  it('has what is in review go to the reviewer there', () => {
    const of = played();
    of.complete('list');
    const from = of.messages.length;
    expect(moved(of).task('list')).toMatchObject({
      status: 'inReview',
      holder: 'head-2',
      reviewer: 'office-1',
      submittedBy: 'head-1',
    });
    expect(toldOf(of, 'list', from)).toEqual([]);
    const other = played();
    other.complete('list', { by: 'head-1' });
    moved(other, { left: [...ARRIVAL.left, 'office-1'], posts: { ...ARRIVAL.posts, office: 'office-2' } });
    expect(other.task('list')).toMatchObject({ reviewer: 'office-2' });
  });

  it('has work that a row gave to somebody go to whoever has the post of the task that made the row', () => {
    const of = played();
    of.complete('visit', { rows: [{ table: 'measures', row: 1, due: '2020-11-10', holder: 'cadre-1' }] });
    expect(moved(of).task('measure:visit.1')).toMatchObject({ holder: 'officer-2' });
  });

  it('is not delegated any more where either of the two has left', () => {
    const of = played();
    of.send(
      { kind: 'adjust', adjustment: { kind: 'delegate', task: 'office-work', to: 'cadre-1' }, authority: 'office', reason: 'r' },
      { by: { person: 'office-1', via: 'cli' } },
    );
    expect(of.task('office-work')).toMatchObject({ holder: 'cadre-1', owner: 'office-1' });
    const { holder, owner } = moved(of).task('office-work');
    expect([holder, owner]).toEqual(['office-1', undefined]);
  });

  it('has what comes up later held there, and what its forms spawn for its union go there', () => {
    const of = moved(played([task({ id: 'aid', after: ['visit'] })]));
    of.complete('visit');
    expect(of.task('aid').holder).toBe('officer-2');
  });

  it('takes what the register says of the other union', () => {
    const of = played([task({ id: 'street', when: is('unionKind', 'street') })], { facts: { unionKind: 'enterprise' } });
    expect(of.status('street')).toBe('waiting');
    expect(moved(of, { facts: { unionKind: 'street' } }).status('street')).toBe('open');
  });

  it('stands in the audit with from where to where, and who did it', () => {
    const { audit } = moved(played()).effects;
    expect(audit.find(({ kind }) => kind === 'moved')).toMatchObject({ actor: 'office-1', detail: { from: 'u1', to: 'u2' } });
    expect(audit.find(({ kind, task: key }) => kind === 'holderChanged' && key === 'visit')).toMatchObject({
      detail: { from: 'cadre-1', to: 'officer-2', why: 'moved' },
    });
  });
});

describe('gates on the union', () => {
  const level = (done: number, version = 1) => ({ version, done, total: 1, excluded: 0 });
  const waiting = (latched: boolean, gates: Circumstances['gates'] = {}) =>
    played([task({ id: 'aid', gate: gate({ id: 'told', latched }) })], { gates });

  it('are those of the other union from then on', () => {
    expect(moved(waiting(true), { gates: { told: level(1) } }).status('aid')).toBe('open');
    expect(moved(waiting(true), { gates: { told: level(0) } }).status('aid')).toBe('waiting');
  });

  it('that were latched stay passed, and others close again', () => {
    const passed = { told: level(1, 5) };
    const of = (latched: boolean) => moved(waiting(latched, passed), { gates: { told: level(0, 7) } }).snapshot.gates['told']!;
    expect(of(true)).toMatchObject({ done: 0, version: 7 });
    expect(of(true).openedAt).not.toBeNull();
    expect(of(false).openedAt).toBeNull();
  });

  it('hear no more of the union that it left, however late that comes', () => {
    const of = moved(waiting(true), { gates: { told: level(0) } });
    of.send({ kind: 'gate', gate: 'told', union: 'u1', ...level(1, 9) });
    expect(of.status('aid')).toBe('waiting');
    of.send({ kind: 'gate', gate: 'told', union: 'u2', ...level(1, 2) });
    expect(of.status('aid')).toBe('open');
  });
});

describe('a pause', () => {
  const pause = (of: Played, cause: 'union' | 'self' | 'run') =>
    of.send(
      { kind: 'adjust', adjustment: { kind: 'pause', cause }, authority: 'office', reason: 'r' },
      { by: { person: 'office-1', via: 'cli' } },
    );

  it('of the union that it leaves is over for it', () => {
    const of = played();
    pause(of, 'union');
    expect(moved(of.at('2020-10-15 10:00')).snapshot).toMatchObject({ pauses: [{}] });
    expect(of.snapshot.paused).toBeUndefined();
  });

  it('of the union that it comes to begins for it', () => {
    expect(moved(played(), { paused: true }).snapshot.paused).toMatchObject({ causes: ['union'] });
  });

  it('of its own, or of the run, goes on', () => {
    const of = played();
    pause(of, 'run');
    expect(moved(of).snapshot.paused).toMatchObject({ causes: ['run'] });
  });
});

describe('an adjustment of a union, given while a household moves', () => {
  const pause = { kind: 'pause', cause: 'union' } as const;
  const revise = (of: Played, union: string, more: { revision?: number; expect?: string } = {}) =>
    of.send(
      { kind: 'adjust', adjustment: pause, authority: 'office', reason: 'r', revision: 2, union, ...more },
      { by: { person: 'office-1', via: 'cli' } },
    );

  it('is for those who are of it: whoever has gone keeps to the run’s numbers and to nothing else of it', () => {
    const of = moved(played());
    expect(revise(of, 'u1')).toBe('taken');
    expect(of.snapshot).toMatchObject({ revision: 2 });
    expect(of.snapshot.paused).toBeUndefined();
    expect(of.effects.audit.at(-1)).toMatchObject({ kind: 'adjustmentLeft', detail: { code: 'MOVED_AWAY' } });
    expect(of.answer).toMatchObject({ adjusted: 0 });
    revise(of, 'u2', { revision: 3 });
    expect(of.snapshot).toMatchObject({ revision: 3, paused: { causes: ['union'] } });
  });

  it('is left by whoever has gone, whatever was agreed to before', () => {
    const of = moved(played());
    const command: Command = {
      ...{ kind: 'adjust', adjustment: pause, authority: 'office', reason: 'r', revision: 2, union: 'u1', expect: 'as it was' },
      ...{ id: 'p', digest: 'p', by: { person: 'office-1', via: 'cli' } },
    };
    const unexpected = () => refusesUnexpected(of.program, of.snapshot, { command, now: of.now });
    expect(unexpected()).toBeUndefined();
    move(of, { left: [] }, { to: 'u1' });
    expect(unexpected()?.code).toBe('STATE_MOVED');
  });

  it('is taken by whoever is back by then', () => {
    const of = moved(played());
    move(of, { left: [] }, { to: 'u1' });
    revise(of, 'u1');
    expect(of.snapshot).toMatchObject({ paused: { causes: ['union'] } });
  });
});

describe('nobody moves', () => {
  it('to where they are already', () => expect(move(played(), {}, { to: 'u1' })).toBe('THERE_ALREADY'));
  it('who has left', () => {
    const of = played();
    of.send(
      { kind: 'adjust', adjustment: { kind: 'withdraw', cause: 'self' }, authority: 'office', reason: 'r' },
      { by: { person: 'office-1', via: 'cli' } },
    );
    expect(move(of)).toBe('WITHDRAWN');
  });
  it('who is no household', () => {
    expect(move(new Played({ ...build(), scope: 'union' }, { instance: 'u/u1' }))).toBe('NOT_A_HOUSEHOLD');
  });
  it('without the right to', () => expect(move(played(), {}, { authority: 'union-head' })).toBe('NO_AUTHORITY'));
  it('without what is found there', () => {
    const body = { kind: 'adjust', adjustment: { kind: 'move', to: 'u2' }, authority: 'office', reason: 'r1' } as const;
    expect(played().send(body, { by: { person: 'office-1', via: 'cli' } })).toBe('MALFORMED_COMMAND');
  });
});

it('a preview tells whose the work and the posts would be', () => {
  const { program: rules, snapshot, now } = played();
  const command: Command = {
    ...{ kind: 'adjust', adjustment: { kind: 'move', to: 'u2' }, authority: 'office', reason: 'r1', arrival: ARRIVAL },
    ...{ id: 'p', digest: 'p', by: { person: 'office-1', via: 'cli' } },
  };
  const seen = preview(rules, snapshot, { command, now });
  expect(seen).toMatchObject({
    differences: [
      { task: 'list', before: { holder: 'head-1' }, after: { holder: 'head-2' } },
      { task: 'visit', before: { holder: 'cadre-1' }, after: { holder: 'officer-2' } },
    ],
    posts: [{ role: 'cadre', before: 'cadre-1', after: null }, {}, {}],
  });
});
