/** Pauses: clocks stand still, and go on with what was left. */
import { describe, expect, it } from 'vitest';
import { digestOfDifferences, preview, refusesUnexpected, type Seen } from '../../engine/preview.ts';
import { advanceTo } from '../../engine/advance.ts';
import { enrol } from '../../engine/enrol.ts';
import type { Adjustment, NewDeadline } from '../../model/adjustment.ts';
import type { Command } from '../../model/command.ts';
import type { Pause, PauseRules } from '../../model/pause.ts';
import type { DueRule, ProgramTask } from '../../model/plan.ts';
import { enrolled, Played } from './played.ts';
import { acceptBy, beijing, dueOn, dueWithin, endOf, inBeijing, PEOPLE, rowTask, startOf, task } from './program-builder.ts';
import { build, visit, from, adjust, pause, resume, pausedAWhile } from './paused.ts';

describe('an instance that is paused', () => {
  it('waits for nothing, and nothing happens in it while time goes on', () => {
    const played = new Played(build([visit(), task({ id: 'later', opensAt: startOf('2020-10-20') })])).at('2020-10-19 10:00');
    pause(played);
    const before = played.effects;
    expect(played.wake).toBeNull();
    played.at('2020-11-30 10:00');
    expect(played.effects).toEqual(before);
    expect(played.status('later')).toBe('waiting');
    expect(played.snapshot).toMatchObject({
      paused: { since: beijing('2020-10-19 10:00'), causes: ['self'] },
      advancedTo: beijing('2020-11-30 10:00'),
    });
  });

  it('takes no work, and refuses with nothing changed', () => {
    const played = pausedAWhile(build([visit({ reviews: [acceptBy('union-head')] })]));
    const before = played.snapshot;
    expect([played.complete('visit'), played.accept('visit'), played.sendBack('visit')]).toEqual(['PAUSED', 'PAUSED', 'PAUSED']);
    expect(played.snapshot).toBe(before);
  });

  it('takes what comes from elsewhere, so that nothing is lost', () => {
    const played = pausedAWhile(
      build([
        task({ id: 'gated', gate: { id: 'g', of: 'union', task: 'x', share: 1, latched: true } }),
        rowTask({ id: 'rectification', holder: { role: 'cadre' } }),
      ]),
    );
    expect(played.count('g', { version: 1, done: 1, total: 1 })).toBe('taken');
    expect(played.spawn('rectification')).toBe('open');
    expect(played.status('gated')).toBe('waiting');
    resume(played);
    expect(played.status('gated')).toBe('open');
  });

  it('ends with its run like any other', () => {
    const played = pausedAWhile(build([visit()]));
    played.close();
    expect([played.status('visit'), played.snapshot.status]).toEqual(['missed', 'closed']);
  });
});

