/** People who are away for a time, and people who leave: who acts in their place, and what comes back. */
import { describe, expect, it } from 'vitest';
import { leadsBack } from '../../engine/covers.ts';
import { digestOfDifferences, preview, type Seen } from '../../engine/preview.ts';
import type { Adjustment } from '../../model/adjustment.ts';
import type { Command } from '../../model/command.ts';
import type { Instant, Ladder, Program } from '../../model/plan.ts';
import { Played } from './played.ts';
import { acceptBy, beijing, dueOn, nineOn, program, rowTask, startOf, task } from './program-builder.ts';

const LADDER: Ladder = {
  id: 'standard',
  rungs: [
    { id: 'on-day', kind: 'reminder', offset: nineOn(0), to: 'assignee' },
    { id: 'overdue', kind: 'escalation', offset: null, to: 'union-head' },
  ],
};
const build = (): Program =>
  program({
    tasks: [
      task({ id: 'visit', ladder: 'standard', due: dueOn('2020-10-20'), reviews: [acceptBy('union-officer')] }),
      task({ id: 'check', holder: { role: 'union-officer', not: 'visit' }, after: ['visit'] }),
      task({ id: 'report', holder: { role: 'cadre' }, phase: 'second', opensAt: startOf('2020-10-19') }),
      rowTask({ id: 'measure' }),
    ],
    ladders: { standard: LADDER, silent: { id: 'silent', rungs: [] } },
  });

interface Away {
  readonly person?: string;
  readonly by?: string;
  readonly from?: Instant;
  readonly until?: Instant | null;
}
/** cadre-1 is away from the 15th to the 21st, and cadre-2 acts for them. */
const away = ({
  person = 'cadre-1',
  by = 'cadre-2',
  from = startOf('2020-10-15'),
  until = startOf('2020-10-22'),
}: Away = {}): Adjustment => ({
  kind: 'cover',
  person,
  by,
  from,
  until,
});
const back = (person = 'cadre-1'): Adjustment => ({ kind: 'uncover', person });

const ask = (played: Played, adjustment: Adjustment, more: { revision?: number } = {}) =>
  played.send(
    { kind: 'adjust', adjustment, authority: 'office', reason: 'r1', ...more },
    { by: { person: 'office-1', via: 'cli' } },
  );
const covered = (absence: Away = {}, at = '2020-10-13 00:00'): Played => {
  const played = new Played(build(), { at });
  expect(ask(played, away(absence))).toBe('taken');
  return played;
};

