/** Single tasks that people put into other hands: reassigned, delegated, recalled. */
import { describe, expect, it } from 'vitest';
import type { Adjustment } from '../../model/adjustment.ts';
import type { Ladder, Program } from '../../model/plan.ts';
import { Played } from './played.ts';
import { acceptBy, dueOn, nineOn, program, startOf, task } from './program-builder.ts';

const LADDER: Ladder = {
  id: 'standard',
  rungs: [
    { id: 'on-day', kind: 'reminder', offset: nineOn(0), to: 'assignee' },
    { id: 'overdue', kind: 'escalation', offset: null, to: 'union-officer' },
  ],
};
const build = (adjustments: Program['adjustments'] = {}): Program => ({
  ...program({
    tasks: [
      task({ id: 'visit', ladder: 'standard', due: dueOn('2020-10-20'), reviews: [acceptBy('union-officer')] }),
      task({ id: 'check', holder: { role: 'union-officer', not: 'visit' }, after: ['visit'] }),
      task({ id: 'report' }),
      task({ id: 'later', phase: 'second', opensAt: startOf('2020-10-26') }),
    ],
    ladders: { standard: LADDER, silent: { id: 'silent', rungs: [] } },
  }),
  adjustments,
});

const ask = (played: Played, adjustment: Adjustment, { authority = 'office', by = 'office-1' } = {}) =>
  played.send({ kind: 'adjust', adjustment, authority, reason: 'r1' }, { by: { person: by, via: 'cli' } });
const reassign = (key: string, to: string): Adjustment => ({ kind: 'reassign', task: key, to });
const delegate = (key: string, to: string): Adjustment => ({ kind: 'delegate', task: key, to });
const recall = (key: string): Adjustment => ({ kind: 'recall', task: key });
/** The last messages: 'assigned cadre-2'. */
const told = ({ messages }: Played, last: number): readonly string[] =>
  messages.slice(-last).map(({ purpose, recipient }) => `${purpose} ${recipient}`);

describe('a reassigned task', () => {
  it('is with somebody else, with the deadline that it had', () => {
    const played = new Played(build());
    const deadline = played.deadline('visit');
    expect(ask(played, reassign('visit', 'cadre-2'))).toBe('taken');
    expect(played.task('visit')).toMatchObject({ holder: 'cadre-2', deadlineRev: 0 });
    expect(played.deadline('visit')).toBe(deadline);
  });

  it('is made known to whoever has it now, and to whoever had it', () => {
    const played = new Played(build());
    ask(played, reassign('visit', 'cadre-2'));
    expect(told(played, 2)).toEqual(['assigned cadre-2', 'released cadre-1']);
  });

  it('is told of each time, also when it comes back to somebody', () => {
    const played = new Played(build());
    for (const to of ['cadre-2', 'cadre-1', 'cadre-2']) ask(played, reassign('visit', to));
    const claims = played.messages.map(({ claim }) => claim);
    expect(new Set(claims).size).toBe(claims.length);
  });

  it('is handed in by its new holder only, and comes back to them when it is returned', () => {
    const played = new Played(build());
    ask(played, reassign('visit', 'cadre-2'));
    expect(played.complete('visit', { by: 'cadre-1' })).toBe('NOT_HOLDER');
    expect(played.complete('visit')).toBe('inReview');
    expect(played.sendBack('visit')).toBe('returned');
    expect(played.task('visit').holder).toBe('cadre-2');
  });

  it('stands in the audit with who had it, who has it, who decided that and why', () => {
    const played = new Played(build());
    ask(played, reassign('visit', 'cadre-2'));
    expect(played.effects.audit.slice(-2)).toMatchObject([
      { kind: 'adjusted', task: 'visit', actor: 'office-1', detail: { adjustment: 'reassign', to: 'cadre-2', reason: 'r1' } },
      { kind: 'holderChanged', task: 'visit', detail: { from: 'cadre-1', to: 'cadre-2', why: 'reassigned' } },
    ]);
  });

  it('in review is reviewed by somebody else; whoever does the work keeps it', () => {
    const played = new Played(build());
    played.complete('visit');
    expect(ask(played, reassign('visit', 'head-1'))).toBe('taken');
    expect(played.task('visit')).toMatchObject({ holder: 'cadre-1', reviewer: 'head-1' });
    expect(told(played, 2)).toEqual(['toReview head-1', 'released officer-1']);
    expect(played.accept('visit', { by: 'officer-1' })).toBe('NOT_HOLDER');
    expect(played.accept('visit')).toBe('done');
  });
});

