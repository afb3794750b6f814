/** Instances that leave before the end, and come back under the same identity. */
import { describe, expect, it } from 'vitest';
import { MAX_AGAIN } from '../../engine/withdrawal.ts';
import type { Outcome, ProgramTask } from '../../model/plan.ts';
import { Played } from './played.ts';
import { acceptBy, dueOn, is, program, rowTask, startOf, task } from './program-builder.ts';

const LEAVES: Outcome = { when: is('gone', true), set: {}, withdraw: true };
const ask = (...again: readonly string[]): Outcome => ({ when: is('back', true), set: { gone: false }, again });
/** Whoever checks may find that the household is gone; a visit and a report go on meanwhile and after. */
const played = (over: Partial<ProgramTask> = {}, more: readonly ProgramTask[] = []): Played =>
  new Played(
    program({
      tasks: [
        task({ id: 'check', outcomes: [LEAVES], ...over }),
        task({ id: 'visit', feeds: ['gate'], reviews: [acceptBy('union-head')] }),
        task({ id: 'report', after: ['visit'], opensAt: startOf('2020-10-26'), due: dueOn('2020-11-30') }),
        ...more,
      ],
    }),
  );
const gone = (of: Played): Played => {
  of.complete('check', { facts: { gone: true } });
  return of;
};

describe('an instance that leaves', () => {
  it('ends what is open and what is in review as dropped, and keeps who did what', () => {
    const left = played();
    left.complete('visit');
    gone(left);
    expect([left.status('check'), left.status('visit')]).toEqual(['done', 'dropped']);
    expect(left.task('visit')).toMatchObject({ submittedBy: 'cadre-1', reviewer: null });
    expect(left.task('visit')).not.toHaveProperty('held');
  });
  it('gets nothing more, and nobody is reminded', () => {
    const left = gone(played()).at('2020-12-31 00:00');
    expect([left.status('report'), left.rungs, left.wake]).toEqual(['waiting', [], null]);
  });
  it('gets what is for those who have left', () => {
    const left = gone(played({}, [task({ id: 'papers', when: is('gone', true), ofWithdrawn: true })]));
    expect(left.status('papers')).toBe('open');
    expect(left.complete('papers')).toBe('done');
  });
  it('refuses what will not come up, and says why', () => {
    const left = gone(
      played({}, [task({ id: 'papers', opensAt: startOf('2020-10-26'), due: dueOn('2020-11-30'), ofWithdrawn: true })]),
    );
    expect(left.complete('report')).toBe('WITHDRAWN');
    expect(left.refused?.message).toBe('h/1 has left the campaign');
    expect(left.complete('papers')).toBe('NOT_OPEN_YET');
  });
  it('holds no phase open any more', () => {
    const held = task({ id: 'held', atEnd: 'hold', after: ['visit'] });
    const papers = task({
      id: 'papers',
      phase: 'second',
      opensAt: startOf('2020-10-26'),
      due: dueOn('2020-11-30'),
      ofWithdrawn: true,
    });
    expect(
      gone(played({}, [held, papers]))
        .at('2020-10-26 00:00')
        .status('papers'),
    ).toBe('open');
  });
  it('keeps its facts and when it left', () => {
    const { snapshot, now } = gone(played());
    expect([snapshot.facts, snapshot.withdrawnAt]).toEqual([{ gone: true }, now]);
  });
  it('is not waited for by gates, whatever it had settled', () => {
    const left = played();
    left.complete('visit');
    left.accept('visit');
    gone(left);
    expect(left.effects.gates).toEqual([
      { gate: 'gate', settled: true },
      { gate: 'gate', settled: false, excluded: true },
    ]);
  });
  it('says so in the audit, of itself and of each task that ended', () => {
    const left = gone(played());
    expect(left.audited()).toContain('withdrawn');
    expect(left.effects.audit.find(({ kind }) => kind === 'taskDropped')).toMatchObject({
      task: 'visit',
      detail: { why: 'withdrawn' },
      changed: { status: ['open', 'dropped'] },
    });
  });
  it('refuses work on what has ended', () => expect(gone(played()).complete('visit', { by: 'cadre-1' })).toBe('ALREADY_FINAL'));
  it('drops what rows make of it, here and from elsewhere', () => {
    const rows = [{ table: 'measures', task: 'measure', to: 'self' as const }];
    const left = played({ rows }, [rowTask({ id: 'measure' })]);
    left.complete('check', { facts: { gone: true }, rows: [{ table: 'measures', row: 1, due: '2020-10-30', holder: 'h' }] });
    expect(left.status('measure:check.1')).toBe('dropped');
    expect(left.spawn('measure')).toBe('dropped');
    expect(left.messages.filter(({ template }) => template === 'measure')).toEqual([]);
  });
  it('leaves once', () => {
    const left = gone(played({}, [task({ id: 'papers', ofWithdrawn: true, outcomes: [LEAVES] })]));
    const { withdrawnAt } = left.snapshot;
    left.at('2020-10-15 09:00').complete('papers');
    expect(left.snapshot.withdrawnAt).toBe(withdrawnAt);
  });
});