describe('when it goes on', () => {
  it('answers how many clocks go on, as it answered how many stood still', () => {
    const played = new Played(build([visit(), visit({ id: 'call' }), visit({ id: 'done' })])).at('2020-10-19 10:00');
    played.complete('done');
    pause(played);
    expect(played.answer).toMatchObject({ adjusted: 2 });
    resume(played);
    expect(played.answer).toMatchObject({ adjusted: 2 });
  });

  it.each([
    ['hours', from('opened', { unit: 'hours', count: 8 * 24 }), '2020-10-24 05:00'],
    ['days', from('opened', { unit: 'days', count: 8 }), '2020-10-24 23:59:59.999'],
    ['weeks', from('enrolment', { unit: 'weeks', count: 1 }), '2020-10-23 23:59:59.999'],
    ['working days', dueWithin(5), '2020-10-23 23:59:59.999'],
    // Of 45 hours from Tuesday, eight o'clock on, 44 had passed by Monday, ten.
    ['working hours', from('opened', { unit: 'workingHours', count: 45 }), '2020-10-22 18:00'],
  ])('%s are left as they were', (_what, due, expected) => {
    const played = pausedAWhile(build([visit({ due })]));
    resume(played);
    expect(played.deadline('visit')).toBe(expected);
  });

  it.each([
    ['a date', dueOn('2020-10-25'), '2020-10-25 23:59:59.999'],
    [
      'what is counted from something that is not known yet',
      { ...from('opened', { unit: 'days', count: 1 }), anchor: { on: 'fact', fact: 'day' } } as DueRule,
      '2020-10-25 23:59:59.999',
    ],
  ])('%s stays, unless the definition says otherwise', (_what, due, expected) => {
    const played = pausedAWhile(build([visit({ due })]));
    resume(played);
    expect(played.deadline('visit')).toBe(expected);
    const moved = pausedAWhile(build([visit({ due })], { pauses: { absolute: 'move' } }));
    resume(moved);
    expect(moved.deadline('visit')).toBe('2020-10-28 23:59:59.999');
  });

  it.each([
    ['had come up', startOf('2020-10-15')],
    ['came up later', startOf('2020-10-23')],
  ])('what is counted from a date beyond the pause is as it was, whether it %s', (_when, opensAt) => {
    const due: DueRule = { ...from('opened', { unit: 'days', count: 1 }), anchor: { on: 'fact', fact: 'day' } } as DueRule;
    const played = new Played(build([task({ id: 'agree' }), visit({ due, opensAt })])).at('2020-10-16 10:00');
    played.complete('agree', { facts: { day: '2020-10-26' } });
    played.at('2020-10-19 10:00');
    pause(played);
    played.at('2020-10-22 15:00');
    resume(played);
    expect(played.at('2020-10-23 00:00').deadline('visit')).toBe('2020-10-27 23:59:59.999');
  });

  describe('of what has its rule from a date beyond the pause', () => {
    const agreed = (offset: number, { day, ...more }: { day: string; pauses?: PauseRules; returns?: ProgramTask['returns'] }) => {
      const due = { ...from('opened', { unit: 'days', count: offset }), anchor: { on: 'fact', fact: 'day' } } as DueRule;
      const { returns = {}, pauses } = more;
      const tasks = [
        task({ id: 'agree' }),
        visit({ due, returns, opensAt: startOf('2020-10-17'), reviews: [acceptBy('union-head')] }),
      ];
      const played = new Played(build(tasks, pauses && { pauses })).at('2020-10-16 10:00');
      played.complete('agree', { facts: { day } });
      return played.at('2020-10-19 10:00');
    };
    const paused = (played: Played): Played => {
      pause(played);
      played.at('2020-10-22 15:00');
      resume(played);
      return played;
    };

    it('a day before it stays, since nothing was counted while clocks stood still', () =>
      expect(paused(agreed(-1, { day: '2020-10-28' })).deadline('visit')).toBe('2020-10-27 23:59:59.999'));

    it('notice, which is counted from the opening, is as long as it was', () => {
      const played = agreed(-20, { day: '2020-11-05' });
      expect(played.deadline('visit')).toBe('2020-10-21 23:59:59.999');
      expect(paused(played).deadline('visit')).toBe('2020-10-26 23:59:59.999');
    });

    it('the time to hand it in again is as long as it was', () => {
      const played = agreed(1, { day: '2020-10-26', returns: { within: { unit: 'days', count: 10 } } });
      played.complete('visit');
      played.sendBack('visit');
      expect(played.deadline('visit')).toBe('2020-10-29 23:59:59.999');
      expect(paused(played).deadline('visit')).toBe('2020-11-01 23:59:59.999');
    });

    it('a date that a person has set moves where dates move', () => {
      const played = agreed(1, { day: '2020-10-26', pauses: { absolute: 'move' } });
      adjust(played, { kind: 'extend', of: { task: 'visit' }, deadline: { to: endOf('2020-11-03') } });
      expect(paused(played).deadline('visit')).toBe('2020-11-06 23:59:59.999');
    });
  });

  it('a date that a person set stays, and what a person prolonged is counted as before', () => {
    const played = new Played(build([visit({ due: dueWithin(6) }), visit({ id: 'report', due: dueWithin(6) })]));
    adjust(played, { kind: 'extend', of: { task: 'visit' }, deadline: { to: endOf('2020-10-26') } });
    adjust(played, { kind: 'extend', of: { task: 'report' }, deadline: { by: { unit: 'workingDays', count: 1 } } });
    played.at('2020-10-19 10:00');
    pause(played);
    played.at('2020-10-22 15:00');
    resume(played);
    expect([played.deadline('visit'), played.deadline('report')]).toEqual(['2020-10-26 23:59:59.999', '2020-10-27 23:59:59.999']);
  });

  it('notice is counted in working days, where the rule is a date', () => {
    const played = new Played(build([visit({ due: dueOn('2020-10-14') })]), { at: '2020-10-17 09:00' }).at('2020-10-19 10:00');
    expect(played.deadline('visit')).toBe('2020-10-21 23:59:59.999');
    pause(played);
    played.at('2020-10-22 15:00');
    resume(played);
    expect(played.deadline('visit')).toBe('2020-10-26 23:59:59.999');
  });

  it('the time to hand it in again is counted as it was given', () => {
    const played = new Played(
      build([
        visit({
          due: dueOn('2020-10-16'),
          reviews: [acceptBy('union-head')],
          returns: { within: { unit: 'workingDays', count: 2 } },
        }),
      ]),
    ).at('2020-10-16 10:00');
    played.complete('visit');
    played.at('2020-10-19 09:00');
    played.sendBack('visit');
    expect(played.deadline('visit')).toBe('2020-10-21 23:59:59.999');
    played.at('2020-10-19 10:00');
    pause(played);
    played.at('2020-10-22 15:00');
    resume(played);
    expect(played.deadline('visit')).toBe('2020-10-26 23:59:59.999');
  });

  it('a review has what was left of its own time, and its ladder goes on from there', () => {
    const played = new Played(
      build([
        visit({
          reviews: [{ ...acceptBy('union-head'), within: { unit: 'workingDays', count: 2 }, ladder: 'standard' }],
        }),
      ]),
    ).at('2020-10-19 09:30');
    played.complete('visit');
    played.at('2020-10-19 10:00');
    pause(played);
    played.at('2020-10-22 15:00');
    resume(played);
    expect(inBeijing(played.task('visit').review!.deadline)).toBe('2020-10-26 23:59:59.999');
    const before = played.rungs.length;
    played.at('2020-10-27 09:00');
    expect(played.rungs.slice(before)).toEqual([
      'before-1 head-1 2020-10-23 09:00',
      'on-day head-1 2020-10-26 09:00',
      'overdue head-1 2020-10-27 00:00',
    ]);
    expect(played.audited('visit')).toContain('reviewMoved');
  });

  it('what was overdue before stays so', () => {
    const played = new Played(build([visit({ due: dueWithin(2) })])).at('2020-10-19 10:00');
    pause(played);
    played.at('2020-10-22 15:00');
    resume(played);
    expect(played.deadline('visit')).toBe('2020-10-15 23:59:59.999');
  });

  it('what should have come up does, with the time that its rule gives from then', () => {
    const played = pausedAWhile(
      build([
        task({ id: 'dated', opensAt: startOf('2020-10-20'), due: dueOn('2020-10-21') }),
        task({ id: 'counted', opensAt: startOf('2020-10-20'), due: dueWithin(2) }),
      ]),
    );
    resume(played);
    expect([played.deadline('dated'), played.deadline('counted')]).toEqual([
      '2020-10-27 23:59:59.999',
      '2020-10-26 23:59:59.999',
    ]);
  });

  it('what comes up later is due as if there had been no pause since what it is counted from', () => {
    const late = (due: DueRule): ProgramTask => visit({ phase: 'second', opensAt: startOf('2020-10-26'), due });
    const dueOf = (due: DueRule, pauses?: PauseRules): string => {
      const played = pausedAWhile(build([late(due)], pauses && { pauses }));
      resume(played);
      return played.at('2020-10-26 00:00').deadline('visit');
    };
    expect(dueOf(from('enrolment', { unit: 'days', count: 20 }))).toBe('2020-11-05 23:59:59.999');
    expect(dueOf(from('opened', { unit: 'days', count: 7 }))).toBe('2020-11-02 23:59:59.999');
    expect(dueOf(dueOn('2020-11-02'))).toBe('2020-11-02 23:59:59.999');
    expect(dueOf(dueOn('2020-11-02'), { absolute: 'move' })).toBe('2020-11-05 23:59:59.999');
  });

  it('work that its phase ended meanwhile is missed, or, where dates move, later', () => {
    const closing = [visit({ atEnd: 'close' })];
    const played = pausedAWhile(build(closing), '2020-10-27 10:00');
    resume(played);
    expect(played.status('visit')).toBe('missed');
    const moved = pausedAWhile(build(closing, { pauses: { absolute: 'move' } }), '2020-10-27 10:00');
    resume(moved);
    expect([moved.status('visit'), moved.deadline('visit')]).toEqual(['open', '2020-11-02 23:59:59.999']);
    expect(moved.at('2020-11-03 00:00').status('visit')).toBe('missed');
  });
});