describe('a person who is away', () => {
  it('keeps what they have until they go', () => expect(covered().task('visit').holder).toBe('cadre-1'));

  it('has it done by their substitute from then on, at the very instant', () => {
    const played = covered();
    expect(played.wake).toBe('2020-10-15 00:00');
    played.at('2020-10-15 00:00');
    expect(played.task('visit')).toMatchObject({ holder: 'cadre-2', standsFor: 'cadre-1', deadlineRev: 0 });
    expect(played.effects.audit.at(-1)).toMatchObject({
      kind: 'holderChanged',
      actor: 'time',
      detail: { from: 'cadre-1', to: 'cadre-2', why: 'covered', standsFor: 'cadre-1' },
    });
  });

  it('is not told; their substitute is', () => {
    const played = covered().at('2020-10-15 00:00');
    expect(played.messages.at(-1)).toMatchObject({ purpose: 'assigned', recipient: 'cadre-2', task: 'visit' });
    expect(played.messages.filter(({ purpose }) => purpose === 'released')).toEqual([]);
  });

  it('has what comes up meanwhile done too', () => {
    const played = covered().at('2020-10-19 00:00');
    expect(played.task('report')).toMatchObject({ holder: 'cadre-2', standsFor: 'cadre-1' });
  });

  it('has what a row names them for done too', () => {
    const played = covered().at('2020-10-16 00:00');
    played.spawn('measure', { holder: 'cadre-1' });
    expect(played.task('measure:u-u2.sweep.1')).toMatchObject({ holder: 'cadre-2', standsFor: 'cadre-1' });
  });

  it('has what is unfinished again when it is over, and both are told', () => {
    const played = covered().at('2020-10-22 00:00');
    expect(played.task('visit')).not.toHaveProperty('standsFor');
    expect(played.task('visit').holder).toBe('cadre-1');
    expect(played.messages.slice(-4).map(({ purpose, recipient, task: key }) => [purpose, recipient, key])).toEqual([
      ['assigned', 'cadre-1', 'visit'],
      ['released', 'cadre-2', 'visit'],
      ['assigned', 'cadre-1', 'report'],
      ['released', 'cadre-2', 'report'],
    ]);
  });

  it('finds done what was done meanwhile', () => {
    const played = covered().at('2020-10-16 09:00');
    expect(played.complete('visit')).toBe('inReview');
    played.accept('visit');
    played.at('2020-10-22 00:00');
    expect(played.task('visit')).toMatchObject({
      status: 'done',
      holder: 'cadre-2',
      standsFor: 'cadre-1',
      submittedBy: 'cadre-2',
    });
  });

  it('has what was returned meanwhile brought to their substitute, and afterwards back to them', () => {
    const played = new Played(build());
    played.complete('visit');
    ask(played, away());
    played.at('2020-10-16 09:00');
    expect(played.sendBack('visit')).toBe('returned');
    expect(played.task('visit').holder).toBe('cadre-2');
    played.at('2020-10-22 00:00');
    expect(played.task('visit').holder).toBe('cadre-1');
  });

  it('may come back early', () => {
    const played = covered().at('2020-10-16 09:00');
    expect(ask(played, back())).toBe('taken');
    expect(played.task('visit').holder).toBe('cadre-1');
    expect(played.snapshot).not.toHaveProperty('covers');
  });

  it('need not go after all', () => {
    const played = covered();
    expect(ask(played, back())).toBe('taken');
    played.at('2020-10-16 00:00');
    expect(played.task('visit').holder).toBe('cadre-1');
  });

  it('is reminded of nothing; who is told above them, of an overdue task, is named with both', () => {
    const played = covered().at('2020-10-21 08:00');
    const rungs = played.effects.audit.filter(({ kind }) => kind === 'rungReached').map(({ detail }) => detail);
    expect(rungs).toMatchObject([
      { rung: 'on-day', recipient: 'cadre-2' },
      { rung: 'overdue', recipient: 'head-1', holder: 'cadre-2', standsFor: 'cadre-1' },
    ]);
  });

  it('who would be told has it told to their substitute, and the audit names both', () => {
    const played = covered({ person: 'head-1', by: 'head-2' }).at('2020-10-21 08:00');
    expect(played.effects.audit.findLast(({ kind }) => kind === 'rungReached')).toMatchObject({
      detail: { rung: 'overdue', recipient: 'head-2', recipientFor: 'head-1' },
    });
  });

  it('may be in the place of somebody else, and then both are done for by the last', () => {
    const played = covered();
    ask(played, away({ person: 'cadre-2', by: 'cadre-3', from: startOf('2020-10-16'), until: startOf('2020-10-17') }));
    expect(played.at('2020-10-16 12:00').task('visit')).toMatchObject({ holder: 'cadre-3', standsFor: 'cadre-1' });
    expect(played.at('2020-10-17 00:00').task('visit')).toMatchObject({ holder: 'cadre-2', standsFor: 'cadre-1' });
  });

  it('keeps what was given to somebody else meanwhile with them', () => {
    const played = covered().at('2020-10-16 00:00');
    ask(played, { kind: 'reassign', task: 'visit', to: 'cadre-3' });
    expect(played.at('2020-10-23 00:00').task('visit').holder).toBe('cadre-3');
  });
});

describe('a substitute', () => {
  it('reviews in the place of whoever is away, and no longer than that', () => {
    const played = new Played(build());
    ask(played, away({ person: 'officer-1', by: 'officer-2' }));
    played.complete('visit');
    expect(played.at('2020-10-15 00:00').task('visit')).toMatchObject({ reviewer: 'officer-2', reviewsFor: 'officer-1' });
    expect(played.at('2020-10-22 00:00').task('visit').reviewer).toBe('officer-1');
    expect(played.accept('visit')).toBe('done');
    expect(played.task('visit')).not.toHaveProperty('reviewsFor');
  });

  it('does not review what they have handed in', () => {
    const played = covered({ person: 'officer-1', by: 'cadre-1' }).at('2020-10-16 09:00');
    played.complete('visit');
    expect(played.task('visit').reviewer).toBe('head-1');
  });

  it('does not review what whoever is away had handed in before', () => {
    const played = new Played(build());
    played.complete('visit');
    ask(played, away({ person: 'cadre-1', by: 'officer-1' }));
    expect(played.task('visit').reviewer).toBe('officer-1');
    expect(played.at('2020-10-15 00:00').task('visit').reviewer).toBe('head-1');
    expect(played.at('2020-10-22 00:00').task('visit').reviewer).toBe('officer-1');
  });

  it('does not do what is for others than whoever did the work: it falls to the next post', () => {
    const played = covered({ person: 'officer-1', by: 'cadre-1', from: startOf('2020-10-14') });
    played.complete('visit');
    played.accept('visit');
    expect(played.task('check').holder).toBe('officer-1');
    expect(played.at('2020-10-14 00:00').task('check')).toMatchObject({ holder: 'head-1', standsFor: 'officer-1' });
  });
});