describe('a delegated task', () => {
  const delegated = (): Played => {
    const played = new Played(build());
    expect(ask(played, delegate('visit', 'cadre-2'), { authority: 'holder', by: 'cadre-1' })).toBe('taken');
    return played;
  };

  it('is done by one and answered for by the other, and both are told', () => {
    const played = delegated();
    expect(played.task('visit')).toMatchObject({ holder: 'cadre-2', owner: 'cadre-1' });
    expect(told(played, 2)).toEqual(['assigned cadre-2', 'delegated cadre-1']);
  });

  it.each(['cadre-2', 'cadre-1'])('may be handed in by either: %s', (by) =>
    expect(delegated().complete('visit', { by })).toBe('inReview'),
  );

  it('is reviewed by neither', () => {
    const played = new Played(build(), { roles: { cadre: 'cadre-1', 'union-officer': 'officer-1', 'union-head': 'head-1' } });
    ask(played, delegate('visit', 'officer-1'), { authority: 'holder', by: 'cadre-1' });
    expect(played.complete('visit', { by: 'cadre-1' })).toBe('inReview');
    expect(played.task('visit').reviewer).toBe('head-1');
    expect(played.accept('visit', { by: 'officer-1' })).toBe('SELF_REVIEW');
  });

  it('keeps both from what others than its doer must do', () => {
    const played = new Played(build());
    ask(played, delegate('visit', 'officer-1'), { authority: 'holder', by: 'cadre-1' });
    played.complete('visit', { by: 'cadre-1' });
    played.accept('visit');
    expect(played.task('check').holder).toBe('head-1');
  });

  it('is made known as overdue to whoever stands above both, and the audit names both', () => {
    const played = new Played(build());
    ask(played, delegate('visit', 'officer-1'), { authority: 'holder', by: 'cadre-1' });
    played.at('2020-10-21 08:00');
    expect(played.effects.audit.findLast(({ kind }) => kind === 'rungReached')).toMatchObject({
      detail: { rung: 'overdue', recipient: 'head-1', holder: 'officer-1', owner: 'cadre-1' },
    });
  });

  it.each([
    ['whoever had it delegated', 'cadre-1'],
    ['whoever does it', 'cadre-2'],
  ])('is taken or handed back by %s', (_who, by) => {
    const played = delegated();
    expect(ask(played, recall('visit'), { authority: 'holder', by })).toBe('taken');
    expect(played.task('visit')).not.toHaveProperty('owner');
    expect(played.task('visit').holder).toBe('cadre-1');
    expect(told(played, 2)).toEqual(['assigned cadre-1', 'released cadre-2']);
  });

  it('that is reassigned is answered for by its new holder alone', () => {
    const played = delegated();
    ask(played, reassign('visit', 'cadre-3'));
    expect(played.task('visit')).not.toHaveProperty('owner');
    expect(told(played, 3)).toEqual(['assigned cadre-3', 'released cadre-2', 'released cadre-1']);
  });
});

describe('what cannot be put into other hands', () => {
  const after = (...steps: readonly ((played: Played) => unknown)[]): Played => {
    const played = new Played(build());
    for (const step of steps) step(played);
    return played;
  };
  const visited = (played: Played): unknown => [played.complete('visit'), played.accept('visit')];
  const handedIn = (played: Played): unknown => played.complete('visit');
  const delegated = (played: Played): unknown => ask(played, delegate('visit', 'cadre-2'));

  it.each([
    ['a task that is not there', after(), reassign('nothing', 'cadre-2'), 'UNKNOWN_TASK'],
    ['a task that has not come up', after(), reassign('later', 'cadre-2'), 'NOT_OPEN_YET'],
    ['a task that is done', after(visited), reassign('visit', 'cadre-2'), 'ALREADY_FINAL'],
    ['a task to whoever has it', after(), reassign('visit', 'cadre-1'), 'HOLDS_ALREADY'],
    ['a review to whoever has it', after(handedIn), reassign('visit', 'officer-1'), 'HOLDS_ALREADY'],
    ['a review to whoever handed the work in', after(handedIn), reassign('visit', 'cadre-1'), 'SELF_REVIEW'],
    ['what is for others to whoever did the work', after(visited), reassign('check', 'cadre-1'), 'NOT_FOR_THEM'],
    ['what is in review, by delegation', after(handedIn), delegate('visit', 'cadre-2'), 'IN_REVIEW'],
    ['what is delegated, once more', after(delegated), delegate('visit', 'cadre-3'), 'DELEGATED_ALREADY'],
    ['a task to its holder, by delegation', after(), delegate('visit', 'cadre-1'), 'HOLDS_ALREADY'],
    ['what nobody delegated', after(), recall('visit'), 'NOT_DELEGATED'],
    ['what was handed in meanwhile', after(delegated, handedIn), recall('visit'), 'IN_REVIEW'],
  ] as const)('is %s', (_what, played, adjustment, code) => {
    const before = played.snapshot;
    expect(ask(played, adjustment)).toBe(code);
    expect(played.snapshot).toBe(before);
  });

  it('is a task that changed hands as often as the definition allows', () => {
    const played = new Played(build({ reassign: { by: ['office'], atMost: 1 } }));
    expect(ask(played, reassign('visit', 'cadre-2'))).toBe('taken');
    expect(ask(played, reassign('visit', 'cadre-3'))).toBe('TOO_OFTEN');
  });

  it('is somebody else’s task, by delegation of one’s own', () =>
    expect(ask(new Played(build()), delegate('visit', 'cadre-2'), { authority: 'holder', by: 'cadre-2' })).toBe('NO_AUTHORITY'));

  it('is one’s own task where the definition leaves that to others', () =>
    expect(
      ask(new Played(build({ delegate: { by: ['office'] } })), delegate('visit', 'cadre-2'), {
        authority: 'holder',
        by: 'cadre-1',
      }),
    ).toBe('NO_AUTHORITY'));
});

describe('a revision', () => {
  it('leaves what cannot be put into other hands, and says so', () => {
    const played = new Played(build());
    const sent = played.send({ kind: 'adjust', adjustment: recall('visit'), authority: 'office', reason: 'r', revision: 2 });
    expect(sent).toBe('taken');
    expect(played.effects.audit.at(-1)).toMatchObject({ kind: 'adjustmentLeft', detail: { code: 'NOT_DELEGATED' } });
  });
});