describe('a deadline that a person moves while its clock stands still', () => {
  const extend = (played: Played, deadline: NewDeadline, more: object = {}) =>
    adjust(played, { kind: 'extend', of: { task: 'visit' }, deadline }, more);
  const byDays = (unit: 'days' | 'workingDays', count: number): NewDeadline => ({ by: { unit, count } });

  it('by so much is later by that and by the pause, in whatever order they are told', () => {
    const during = pausedAWhile(build([visit({ due: dueWithin(5) })]));
    // Without the pause it would be due on the 21st, which is past.
    expect(extend(during, byDays('workingDays', 1))).toBe('taken');
    resume(during);
    const after = pausedAWhile(build([visit({ due: dueWithin(5) })]));
    resume(after);
    extend(after, byDays('workingDays', 1));
    expect([during.deadline('visit'), after.deadline('visit')]).toEqual(['2020-10-26 23:59:59.999', '2020-10-26 23:59:59.999']);
  });

  it('is refused where it would be past all the same, because it is a date or is moved to before the pause', () => {
    const dated = pausedAWhile(build([visit({ due: dueOn('2020-10-20') })]));
    expect(extend(dated, byDays('days', 1))).toBe('DEADLINE_PAST');
    expect(extend(dated, byDays('days', 4))).toBe('taken');
    const counted = pausedAWhile(build([visit({ due: dueWithin(5) })]));
    expect(extend(counted, byDays('workingDays', -4))).toBe('DEADLINE_PAST');
    expect(extend(counted, { to: endOf('2020-10-21') })).toBe('DEADLINE_PAST');
  });

  it('to a time is that time, and later by what is left of the pause where dates move', () => {
    const played = pausedAWhile(build([visit()], { pauses: { absolute: 'move' } }));
    expect(extend(played, { to: endOf('2020-10-21') })).toBe('DEADLINE_PAST');
    expect(extend(played, { to: endOf('2020-10-27') })).toBe('taken');
    played.at('2020-10-24 15:00');
    resume(played);
    expect(played.deadline('visit')).toBe('2020-10-29 23:59:59.999');
  });

  it('by a revision is later too', () => {
    const played = pausedAWhile(build([visit({ due: dueWithin(5) })]));
    expect(extend(played, byDays('workingDays', 1), { revision: 2 })).toBe('taken');
    resume(played);
    expect(played.deadline('visit')).toBe('2020-10-26 23:59:59.999');
  });
});

