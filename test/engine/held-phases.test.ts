/** Tasks that hold their phase open: what waits for them, what does not, and the campaign's own record of its phases. */
import { describe, expect, it } from 'vitest';
import type { Program, ProgramTask } from '../../model/plan.ts';
import { acceptBy, dueOn, endOf, gate, inBeijing, is, program, rowTask, startOf, task } from './program-builder.ts';
import { Played } from './played.ts';

const holds = task({ id: 'check', atEnd: 'hold' });
const later = task({
  id: 'account',
  phase: 'second',
  opensAt: startOf('2020-10-26'),
  due: dueOn('2020-11-30'),
  endsAt: endOf('2020-11-30'),
});
const play = (tasks: readonly ProgramTask[], over: Partial<Program> = {}): Played => new Played(program({ tasks, ...over }));

describe('a task that holds its phase open', () => {
  it('keeps tasks of later phases from coming up until it is done', () => {
    const household = play([holds, later]).at('2020-10-28 10:00');
    expect([household.status('check'), household.status('account')]).toEqual(['open', 'waiting']);
    household.complete('check', { lateReason: true });
    expect(household.status('account')).toBe('open');
    expect(inBeijing(household.task('account').openedAt)).toBe('2020-10-28 10:00');
  });
  it('keeps nothing that its phase would not have kept', () => {
    const household = play([holds, later]).at('2020-10-15 10:00');
    household.complete('check');
    expect(household.status('account')).toBe('waiting');
    expect(household.at('2020-10-26 00:00').status('account')).toBe('open');
  });
  it('is settled when it is accepted, not when it is handed in', () => {
    const reviewed = play([{ ...holds, reviews: [acceptBy('union-head')] }, later]).at('2020-10-28 10:00');
    reviewed.complete('check', { lateReason: true });
    expect(reviewed.status('account')).toBe('waiting');
    reviewed.accept('check');
    expect(reviewed.status('account')).toBe('open');
  });
  it('leaves tasks of its own phase alone, and those before', () => {
    const own = task({ id: 'own', opensAt: startOf('2020-10-15') });
    expect(
      play([{ ...holds, phase: 'second' }, own])
        .at('2020-10-15 00:00')
        .status('own'),
    ).toBe('open');
    expect(play([holds, own]).at('2020-10-15 00:00').status('own')).toBe('open');
  });
  it('holds while it is still to come; what its condition keeps from coming up does not', () => {
    const waiting = play([task({ id: 'first' }), { ...holds, after: ['first'] }, later]).at('2020-10-26 00:00');
    expect(waiting.status('account')).toBe('waiting');
    expect(
      play([{ ...holds, when: is('objection', true) }, later])
        .at('2020-10-26 00:00')
        .status('account'),
    ).toBe('open');
  });
  it('that can no longer come up holds nobody', () => {
    const lost = play([task({ id: 'first', atEnd: 'close' }), { ...holds, after: ['first'] }, later]).at('2020-10-26 00:00');
    expect([lost.status('first'), lost.status('account')]).toEqual(['missed', 'open']);
  });
  it('made by rows holds while there are some to be done', () => {
    const rows = play([rowTask({ id: 'row', atEnd: 'hold' }), later]);
    rows.spawn('row', { holder: 'cadre-1' });
    expect(rows.at('2020-10-26 00:00').status('account')).toBe('waiting');
    rows.complete('row:u-u2.sweep.1');
    expect(rows.status('account')).toBe('open');
  });
  it('lets rows of later phases come up with their forms', () => {
    const household = play([holds, rowTask({ id: 'row', phase: 'second' })]).at('2020-10-28 00:00');
    household.spawn('row', { holder: 'cadre-1' });
    expect(household.status('row:u-u2.sweep.1')).toBe('open');
  });
});

describe('what comes up late because a phase was held open', () => {
  it('keeps its date as long as there is time', () => {
    const household = play([holds, later]).at('2020-11-28 10:00');
    household.complete('check', { lateReason: true });
    expect(household.deadline('account')).toBe('2020-11-30 23:59:59.999');
  });
  it('gets notice after it, and is closed only when that is over', () => {
    const household = play([holds, { ...later, atEnd: 'close' }]).at('2020-12-01 10:00');
    household.complete('check', { lateReason: true });
    expect(household.deadline('account')).toBe('2020-12-04 23:59:59.999');
    expect(household.at('2020-12-04 23:59').status('account')).toBe('open');
    expect(household.at('2020-12-05 00:00').status('account')).toBe('missed');
  });
  it('is refused meanwhile with what it waits for', () => {
    const household = play([holds, later]).at('2020-10-28 10:00');
    expect(household.complete('account', { by: 'cadre-1' })).toBe('NOT_OPEN_YET');
    expect(household.refused!.message).toContain("'check' holds phase 'first' open");
  });
  it('waits for its gate as well', () => {
    const gated = { ...later, gate: gate({ id: 'g', noLaterThan: startOf('2020-11-02') }) };
    const household = play([holds, gated]).at('2020-10-28 10:00');
    household.complete('check', { lateReason: true });
    expect(household.wake).toBe('2020-11-02 00:00');
  });
});

describe('the campaign', () => {
  const campaign = (): Played =>
    new Played(program({ scope: 'campaign', tasks: [holds, later] }), { instance: 'c', union: null });

  it('records a phase as ended, and the next as begun, once nothing holds it', () => {
    const held = campaign().at('2020-10-28 10:00');
    held.complete('check', { lateReason: true });
    held.at('2020-12-01 00:00');
    const turns = held.effects.audit
      .filter(({ kind }) => kind === 'phaseStarted' || kind === 'phaseEnded')
      .map(({ kind, at, detail }) => `${kind} ${String(detail!['phase'])} ${inBeijing(at)}`);
    expect(turns).toEqual([
      'phaseStarted first 2020-10-13 00:00',
      'phaseEnded first 2020-10-28 10:00',
      'phaseStarted second 2020-10-28 10:00',
      'phaseEnded second 2020-12-01 00:00',
      'phaseStarted third 2020-12-01 00:00',
    ]);
  });
  it('closes all the same, with what was held back never begun', () => {
    const held = campaign().at('2021-01-15 00:00');
    held.close();
    expect([held.status('check'), held.status('account'), held.snapshot.status]).toEqual(['missed', 'waiting', 'closed']);
  });
});
