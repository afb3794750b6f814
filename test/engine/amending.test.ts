/** Another program in the place of the one an instance goes by: what is done stays, what is open follows the new rules. */
import { describe, expect, it } from 'vitest';
import { preview } from '../../engine/preview.ts';
import type { Adjustment, TimerPolicy } from '../../model/adjustment.ts';
import type { Command } from '../../model/command.ts';
import type { DueRule, Program, ProgramTask } from '../../model/plan.ts';
import { Played } from './played.ts';
import { acceptBy, dueOn, dueWithin, endOf, inBeijing, nineOn, program, startOf, STANDARD, task } from './program-builder.ts';

const visit = (over: Partial<ProgramTask> = {}): ProgramTask =>
  task({ id: 'visit', ladder: 'standard', due: dueOn('2020-10-20'), ...over });
const report = (over: Partial<ProgramTask> = {}): ProgramTask => task({ id: 'report', after: ['visit'], ...over });
const build = (tasks: readonly ProgramTask[], over: Partial<Program> = {}): Program =>
  program({ tasks, ladders: { standard: STANDARD }, ...over });
const AMEND: Adjustment = {
  kind: 'amend',
  plan: 'p',
  programs: { campaign: 'c', union: 'u', household: 'h' },
  timers: 'recompute',
  initial: { campaign: {}, union: {}, household: {} },
};
const OLD = build([visit(), report()]);
const dropped = ({ effects }: Played) =>
  effects.audit.filter(({ kind }) => kind === 'taskDropped').map(({ task: key, detail }) => [key, detail?.['why']]);

describe('what is done', () => {
  it('stays as it was, whatever the new rules are', () => {
    const played = new Played(OLD).at('2020-10-14 09:00');
    played.complete('visit');
    const before = played.task('visit');
    played.amend(build([visit({ due: dueOn('2020-10-14'), holder: { role: 'union-head' } }), report()]));
    expect(played.task('visit')).toEqual(before);
  });

  it('stays when the new version does not have it, and can still be read', () => {
    const played = new Played(OLD).at('2020-10-14 09:00');
    played.complete('visit');
    played.amend(build([task({ id: 'other' })]));
    expect(played.status('visit')).toBe('done');
    expect(played.program.tasks.find(({ id }) => id === 'visit')).toMatchObject({ retired: true });
  });
});