describe('rungs', () => {
  const reached = (played: Played): readonly unknown[] =>
    played.effects.audit.flatMap(({ kind, detail }) => (kind === 'rungReached' ? [detail!['rung']] : []));

  it('that passed meanwhile are kept as collapsed and never said, where the deadline stayed', () => {
    const played = new Played(build([visit({ due: dueOn('2020-10-22') })])).at('2020-10-19 10:00');
    expect(reached(played)).toEqual(['before-3']);
    pause(played);
    played.at('2020-10-24 15:00');
    resume(played);
    expect(played.effects.audit).toContainEqual(
      expect.objectContaining({ kind: 'rungsCollapsed', task: 'visit', detail: { rungs: 'before-1,on-day,overdue' } }),
    );
    played.at('2020-11-30 10:00');
    expect(reached(played)).toEqual(['before-3', 'after-2', 'after-5']);
  });

  it('begin anew with a deadline that moved, as far as they lie ahead', () => {
    const played = new Played(build([visit({ due: dueWithin(5) })])).at('2020-10-19 10:00');
    expect(reached(played)).toEqual(['before-3', 'before-1']);
    pause(played);
    played.at('2020-10-22 15:00');
    resume(played);
    played.at('2020-10-24 10:00');
    expect(reached(played)).toEqual(['before-3', 'before-1', 'on-day', 'overdue']);
  });
});