describe('what is asked for again', () => {
  const back = (...again: readonly string[]): Played =>
    played({}, [task({ id: 'papers', when: is('gone', true), ofWithdrawn: true, outcomes: [ask(...again)] })]);
  const returned = (...again: readonly string[]): Played => {
    const of = gone(back(...again)).at('2020-10-15 09:00');
    of.complete('papers', { facts: { back: true } });
    return of;
  };

  it('comes up as a further occurrence in the same instance, which takes part again', () => {
    const of = returned('check', 'visit');
    expect([of.status('check.2'), of.status('visit.2')]).toEqual(['open', 'open']);
    expect(of.snapshot).not.toHaveProperty('withdrawnAt');
    expect(of.audited()).toContain('readmitted');
  });
  it('brings back only what is named', () => expect(returned('check').status('visit.2')).toBe('waiting'));
  it('is what comes after it waits for', () => {
    const of = returned('check', 'visit').at('2020-10-26 00:00');
    expect(of.status('report')).toBe('waiting');
    of.complete('visit.2', { lateReason: true });
    of.accept('visit.2');
    expect(of.status('report')).toBe('open');
  });
  it('lets what comes after go on where it had been dropped and is not named', () =>
    expect(returned('check').at('2020-10-26 00:00').status('report')).toBe('open'));
  it('is counted by gates again', () => {
    const of = returned('visit');
    expect(of.effects.gates.at(-1)).toEqual({ gate: 'gate', settled: false });
    of.complete('visit.2');
    of.accept('visit.2');
    expect(of.effects.gates.at(-1)).toEqual({ gate: 'gate', settled: true });
  });
  it('needs no asking while it is still to be done', () => {
    const of = played({ outcomes: [ask('visit')] });
    of.complete('check', { facts: { back: true } });
    expect([of.status('visit'), of.status('visit.2'), of.snapshot.again]).toEqual(['open', 'waiting', undefined]);
  });
  it('waits for its predecessors’ newest occurrence too', () => {
    const of = played({ outcomes: [] }, [
      task({ id: 'list', after: ['check'] }),
      task({ id: 'look', after: ['list'], outcomes: [ask('list', 'check')] }),
    ]);
    of.complete('check');
    of.complete('list');
    of.complete('look', { facts: { back: true } });
    expect([of.status('check.2'), of.status('list.2')]).toEqual(['open', 'waiting']);
    of.complete('check.2');
    expect(of.status('list.2')).toBe('open');
  });
  it('may be the very task that asks, nine times, each by a person', () => {
    const of = played({ outcomes: [ask('check')] });
    for (let turn = 1; turn <= MAX_AGAIN + 1; turn += 1)
      expect(of.complete(turn === 1 ? 'check' : `check.${turn}`, { facts: { back: true } })).toBe('done');
    expect(of.status(`check.${MAX_AGAIN + 2}`)).toBe('waiting');
    expect(of.audited(`check.${MAX_AGAIN + 1}`)).toContain('againExhausted');
  });
  it('has a deadline of its own, with notice where it comes too late for the usual', () => {
    const of = gone(back('visit')).at('2020-10-28 09:00');
    of.complete('papers', { facts: { back: true }, lateReason: true });
    expect(of.deadline('visit.2')).toBe('2020-11-02 23:59:59.999');
  });
});