describe('open work', () => {
  it.each<[TimerPolicy, string]>([
    ['recompute', '2020-10-28 23:59:59.999'],
    ['keep-remaining', '2020-10-20 23:59:59.999'],
    ['restart', '2020-10-28 23:59:59.999'],
  ])('has the deadline of the new rule, as the amendment says: %s', (timers, deadline) => {
    const played = new Played(OLD).at('2020-10-16 09:00');
    played.amend(build([visit({ due: dueOn('2020-10-28') }), report()]), { timers });
    expect(played.deadline('visit')).toBe(deadline);
  });

  it.each<[TimerPolicy, string]>([
    // From the opening, on the 13th, or from now.
    ['recompute', '2020-10-18 23:59:59.999'],
    ['keep-remaining', '2020-10-16 23:59:59.999'],
    ['restart', '2020-10-20 23:59:59.999'],
  ])('is counted from its opening or from now where it is counted from something: %s', (timers, deadline) => {
    const due = (count: number): DueRule => ({
      kind: 'from',
      anchor: { on: 'opened' },
      offset: { unit: 'days', count },
      ...{ otherwise: endOf('2020-10-25'), noticeWorkingDays: 0 },
    });
    const played = new Played(build([visit({ due: due(3) })])).at('2020-10-15 09:00');
    played.amend(build([visit({ due: due(5) })]), { timers });
    expect(played.deadline('visit')).toBe(deadline);
  });

  it('goes by what its own definition says rather than by the amendment', () => {
    const played = new Played(OLD).at('2020-10-16 09:00');
    played.amend(build([visit({ due: dueOn('2020-10-28'), onAmend: 'keep-remaining' }), report()]), { timers: 'recompute' });
    expect(played.deadline('visit')).toBe('2020-10-20 23:59:59.999');
  });

  it('keeps a deadline that a person has set', () => {
    const played = new Played(OLD).at('2020-10-16 09:00');
    const adjustment = { kind: 'extend', of: { task: 'visit' }, deadline: { to: endOf('2020-10-23') } } as const;
    played.send({ kind: 'adjust', adjustment, authority: 'office', reason: 'r1' }, { by: { person: 'office-1', via: 'cli' } });
    played.amend(build([visit({ due: dueOn('2020-10-28') }), report()]));
    expect(played.deadline('visit')).toBe('2020-10-23 23:59:59.999');
  });

  it('is told that its deadline is another, and not when it is the same', () => {
    const told = (due: string): number => {
      const played = new Played(OLD).at('2020-10-16 09:00');
      played.amend(build([visit({ due: dueOn(due) }), report()]));
      return played.messages.filter(({ purpose }) => purpose === 'moved').length;
    };
    expect([told('2020-10-28'), told('2020-10-20')]).toEqual([1, 0]);
  });

  it('passes to whoever the new rule names, who is told', () => {
    const played = new Played(OLD).at('2020-10-16 09:00');
    played.amend(build([visit({ holder: { role: 'union-head' } }), report()]));
    expect(played.task('visit')).toMatchObject({ holder: 'head-1', deadline: endOf('2020-10-20') });
    expect(played.messages.slice(-2)).toMatchObject([
      { purpose: 'assigned', task: 'visit', recipient: 'head-1' },
      { purpose: 'released', task: 'visit', recipient: 'cadre-1' },
    ]);
  });

  it('stays with whoever holds it when the rule is the same, though somebody else fills the post', () => {
    const played = new Played(OLD).at('2020-10-16 09:00');
    const { holder } = played.task('visit');
    played.amend(build([visit({ due: dueOn('2020-10-28') }), report()]));
    expect(played.task('visit').holder).toBe(holder);
  });

  it('ends as dropped when the new version does not have it, its holder is told, and nobody is reminded any more', () => {
    const played = new Played(OLD).at('2020-10-16 09:00');
    const before = played.rungs.length;
    played.amend(build([task({ id: 'other' })]));
    played.at('2020-11-20 09:00');
    expect(dropped(played)).toContainEqual(['visit', 'amended']);
    expect(played.messages.filter(({ purpose }) => purpose === 'dropped')).toMatchObject([{ recipient: 'cadre-1' }]);
    expect(played.rungs).toHaveLength(before);
  });

  it('goes on with the review it is in, wherever that stands now', () => {
    const steps = (...ids: string[]): ProgramTask['reviews'] =>
      ids.map((id) => ({ id, kind: 'accept', by: id === 'office' ? 'office' : 'union-head' }));
    const played = new Played(build([visit({ reviews: steps('head', 'office') })])).at('2020-10-14 09:00');
    played.complete('visit');
    expect(played.accept('visit')).toBe('inReview');
    played.amend(build([visit({ reviews: steps('office') })]));
    expect(played.task('visit')).toMatchObject({ status: 'inReview', step: 0, reviewer: 'office-1' });
    expect(played.accept('visit')).toBe('done');
  });

  it('is done when the review it waits for is gone, and no other comes after', () => {
    const played = new Played(build([visit({ reviews: [{ id: 'head', kind: 'accept', by: 'union-head' }] }), report()]));
    played.at('2020-10-14 09:00').complete('visit');
    played.amend(build([visit(), report()]));
    expect([played.status('visit'), played.status('report')]).toEqual(['done', 'open']);
  });
});