describe('what people hear', () => {
  const said = ({ messages }: Played, purpose: string) => messages.filter((message) => message.purpose === purpose);
  const two = build([visit(), visit({ id: 'report' }), visit({ id: 'scheme', holder: { role: 'office' } })]);

  it('is one message when it begins and one when it ends, whatever they have to do', () => {
    const played = pausedAWhile(two);
    resume(played);
    for (const purpose of ['paused', 'resumed'])
      expect(said(played, purpose).map(({ recipient }) => recipient)).toEqual(['cadre-1', 'office-1']);
    expect(said(played, 'moved')).toEqual([]);
  });

  it('is the same message for all instances of a revision', () => {
    const claims = ['h/1', 'h/2'].map((instance) => {
      const played = new Played(two, { instance });
      pause(played, 'union', { revision: 2 });
      return said(played, 'paused').map(({ claim }) => claim);
    });
    expect(claims[0]).toEqual(['paused|revision 2|cadre-1', 'paused|revision 2|office-1']);
    expect(claims[1]).toEqual(claims[0]);
  });
});

describe('pauses for several reasons', () => {
  it('are one, from the first to the end of the last', () => {
    const played = new Played(build([visit({ due: dueWithin(5) })])).at('2020-10-19 10:00');
    pause(played, 'union', { revision: 2 });
    played.at('2020-10-20 10:00');
    pause(played);
    played.at('2020-10-21 10:00');
    resume(played, 'union', { revision: 3 });
    expect(played.snapshot.paused).toEqual({ since: beijing('2020-10-19 10:00'), causes: ['self'] });
    played.at('2020-10-22 15:00');
    resume(played);
    expect(played.snapshot.paused).toBeUndefined();
    expect(played.snapshot.pauses).toEqual<readonly Pause[]>([
      { from: beijing('2020-10-19 10:00'), to: beijing('2020-10-22 15:00') },
    ]);
    expect(played.deadline('visit')).toBe('2020-10-23 23:59:59.999');
  });

  it('are refused when they are there already, or not', () => {
    const played = pausedAWhile(build([visit()]));
    expect(pause(played)).toBe('ALREADY_PAUSED');
    expect(resume(played, 'union')).toBe('NOT_PAUSED');
    expect(played.refused?.remedy).toBe('it is paused by itself: let that go on');
    resume(played);
    expect(resume(played)).toBe('NOT_PAUSED');
  });

  it('are not refused to a revision, which changes nothing then', () => {
    const played = pausedAWhile(build([visit()]));
    expect(resume(played, 'union', { revision: 2 })).toBe('taken');
    expect(played.snapshot).toMatchObject({ revision: 2, paused: { causes: ['self'] } });
  });

  it('are so many at most', () => {
    const played = new Played(build([visit()]));
    for (let day = 0; day < 50; day += 1) {
      pause(played);
      played.at(startOf('2020-10-13') + day * 3_600_000 + 1);
      resume(played);
    }
    expect(pause(played)).toBe('TOO_MANY_ADJUSTMENTS');
  });
});