describe('a person who leaves for good', () => {
  const left = (): Played => covered({ person: 'officer-1', by: 'officer-2', from: startOf('2020-10-15'), until: null });

  it('hands over posts and work, and nobody acts in anybody’s place', () => {
    const played = new Played(build());
    played.complete('visit');
    played.accept('visit');
    ask(played, away({ person: 'officer-1', by: 'officer-2', until: null }));
    played.at('2020-10-15 00:00');
    expect(played.snapshot.roles['union-officer']).toBe('officer-2');
    expect(played.task('check')).toMatchObject({ holder: 'officer-2' });
    expect(played.task('check')).not.toHaveProperty('standsFor');
    expect(played.audited()).toContain('postChanged');
  });

  it('gives what comes up later to whoever took over', () => {
    const played = left().at('2020-10-16 00:00');
    played.complete('visit');
    expect(played.task('visit').reviewer).toBe('officer-2');
  });

  it('is not brought back by saying that they are', () => {
    const played = left();
    expect(ask(played.at('2020-10-16 00:00'), back('officer-1'))).toBe('NOT_COVERED');
  });

  it('may stay after all, as long as they have not left', () => {
    const played = left();
    expect(ask(played, back('officer-1'))).toBe('taken');
    expect(played.at('2020-10-16 00:00').snapshot.roles['union-officer']).toBe('officer-1');
  });
});

describe('an absence', () => {
  it.each([
    ['that would be over', away({ from: startOf('2020-10-10'), until: startOf('2020-10-12') }), 'PERIOD_PAST'],
    ['that ends before it begins', away({ from: startOf('2020-10-22'), until: startOf('2020-10-20') }), 'PERIOD_PAST'],
    ['of whom somebody acts for then', away({ by: 'cadre-3', from: startOf('2020-10-21'), until: null }), 'COVERED_ALREADY'],
    ['in which they act for themselves', away({ person: 'head-1', by: 'head-1' }), 'COVERS_IN_A_CIRCLE'],
    ['in which they act for their own substitute', away({ person: 'cadre-2', by: 'cadre-1' }), 'COVERS_IN_A_CIRCLE'],
  ] as const)('%s is refused', (_which, adjustment, code) => {
    const played = covered();
    expect(ask(played, adjustment)).toBe(code);
    expect(played.snapshot.covers).toHaveLength(1);
  });

  it('of nobody is not ended', () => expect(ask(new Played(build()), back())).toBe('NOT_COVERED'));

  it('after another of the same person is none at the same time', () => {
    const played = covered();
    expect(ask(played, away({ by: 'cadre-3', from: startOf('2020-10-22'), until: startOf('2020-10-24') }))).toBe('taken');
    expect(played.at('2020-10-22 00:00').task('visit')).toMatchObject({ holder: 'cadre-3', standsFor: 'cadre-1' });
  });

  it('that comes with a revision and cannot be is left, and the audit says so', () => {
    const played = covered();
    expect(ask(played, away({ by: 'cadre-3' }), { revision: 2 })).toBe('taken');
    expect(played.effects.audit.at(-1)).toMatchObject({ kind: 'adjustmentLeft', detail: { code: 'COVERED_ALREADY' } });
  });

  it('without a beginning begins at once', () => {
    const played = new Played(build());
    ask(played, { kind: 'cover', person: 'cadre-1', by: 'cadre-2', until: startOf('2020-10-22') });
    expect(played.task('visit').holder).toBe('cadre-2');
  });

  it('in a circle is one as long as its parts last at the same time', () => {
    const cover = (person: string, by: string, from: number, until: number | null) => ({ person, by, from, until });
    const chain = [cover('b', 'c', 0, 10)];
    expect(leadsBack(chain, cover('c', 'b', 5, 7))).toBe(true);
    expect(leadsBack(chain, cover('c', 'b', 10, 12))).toBe(false);
    expect(leadsBack(chain, cover('a', 'b', 0, 12))).toBe(false);
    expect(leadsBack([...chain, cover('c', 'a', 8, 20)], cover('a', 'b', 0, null))).toBe(true);
  });
});

describe('a preview of an absence that is to come', () => {
  const command = (adjustment: Adjustment): Command => ({
    ...{ kind: 'adjust', authority: 'office', reason: 'r', id: 'p', digest: 'p', by: { person: 'office-1', via: 'cli' } },
    adjustment,
  });

  it('tells what changes hands on its first day', () => {
    const played = new Played(build());
    expect(preview(played.program, played.snapshot, { command: command(away()), now: played.now })).toMatchObject({
      differences: [{ task: 'visit', before: { holder: 'cadre-1' }, after: { holder: 'cadre-2', standsFor: 'cadre-1' } }],
      posts: [],
    });
  });

  it('tells the posts of whoever leaves, which the hash is of too', () => {
    const played = new Played(build());
    const seen = preview(played.program, played.snapshot, {
      command: command(away({ person: 'head-1', by: 'head-2', until: null })),
      now: beijing('2020-10-13 00:00'),
    });
    expect(seen).toMatchObject({ differences: [], posts: [{ role: 'union-head', before: 'head-1', after: 'head-2' }] });
    const of = { kind: 'cover' } as const;
    expect(digestOfDifferences(seen as Seen, of)).not.toBe(digestOfDifferences({ differences: [], posts: [] }, of));
  });
});