describe('a deadline that an amendment reckons anew', () => {
  const ask = (played: Played, adjustment: Adjustment) =>
    played.send({ kind: 'adjust', adjustment, authority: 'office', reason: 'r1' }, { by: { person: 'office-1', via: 'cli' } });
  const pause = (played: Played): unknown => ask(played, { kind: 'pause', cause: 'self' });
  const resume = (played: Played): unknown => ask(played, { kind: 'resume', cause: 'self' });
  const within = (count: number): Program =>
    build([visit({ due: dueWithin(count), reviews: [acceptBy('union-head')] })], { pauses: { completions: 'accept' } });
  /** Paused from Monday, 19 October, ten o'clock. */
  const paused = (of: Program): Played => {
    const played = new Played(of).at('2020-10-19 10:00');
    pause(played);
    return played.at('2020-10-22 15:00');
  };

  it('is later by the pauses since the opening, as if the new rule had always held', () => {
    const played = paused(within(5));
    resume(played);
    expect(played.deadline('visit')).toBe('2020-10-23 23:59:59.999');
    played.at('2020-10-23 10:00').amend(within(6));
    expect(played.deadline('visit')).toBe('2020-10-26 23:59:59.999');
  });

  it('stays where the rule does, whatever pauses there were, and though dates move by them now', () => {
    const tasks = [visit({ due: dueOn('2020-10-30') }), report({ after: [], due: dueWithin(5) })];
    const played = paused(build(tasks));
    resume(played);
    const before = played.snapshot.tasks;
    played.amend(build(tasks, { pauses: { absolute: 'move' } }));
    expect(played.snapshot.tasks).toEqual(before);
  });

  it('of a task that was opened again is counted from then, where that had a deadline as if it came up', () => {
    const played = new Played(within(5)).at('2020-10-19 10:00');
    ask(played, { kind: 'waive', task: 'visit' });
    played.at('2020-10-26 10:00');
    ask(played, { kind: 'reopen', task: 'visit' });
    expect(played.deadline('visit')).toBe('2020-11-02 23:59:59.999');
    played.at('2020-10-28 10:00').amend(within(6));
    expect(played.deadline('visit')).toBe('2020-11-03 23:59:59.999');
  });

  it('is counted from now, and later by no pause, where it is counted anew', () => {
    const played = paused(within(5));
    resume(played);
    played.at('2020-10-23 10:00').amend(within(6), { timers: 'restart' });
    expect(played.deadline('visit')).toBe('2020-11-02 23:59:59.999');
  });

  it.each<[TimerPolicy, string]>([
    ['recompute', '2020-10-28 23:59:59.999'],
    // Six working days from the 22nd, of which as many are left on the 26th.
    ['restart', '2020-11-03 23:59:59.999'],
  ])('in a pause is later by what that takes from its beginning, or from now: %s', (timers, deadline) => {
    const played = paused(within(5));
    played.complete('visit');
    played.sendBack('visit');
    played.amend(within(6), { timers });
    played.at('2020-10-26 10:00');
    resume(played);
    expect(played.deadline('visit')).toBe(deadline);
  });

  const unknown = (day: string): DueRule => ({
    ...{ kind: 'from', anchor: { on: 'fact', fact: 'day' }, offset: { unit: 'days', count: 1 } },
    ...{ otherwise: endOf(day), noticeWorkingDays: 3 },
  });
  it.each<[string, TimerPolicy, (day: string) => DueRule]>([
    ['a date', 'recompute', dueOn],
    ['a date', 'restart', dueOn],
    ['the date instead of what is not known yet', 'recompute', unknown],
    ['the date instead of what is not known yet', 'restart', unknown],
  ])('in a pause, being %s, is later by all of that where dates move: %s', (_what, timers, due) => {
    const on = (day: string): Program =>
      build([visit({ due: due(day) }), report({ due: due(day) })], { pauses: { absolute: 'move', completions: 'accept' } });
    const played = new Played(on('2020-10-30')).at('2020-10-14 10:00');
    pause(played);
    played.at('2020-10-19 10:00').amend(on('2020-11-10'), { timers });
    played.at('2020-10-21 10:00');
    resume(played);
    expect(played.deadline('visit')).toBe('2020-11-17 23:59:59.999');
    // As what comes up later under the same rule.
    played.complete('visit');
    expect(played.deadline('report')).toBe('2020-11-17 23:59:59.999');
  });

  it.each<TimerPolicy>(['recompute', 'restart'])(
    'in a pause, counted from what was known before that, is later by all of it: %s',
    (timers) => {
      const days = (count: number): DueRule => ({
        ...{ kind: 'from', anchor: { on: 'enrolment' }, offset: { unit: 'days', count } },
        ...{ otherwise: endOf('2020-10-30'), noticeWorkingDays: 3 },
      });
      const played = new Played(build([visit({ due: days(10) })])).at('2020-10-14 10:00');
      pause(played);
      played.at('2020-10-19 10:00').amend(build([visit({ due: days(12) })]), { timers });
      played.at('2020-10-21 10:00');
      resume(played);
      expect(played.deadline('visit')).toBe('2020-11-01 23:59:59.999');
    },
  );

  it('in a pause, where notice is given of a date that is too late, is later by the rest of that: restart', () => {
    const played = new Played(build([visit({ due: dueOn('2020-10-30') })])).at('2020-10-14 10:00');
    pause(played);
    played.at('2020-10-19 10:00').amend(build([visit({ due: dueOn('2020-10-16') })]), { timers: 'restart' });
    expect(played.task('visit')).toMatchObject({ budget: 'workingDays', carriedTo: played.now });
    expect(played.deadline('visit')).toBe('2020-10-22 23:59:59.999');
    played.at('2020-10-21 10:00');
    resume(played);
    expect(played.deadline('visit')).toBe('2020-10-26 23:59:59.999');
  });

  it('is carried over the next pause by what the new rule counts in', () => {
    // Too late for its date it gave notice, in working days.
    const played = new Played(build([visit({ due: dueOn('2020-10-14') })]), { at: '2020-10-17 09:00' }).at('2020-10-19 09:00');
    played.amend(build([visit({ due: dueOn('2020-10-28') })]));
    expect(played.deadline('visit')).toBe('2020-10-28 23:59:59.999');
    pause(played);
    played.at('2020-10-22 15:00');
    resume(played);
    expect(played.deadline('visit')).toBe('2020-10-28 23:59:59.999');
  });
});

