/** Deadlines that people move: of one task, of a phase, of all; also of what comes up later. */
import { describe, expect, it } from 'vitest';
import { digestOfDifferences, preview, refusesUnexpected, type Seen } from '../../engine/preview.ts';
import { advanceTo } from '../../engine/advance.ts';
import type { Adjustment, AdjustmentRule, NewDeadline, TasksOf } from '../../model/adjustment.ts';
import type { Command } from '../../model/command.ts';
import type { Ladder, Program } from '../../model/plan.ts';
import { Played } from './played.ts';
import { beijing, dueOn, endOf, inBeijing, nineOn, program, startOf, task } from './program-builder.ts';

const LADDER: Ladder = {
  id: 'standard',
  rungs: [
    { id: 'before', kind: 'reminder', offset: nineOn(-1), to: 'assignee' },
    { id: 'overdue', kind: 'reminder', offset: null, to: 'assignee' },
  ],
};
const build = (rule?: AdjustmentRule): Program => ({
  ...program({
    tasks: [
      task({ id: 'visit', ladder: 'standard', due: dueOn('2020-10-20') }),
      task({ id: 'report', ladder: 'standard', due: dueOn('2020-10-22') }),
      task({ id: 'later', phase: 'second', opensAt: startOf('2020-10-26'), due: dueOn('2020-11-06') }),
    ],
    ladders: { standard: LADDER },
  }),
  ...(rule === undefined ? {} : { adjustments: { extend: rule } }),
});
const extend = (of: TasksOf, deadline: NewDeadline): Adjustment => ({ kind: 'extend', of, deadline });
const WEEK = { by: { unit: 'days', count: 7 } } as const;

const ask = (played: Played, adjustment: Adjustment, more: { authority?: string; revision?: number } = {}) =>
  played.send(
    { kind: 'adjust', adjustment, authority: 'office', reason: 'r1', ...more },
    { by: { person: 'office-1', via: 'cli' } },
  );
const rungsOf = ({ effects }: Played, key: string): readonly unknown[] =>
  effects.audit.flatMap(({ kind, task: of, detail }) => (kind === 'rungReached' && of === key ? [detail!['rung']] : []));
const dueOf = (played: Played, key: string): string => inBeijing(played.snapshot.tasks[key]!.deadline);

describe('a moved deadline', () => {
  it('supersedes the old one, which the audit keeps with who moved it and why', () => {
    const played = new Played(build());
    expect(ask(played, extend({ task: 'visit' }, WEEK))).toBe('taken');
    expect(dueOf(played, 'visit')).toBe('2020-10-27 23:59:59.999');
    expect(played.snapshot.tasks['visit']).toMatchObject({ deadlineRev: 1, extended: 1 });
    expect(played.effects.audit.slice(-2)).toMatchObject([
      { kind: 'adjusted', task: 'visit', actor: 'office-1', detail: { adjustment: 'extend', authority: 'office', reason: 'r1' } },
      { kind: 'deadlineMoved', task: 'visit', detail: { from: endOf('2020-10-20'), to: endOf('2020-10-27') } },
    ]);
  });

  it('is told to whoever holds the task', () => {
    const played = new Played(build());
    ask(played, extend({ task: 'visit' }, WEEK));
    expect(played.effects.outbox.at(-1)).toMatchObject({
      kind: 'message',
      purpose: 'moved',
      recipient: 'cadre-1',
      task: 'visit',
    });
  });

  it('begins its ladder anew, as far as it still lies ahead', () => {
    const played = new Played(build()).at('2020-10-21 08:00');
    expect(rungsOf(played, 'visit')).toEqual(['before', 'overdue']);
    ask(played, extend({ task: 'visit' }, { to: endOf('2020-10-23') }));
    played.at('2020-10-24 08:00');
    expect(rungsOf(played, 'visit')).toEqual(['before', 'overdue', 'before', 'overdue']);
  });

  it('may be earlier, and not past', () => {
    const played = new Played(build()).at('2020-10-15 12:00');
    expect(ask(played, extend({ task: 'visit' }, { by: { unit: 'days', count: -3 } }))).toBe('taken');
    expect(dueOf(played, 'visit')).toBe('2020-10-17 23:59:59.999');
    expect(ask(played, extend({ task: 'visit' }, { to: beijing('2020-10-15 11:59') }))).toBe('DEADLINE_PAST');
  });

  it('is judged by: what is handed in by then is in time', () => {
    const played = new Played(build());
    ask(played, extend({ task: 'visit' }, WEEK));
    played.at('2020-10-26 12:00');
    expect(played.complete('visit')).toBe('done');
    expect(played.answer).toMatchObject({ late: false });
  });
});