describe('who pauses', () => {
  it('is the office, where the definition says nothing', () =>
    expect(pause(new Played(build([visit()])), 'self', { authority: 'union-head' })).toBe('NO_AUTHORITY'));

  it('is whom the definition names, and the same let it go on', () => {
    const played = new Played(build([visit()], { rule: { by: ['union-head'] } }));
    expect(pause(played, 'self', { authority: 'office' })).toBe('NO_AUTHORITY');
    expect(pause(played, 'self', { authority: 'union-head' })).toBe('taken');
    expect(resume(played, 'self', { authority: 'office' })).toBe('NO_AUTHORITY');
    expect(resume(played, 'self', { authority: 'union-head' })).toBe('taken');
  });
});

describe('whoever joins later', () => {
  const PROGRAM = build([visit({ due: dueOn('2020-11-02'), phase: 'second', opensAt: startOf('2020-10-26') })], {
    pauses: { absolute: 'move' },
  });
  const join = (adjustments: readonly [Adjustment, string][]) =>
    enrol(PROGRAM, {
      ...{ run: 'run', instance: 'h/9', union: 'u1', revision: 3, roles: PEOPLE, facts: {} },
      at: beijing('2020-10-24 10:00'),
      adjustments: adjustments.map(([adjustment, at], index) => ({ revision: index + 2, adjustment, at: beijing(at) })),
    });

  it('stands still with the run, and nobody hears of it', () => {
    const { snapshot, effects } = join([[{ kind: 'pause', cause: 'run' }, '2020-10-19 10:00']]);
    expect(snapshot.paused).toEqual({ since: beijing('2020-10-19 10:00'), causes: ['run'] });
    expect(effects.outbox).toEqual([]);
    expect(advanceTo(PROGRAM, snapshot, beijing('2020-11-24 10:00')).snapshot.tasks).toEqual({});
  });

  it('has the dates that everybody has after a pause that is over', () => {
    const { snapshot } = join([
      [{ kind: 'pause', cause: 'run' }, '2020-10-19 10:00'],
      [{ kind: 'resume', cause: 'run' }, '2020-10-22 15:00'],
    ]);
    expect(snapshot.paused).toBeUndefined();
    const { tasks } = advanceTo(PROGRAM, snapshot, beijing('2020-10-26 00:00')).snapshot;
    expect(inBeijing(tasks['visit']!.deadline)).toBe('2020-11-05 23:59:59.999');
  });
});

describe('a preview', () => {
  const PROGRAM = build([visit({ due: from('opened', { unit: 'hours', count: 200 }) })]);
  const command = (adjustment: Adjustment): Extract<Command, { kind: 'adjust' }> => ({
    ...{ kind: 'adjust', authority: 'office', reason: 'r', id: 'p', digest: 'p', by: { person: 'office-1', via: 'cli' } },
    adjustment,
  });

  it('shows whose clocks will stand still, and that nobody is reminded', () => {
    const snapshot = enrolled(PROGRAM);
    const seen = preview(PROGRAM, snapshot, { command: command({ kind: 'pause', cause: 'self' }), now: snapshot.advancedTo });
    expect(seen).toMatchObject({ differences: [{ task: 'visit', after: { paused: true, rungs: [] } }] });
  });

  it('of going on stays what it was while the pause lasts, though deadlines move on', () => {
    const played = pausedAWhile(PROGRAM);
    const going = command({ kind: 'resume', cause: 'self' });
    const look = () => {
      const seen = preview(PROGRAM, played.snapshot, { command: going, now: played.now });
      return seen as Seen;
    };
    const first = look();
    const deadline = ({ differences }: Seen): number => differences[0]!.after!.deadline;
    const expected = { ...going, expect: digestOfDifferences(first, going.adjustment) };
    played.at('2020-10-23 15:00');
    expect(deadline(look())).toBe(deadline(first) + 86_400_000);
    expect(refusesUnexpected(PROGRAM, played.snapshot, { command: expected, now: played.now })).toBeUndefined();
  });
});