describe('reminders', () => {
  it('that another ladder would have sent before are not made up for', () => {
    const played = new Played(OLD).at('2020-10-19 12:00');
    const before = played.rungs.length;
    const rungs = [
      { id: 'week', kind: 'reminder', offset: nineOn(-5), to: 'assignee' },
      { id: 'same-day', kind: 'reminder', offset: nineOn(0), to: 'assignee' },
    ] as const;
    played.amend(build([visit(), report()], { ladders: { standard: { id: 'standard', rungs } } }));
    played.at('2020-10-20 23:00');
    expect(played.rungs.slice(before)).toEqual(['same-day cadre-1 2020-10-20 09:00']);
  });
});

describe('a rung that is said in other words', () => {
  it('is the same rung: it does not speak again', () => {
    const played = new Played(OLD).at('2020-10-19 12:00');
    const before = played.task('visit');
    const rungs = STANDARD.rungs.map((rung) => ({ ...rung, text: 'other' }));
    played.amend(build([visit(), report()], { ladders: { standard: { ...STANDARD, rungs } } }));
    expect(played.task('visit')).toEqual(before);
  });
});

describe('what is new', () => {
  it('comes up at once where what comes before it is done', () => {
    const played = new Played(OLD).at('2020-10-16 09:00');
    played.complete('visit');
    played.amend(build([visit(), report(), task({ id: 'photo', after: ['visit'] })]));
    expect(played.task('photo')).toMatchObject({ status: 'open', openedAt: played.now });
  });

  it('comes up on its day where that is still to come', () => {
    const played = new Played(OLD).at('2020-10-16 09:00');
    const later = task({ id: 'later', phase: 'second', opensAt: startOf('2020-10-26'), due: dueOn('2020-11-06') });
    played.amend(build([visit(), report(), later]));
    expect(played.status('later')).toBe('waiting');
    expect(played.at('2020-10-26 08:00').task('later').openedAt).toBe(startOf('2020-10-26'));
  });

  it('finds its facts with the values they begin with', () => {
    const played = new Played(OLD).at('2020-10-16 09:00');
    played.amend(build([visit(), report()]), { initial: { warm: false } });
    expect(played.snapshot.facts).toMatchObject({ warm: false });
  });

  it('opens its gate by a count that was told before this instance was brought to the plan', () => {
    const gate = { id: 'g', of: 'union', task: 'union-report', share: 1, latched: true } as const;
    const gated = build([visit(), report(), task({ id: 'gated', gate })]);
    const played = new Played(OLD).at('2020-10-16 09:00');
    expect(played.count('g', { version: 1, done: 1, total: 1 })).toBe('taken');
    played.amend(gated);
    expect(played.status('gated')).toBe('open');
  });

  it('is told to a gate that begins to count what is done already', () => {
    const played = new Played(OLD).at('2020-10-16 09:00');
    played.complete('visit');
    played.amend(build([visit({ feeds: ['g'] }), report()]));
    expect(played.effects.gates.at(-1)).toEqual({ gate: 'g', settled: true });
  });
});

describe('a row task', () => {
  it('of a version that this instance has not been brought to is refused, to be asked again', () => {
    expect(new Played(OLD).spawn('unheard-of')).toBe('PLAN_BEHIND');
  });

  it('that nobody needs any more does not come up', () => {
    const row = task({ id: 'row', origin: 'row', due: { kind: 'row' }, holder: { row: 'holder' } });
    const played = new Played(build([visit(), row]));
    played.amend(build([visit()]));
    played.spawn('row');
    expect(played.status('row:u-u2.sweep.1')).toBe('waiting');
  });
});

describe('the same amendment', () => {
  it('asked twice is done once', () => {
    const played = new Played(OLD).at('2020-10-16 09:00');
    const next = build([visit({ due: dueOn('2020-10-28') }), report()]);
    played.amend(next);
    const { snapshot } = played;
    played.amend(next, { revision: 2 });
    expect(played.snapshot).toEqual(snapshot);
  });

  it('is for the whole run', () => {
    const played = new Played(OLD);
    expect(played.send({ kind: 'adjust', adjustment: AMEND, authority: 'office', reason: 'r1' })).toBe('AMEND_FOR_EVERYBODY');
  });

  it('is only looked at by a preview', () => {
    const played = new Played(OLD).at('2020-10-16 09:00');
    const next = build([visit({ due: dueOn('2020-10-28') }), report()]);
    const command: Command = {
      kind: 'adjust',
      adjustment: AMEND,
      ...{ authority: 'office', reason: 'r1', revision: 2, id: 'x', digest: 'x', by: { person: 'office-1', via: 'cli' } },
    };
    const seen = preview(played.program, played.snapshot, { command, now: played.now, next });
    expect(seen).toMatchObject({ differences: [{ task: 'visit', after: { deadline: endOf('2020-10-28') } }] });
    expect(inBeijing(played.task('visit').deadline)).toBe('2020-10-20 23:59:59.999');
  });
});