describe('who moves deadlines', () => {
  it('is the office, where the definition says nothing', () => {
    expect(ask(new Played(build()), extend({ task: 'visit' }, WEEK), { authority: 'union-head' })).toBe('NO_AUTHORITY');
  });

  it('is whom the definition names, and as often as it says', () => {
    const played = new Played(build({ by: ['union-head'], atMost: 1 }));
    const authority = 'union-head';
    expect(ask(played, extend({ task: 'visit' }, WEEK), { authority: 'office' })).toBe('NO_AUTHORITY');
    expect(ask(played, extend({ task: 'visit' }, WEEK), { authority })).toBe('taken');
    expect(ask(played, extend({ task: 'visit' }, WEEK), { authority })).toBe('TOO_MANY_EXTENSIONS');
  });

  it.each([
    ['a task that is not there', { task: 'nothing' }, 'UNKNOWN_TASK'],
    ['a task that has not come up', { task: 'later' }, 'NOT_OPEN_YET'],
    ['a phase that is not there', { phase: 'nothing' }, 'UNKNOWN_PHASE'],
    ['a template that is not there', { template: 'nothing' }, 'UNKNOWN_TASK'],
  ] as const)('cannot move %s', (_what, of, code) => expect(ask(new Played(build()), extend(of, WEEK))).toBe(code));

  it('cannot move what is done, or give a deadline that it has', () => {
    const played = new Played(build());
    expect(ask(played, extend({ task: 'visit' }, { to: endOf('2020-10-20') }))).toBe('DEADLINE_UNCHANGED');
    played.complete('visit');
    expect(ask(played, extend({ task: 'visit' }, WEEK))).toBe('ALREADY_FINAL');
  });
});

describe('an extension of a phase', () => {
  it('moves what is open in it, and nothing else', () => {
    const played = new Played(build());
    ask(played, extend({ phase: 'first' }, WEEK));
    expect([dueOf(played, 'visit'), dueOf(played, 'report')]).toEqual(['2020-10-27 23:59:59.999', '2020-10-29 23:59:59.999']);
    played.at('2020-10-26 00:00');
    expect(dueOf(played, 'later')).toBe('2020-11-06 23:59:59.999');
  });

  it('also holds of what comes up later', () => {
    const played = new Played(build());
    ask(played, extend({ phase: 'second' }, WEEK));
    played.at('2020-10-26 00:00');
    expect(dueOf(played, 'later')).toBe('2020-11-13 23:59:59.999');
  });

  it('is refused as a whole when one of its deadlines would be past; nothing is moved', () => {
    const played = new Played(build()).at('2020-10-21 12:00');
    expect(ask(played, extend({ all: true }, { to: endOf('2020-10-20') }))).toBe('DEADLINE_PAST');
    expect(dueOf(played, 'report')).toBe('2020-10-22 23:59:59.999');
  });
});

describe('a revision of the run', () => {
  it('does what it can, and says in the audit what it left', () => {
    const played = new Played(build({ by: ['office'], atMost: 1 }));
    ask(played, extend({ task: 'visit' }, WEEK));
    expect(ask(played, extend({ phase: 'first' }, WEEK), { revision: 2 })).toBe('taken');
    expect([dueOf(played, 'visit'), dueOf(played, 'report')]).toEqual(['2020-10-27 23:59:59.999', '2020-10-29 23:59:59.999']);
    expect(played.effects.audit).toContainEqual(
      expect.objectContaining({ kind: 'adjustmentLeft', task: 'visit', detail: { code: 'TOO_MANY_EXTENSIONS' } }),
    );
    expect(played.snapshot.revision).toBe(2);
  });

  it('is taken once: an instance that is at it, or past it, has it', () => {
    const played = new Played(build());
    ask(played, extend({ phase: 'first' }, WEEK), { revision: 3 });
    ask(played, extend({ phase: 'first' }, WEEK), { revision: 3 });
    ask(played, extend({ phase: 'first' }, WEEK), { revision: 2 });
    expect(dueOf(played, 'visit')).toBe('2020-10-27 23:59:59.999');
  });
});

describe('a preview', () => {
  const command: Command = {
    ...{ kind: 'adjust', authority: 'office', reason: 'r', id: 'p', digest: 'p', by: { person: 'office-1', via: 'cli' } },
    adjustment: extend({ phase: 'first' }, WEEK),
  };

  it('tells what the command then does: every task with its deadline and rungs before and after', () => {
    const played = new Played(build());
    const seen = preview(played.program, played.snapshot, { command, now: played.now });
    expect(seen).toMatchObject({
      differences: [
        { task: 'report' },
        {
          task: 'visit',
          before: {
            deadline: endOf('2020-10-20'),
            rungs: [{ rung: 'before' }, { rung: 'overdue', at: endOf('2020-10-20') + 1 }],
          },
          after: { deadline: endOf('2020-10-27'), rungs: [{ rung: 'before' }, { rung: 'overdue', at: endOf('2020-10-27') + 1 }] },
        },
      ],
    });
  });

  it('tells a refusal', () => {
    const played = new Played(build());
    expect(
      preview(played.program, played.snapshot, { command: { ...command, authority: 'cadre' }, now: played.now }),
    ).toMatchObject({
      refusal: { code: 'NO_AUTHORITY' },
    });
  });

  it('stays what it was while only time goes on, and is refused once the state is another', () => {
    const played = new Played(build());
    const seen = preview(played.program, played.snapshot, { command, now: played.now });
    const expected = { ...command, expect: digestOfDifferences(seen as Seen, command.adjustment) };
    const asked = (): string | undefined =>
      refusesUnexpected(played.program, advanceTo(played.program, played.snapshot, played.now).snapshot, {
        command: expected,
        now: played.now,
      })?.code;
    played.at('2020-10-19 12:00');
    expect(asked()).toBeUndefined();
    played.complete('visit');
    expect(asked()).toBe('STATE_MOVED');
  });
});
