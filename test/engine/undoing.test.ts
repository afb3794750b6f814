/** Work that is to be done again: reopened by somebody with the right to, or taken back by whoever handed it in. */
import { describe, expect, it } from 'vitest';
import { composeFlush } from '../../engine/flush-rows.ts';
import { preview } from '../../engine/preview.ts';
import type { Adjustment } from '../../model/adjustment.ts';
import type { Command } from '../../model/command.ts';
import type { Instant, Ladder, Program } from '../../model/plan.ts';
import { Played } from './played.ts';
import { acceptBy, beijing, dueOn, endOf, is, nineOn, program, rowTask, startOf, task } from './program-builder.ts';

const LADDER: Ladder = { id: 'standard', rungs: [{ id: 'on-day', kind: 'reminder', offset: nineOn(0), to: 'assignee' }] };
const build = (adjustments: Program['adjustments'] = {}): Program => ({
  ...program({
    tasks: [
      task({
        id: 'visit',
        ladder: 'standard',
        due: dueOn('2020-10-20'),
        feeds: ['all-visited'],
        outcomes: [{ when: is('outcome', 'exit'), set: { standing: 'exited' } }],
        assigns: { who: 'cadre' },
        rows: [
          { table: 'measures', task: 'measure', to: 'self' },
          { table: 'findings', task: 'finding', to: { column: 'union' } },
        ],
        retract: { within: { unit: 'hours', count: 24 } },
      }),
      task({ id: 'list', after: ['visit'], retract: { within: { unit: 'hours', count: 2 } } }),
      task({ id: 'aid', when: is('outcome', 'assist') }),
      task({ id: 'check', outcomes: [{ set: { standing: 'checked' } }] }),
      task({ id: 'report', reviews: [acceptBy('union-officer')] }),
      task({ id: 'photo', atEnd: 'close', due: dueOn('2020-10-15'), endsAt: endOf('2020-10-16') }),
      rowTask({ id: 'measure' }),
      rowTask({ id: 'finding' }),
    ],
    ladders: { standard: LADDER, silent: { id: 'silent', rungs: [] } },
  }),
  adjustments,
});

const ask = (played: Played, adjustment: Adjustment, { authority = 'office', by = 'office-1' } = {}) =>
  played.send({ kind: 'adjust', adjustment, authority, reason: 'r1' }, { by: { person: by, via: 'cli' } });
const reopen = (key: string, deadline?: Instant): Adjustment => ({
  kind: 'reopen',
  task: key,
  ...(deadline === undefined ? {} : { deadline }),
});
const retract = (played: Played, key: string, by = 'cadre-1') =>
  ask(
    played,
    { kind: 'retract', task: key, submission: played.snapshot.tasks[key]?.submission ?? 'none' },
    { authority: 'holder', by },
  );
const row = (table: string, place: number) => ({ table, row: place, due: '2020-11-10', holder: 'cadre-1', union: 'u2' });
const visited = (facts = { outcome: 'assist', who: 'cadre-2' }): Played => {
  const played = new Played(build(), { facts: { outcome: null, standing: 'on-file', who: null } });
  expect(played.complete('visit', { facts, rows: [row('measures', 1), row('findings', 1)] })).toBe('done');
  return played;
};
const visitedAndPaused = (): Played => {
  const played = visited();
  ask(played, { kind: 'pause', cause: 'self' });
  return played;
};
const claimsOf = ({ outbox }: Played): readonly string[] => outbox.flatMap(({ kind, claim }) => (kind === 'gate' ? [] : [claim]));
const lastTold = ({ messages }: Played, key: string): string | undefined =>
  messages.filter(({ task: of }) => of === key).at(-1)?.purpose;

describe('a task that is opened again', () => {
  it('is to be done by its holder, under the next revision of its deadline', () => {
    const played = visited();
    expect(ask(played, reopen('visit'))).toBe('taken');
    expect(played.task('visit')).toMatchObject({
      status: 'open',
      holder: 'cadre-1',
      submission: null,
      deadlineRev: 1,
      reopened: 1,
    });
    expect(lastTold(played, 'visit')).toBe('reopened');
    expect(played.complete('visit')).toBe('done');
  });

  it('keeps its deadline as long as that lies ahead, or has the one that is chosen', () => {
    const kept = visited();
    ask(kept, reopen('visit'));
    expect(kept.task('visit').deadline).toBe(endOf('2020-10-20'));
    const chosen = visited();
    ask(chosen, reopen('visit', endOf('2020-10-29')));
    expect(chosen.task('visit')).toMatchObject({ deadline: endOf('2020-10-29'), extended: 1 });
  });

  it('has the time of one that comes up now, where its deadline is past', () => {
    const played = visited().at('2020-10-22 10:00');
    ask(played, reopen('visit'));
    expect(played.task('visit').deadline).toBe(endOf('2020-10-27'));
  });

  it('begins its ladder anew, as far as it lies ahead', () => {
    const played = visited().at('2020-10-20 08:00');
    ask(played, reopen('visit'));
    expect(played.at('2020-10-20 10:00').rungs).toEqual(['on-day cadre-1 2020-10-20 09:00']);
  });

  it('leaves nothing of what it had set', () => {
    const played = visited({ outcome: 'exit', who: 'cadre-2' });
    expect([played.snapshot.facts, played.snapshot.roles['cadre']]).toMatchObject([{ standing: 'exited' }, 'cadre-2']);
    ask(played, reopen('visit'));
    expect(played.snapshot.facts).toEqual({ outcome: null, standing: 'on-file', who: null });
    expect(played.snapshot.roles['cadre']).toBe('cadre-1');
  });

  it('leaves what others have set since', () => {
    const played = visited({ outcome: 'exit', who: 'cadre-2' });
    played.complete('check');
    ask(played, reopen('visit'));
    expect(played.snapshot.facts).toMatchObject({ outcome: null, standing: 'checked' });
  });

  it('lets what another had set before count again, in whatever order they are taken back', () => {
    const played = new Played(build(), { facts: { outcome: null, standing: 'on-file', who: null } });
    played.complete('check');
    played.complete('visit', { facts: { outcome: 'exit' } });
    ask(played, reopen('check'));
    expect(played.snapshot.facts['standing']).toBe('exited');
    ask(played, reopen('visit'));
    expect(played.snapshot.facts['standing']).toBe('on-file');
  });

  it('sends back to wait what came up because of it and nobody has touched, and tells whoever has it', () => {
    const played = visited();
    expect([played.status('list'), played.status('aid')]).toEqual(['open', 'open']);
    ask(played, reopen('visit'));
    expect([played.status('list'), played.status('aid')]).toEqual(['waiting', 'waiting']);
    expect([lastTold(played, 'list'), lastTold(played, 'aid')]).toEqual(['undone', 'undone']);
  });

  it('takes the rows of those away, and tells of them anew when they come up again', () => {
    const played = visited();
    ask(played, reopen('visit'));
    expect(composeFlush(played.program, { ...played, number: 9, full: false }).gone).toEqual(
      expect.arrayContaining(['list', 'aid']),
    );
    played.complete('visit', { facts: { outcome: 'assist' } });
    expect(played.task('list')).toMatchObject({ status: 'open', deadlineRev: 1 });
    expect(lastTold(played, 'list')).toBe('opened');
    const claims = claimsOf(played);
    expect(new Set(claims).size).toBe(claims.length);
  });

  it('leaves what somebody has done, which a preview tells', () => {
    const played = visited();
    played.complete('list');
    const command: Command = {
      ...{ kind: 'adjust', adjustment: reopen('visit'), authority: 'office', reason: 'r', id: 'p', digest: 'p' },
      by: { person: 'office-1', via: 'cli' },
    };
    expect(preview(played.program, played.snapshot, { command, now: played.now })).toMatchObject({ stands: ['list'] });
    ask(played, reopen('visit'));
    expect(played.status('list')).toBe('done');
  });

  it('drops what its rows made here, unless somebody has worked on it', () => {
    const untouched = visited();
    ask(untouched, reopen('visit'));
    expect(untouched.status('measure:visit.1')).toBe('dropped');
    expect(lastTold(untouched, 'measure:visit.1')).toBe('undone');
    const done = visited();
    done.complete('measure:visit.1', { by: 'cadre-1' });
    ask(done, reopen('visit'));
    expect(done.status('measure:visit.1')).toBe('done');
    expect(done.audited('measure:visit.1')).toContain('taskStands');
  });

  it('has what its rows made elsewhere taken back there', () => {
    const played = visited();
    ask(played, reopen('visit'));
    expect(played.outbox.filter(({ kind }) => kind === 'command').at(-1)).toMatchObject({
      to: 'u/u2',
      command: { kind: 'despawn', source: { instance: 'h/1', task: 'visit', submission: 'c1' }, rows: 1 },
    });
  });

  it('makes its rows anew when it is done again, and keeps those that were worked on', () => {
    const played = visited();
    played.complete('measure:visit.1', { by: 'cadre-1' });
    ask(played, reopen('visit'));
    played.complete('visit', { rows: [row('measures', 1), row('measures', 2), row('findings', 1)] });
    expect([played.status('measure:visit.1'), played.status('measure:visit.2')]).toEqual(['done', 'open']);
    const spawned = played.outbox.flatMap((entry) =>
      entry.kind === 'command' && entry.command.kind === 'spawn' ? [entry.claim] : [],
    );
    expect(new Set(spawned).size).toBe(2);
  });

  it('is no longer settled for gates', () => {
    const played = visited();
    expect(played.effects.gates.at(-1)).toEqual({ gate: 'all-visited', settled: true });
    ask(played, reopen('visit'));
    expect(played.effects.gates.at(-1)).toEqual({ gate: 'all-visited', settled: false });
  });

  it('may have been missed; then it needs a deadline that lies ahead', () => {
    const played = new Played(build()).at('2020-10-17 00:00');
    expect(played.status('photo')).toBe('missed');
    expect(ask(played, reopen('photo', beijing('2020-10-16 12:00')))).toBe('DEADLINE_PAST');
    expect(ask(played, reopen('photo', endOf('2020-10-19')))).toBe('taken');
    expect(played.at('2020-10-19 12:00').status('photo')).toBe('open');
    expect(played.at('2020-10-20 00:00').status('photo')).toBe('missed');
  });

  it('may have been waived, also before it came up: then it waits again', () => {
    const played = new Played(build());
    ask(played, { kind: 'waive', task: 'list' });
    expect(ask(played, reopen('list'))).toBe('taken');
    expect(played.status('list')).toBe('waiting');
    ask(played, { kind: 'waive', task: 'visit' });
    expect(ask(played, reopen('visit'))).toBe('taken');
    expect([played.status('visit'), played.status('list')]).toEqual(['open', 'waiting']);
  });

  it('says with its rows how often its form was filled in again', () => {
    const played = visited();
    ask(played, reopen('visit'));
    played.complete('visit', { rows: [row('findings', 1)] });
    const sources = played.outbox.flatMap((entry) =>
      entry.kind === 'command' && entry.command.kind === 'spawn' ? [entry.command.source.reopened] : [],
    );
    expect(sources).toEqual([undefined, 1]);
  });
});

describe('what is not opened again', () => {
  it.each([
    ['a task that is not there', 'nothing', 'UNKNOWN_TASK'],
    ['a task that waits', 'list', 'NOT_OPEN_YET'],
    ['a task that is open', 'visit', 'CANNOT_REOPEN'],
  ])('is %s', (_what, key, code) => expect(ask(new Played(build()), reopen(key))).toBe(code));

  it('is a task oftener than the definition allows', () => {
    const played = new Played(build({ reopen: { by: ['office'], atMost: 1 } }));
    played.complete('check');
    expect(ask(played, reopen('check'))).toBe('taken');
    played.complete('check');
    expect(ask(played, reopen('check'))).toBe('TOO_OFTEN');
  });

  it('is one of several that was waived before it came up, once the next has had its turn', () => {
    const turns = task({ id: 'turn', opensAt: startOf('2020-10-20'), repeats: { kind: 'inTurn', times: 3 } });
    const rules = build();
    const played = new Played({ ...rules, tasks: [...rules.tasks, turns] });
    expect(ask(played, { kind: 'waive', task: 'turn' })).toBe('taken');
    expect(played.at('2020-10-20 00:00').status('turn.2')).toBe('open');
    expect(ask(played, reopen('turn'))).toBe('CANNOT_REOPEN');
  });

  it('is a task of an instance that is paused, until that goes on', () => {
    const played = new Played(build());
    played.complete('check');
    expect(ask(played, { kind: 'pause', cause: 'self' })).toBe('taken');
    expect(ask(played, reopen('check'))).toBe('PAUSED');
    expect(ask(played, { kind: 'resume', cause: 'self' })).toBe('taken');
    expect(ask(played, reopen('check'))).toBe('taken');
  });
});

describe('a form that whoever handed it in takes back', () => {
  const inReview = (): Played => {
    const played = new Played(build());
    played.complete('report');
    return played;
  };

  it('in review is open again as it was, and whoever reviewed it is told', () => {
    const played = inReview();
    expect(retract(played, 'report')).toBe('taken');
    expect(played.task('report')).toMatchObject({ status: 'open', submission: null, reviewer: null, deadlineRev: 0 });
    expect(played.messages.at(-1)).toMatchObject({ purpose: 'retracted', recipient: 'officer-1' });
  });

  it('may be handed in anew, which its reviewer is told too', () => {
    const played = inReview();
    retract(played, 'report');
    expect(played.complete('report')).toBe('inReview');
    const claims = claimsOf(played);
    expect(new Set(claims).size).toBe(claims.length);
    expect(lastTold(played, 'report')).toBe('toReview');
  });

  it('after it was accepted is taken back within the time of the definition, and no longer', () => {
    const within = visited().at('2020-10-13 23:59');
    expect(retract(within, 'visit')).toBe('taken');
    expect(within.snapshot.facts['outcome']).toBeNull();
    const late = visited().at('2020-10-14 00:01');
    expect(retract(late, 'visit')).toBe('TOO_LATE_TO_RETRACT');
  });

  it('after it was accepted is not, where the definition gives no time', () => {
    const played = inReview();
    played.accept('report');
    expect(retract(played, 'report')).toBe('TOO_LATE_TO_RETRACT');
  });

  it('after it was accepted is not while its instance is paused; in review it is', () => {
    const played = inReview();
    ask(played, { kind: 'pause', cause: 'self' });
    expect(retract(visitedAndPaused(), 'visit')).toBe('PAUSED');
    expect(retract(played, 'report')).toBe('taken');
  });

  it('is not once somebody has gone on from it', () => {
    const played = visited();
    played.complete('list');
    expect(retract(played, 'visit')).toBe('BUILT_UPON');
    const rows = visited();
    rows.complete('measure:visit.1', { by: 'cadre-1' });
    expect(retract(rows, 'visit')).toBe('BUILT_UPON');
  });

  it('is taken back by nobody else', () => {
    const played = inReview();
    expect(retract(played, 'report', 'cadre-2')).toBe('NO_AUTHORITY');
    expect(ask(played, { kind: 'retract', task: 'report', submission: 'c1' })).toBe('NO_AUTHORITY');
  });

  it('is the one that stands', () => {
    const played = inReview();
    const before = played.task('report').submission!;
    played.sendBack('report');
    expect(retract(played, 'report')).toBe('NOTHING_TO_RETRACT');
    played.complete('report');
    const old: Adjustment = { kind: 'retract', task: 'report', submission: before };
    expect(ask(played, old, { authority: 'holder', by: 'cadre-1' })).toBe('STALE_SUBMISSION');
  });
});

describe('a task that waited again after it had been opened again', () => {
  const tasks = [
    task({ id: 'first' }),
    task({ id: 'visit', after: ['first'], rows: [{ table: 'findings', task: 'finding', to: { column: 'union' } }] }),
    rowTask({ id: 'finding' }),
  ];
  const done = (played: Played, key: string): void => {
    expect(played.complete(key, key === 'visit' ? { rows: [row('findings', 1)] } : {})).toBe('done');
  };
  const again = (played: Played, key: string): void => expect(ask(played, reopen(key))).toBe('taken');
  /** Done twice, and open again for the second time; then what comes before it is done anew. */
  const waited = (adjustments: Program['adjustments'] = {}): Played => {
    const played = new Played({ ...program({ tasks }), adjustments });
    done(played, 'first');
    for (let times = 0; times < 2; times += 1) {
      done(played, 'visit');
      again(played, 'visit');
    }
    again(played, 'first');
    expect(played.status('visit')).toBe('waiting');
    done(played, 'first');
    return played;
  };

  it('makes its rows elsewhere as the later submission that it is', () => {
    const played = waited();
    done(played, 'visit');
    const there = new Played(program({ tasks }), { instance: 'u/u2', union: 'u2' });
    const sent = played.outbox.flatMap((entry) => (entry.kind === 'command' ? [entry.command] : []));
    expect(new Set(sent.map(({ id }) => id)).size).toBe(sent.length);
    for (const { id, by, ...command } of sent) there.send(command, { id, by });
    expect(there.status('finding:h-1.visit.1')).toBe('open');
    expect(there.snapshot).not.toHaveProperty('takenBack');
  });

  it('has been opened again as often as before, for what the definition allows', () => {
    const played = waited({ reopen: { by: ['office'], atMost: 2 } });
    done(played, 'visit');
    expect(ask(played, reopen('visit'))).toBe('TOO_OFTEN');
  });

  it('leaves nothing behind of its waiting once it is there', () => {
    const played = waited();
    expect(played.task('visit').reopened).toBe(2);
    expect(played.snapshot).not.toHaveProperty('reopenings');
  });

  it('nor does a task of a row, which was dropped and begun anew, count from the beginning', () => {
    const played = new Played(program({ tasks }));
    const source = { instance: 'u/u2', task: 'sweep', submission: 's1' };
    played.spawn('finding', { holder: 'cadre-1' });
    const key = 'finding:u-u2.sweep.1';
    done(played, key);
    again(played, key);
    played.send({ kind: 'despawn', source, rows: 1 });
    expect(played.status(key)).toBe('dropped');
    played.send({
      ...{ kind: 'spawn', template: 'finding', key, due: '2020-11-10', holder: 'cadre-1' },
      source: { ...source, submission: 's2', row: 1, reopened: 1 },
    });
    expect(played.task(key)).toMatchObject({ status: 'open', reopened: 1 });
  });
});

describe('a household that left by mistake', () => {
  const leaving = (): Played => {
    const tasks = [
      task({ id: 'exit', outcomes: [{ set: {}, withdraw: true }] }),
      task({ id: 'visit' }),
      task({ id: 'later', phase: 'second', opensAt: startOf('2020-10-26') }),
    ];
    const played = new Played(program({ tasks }));
    played.complete('exit');
    expect([played.status('visit'), played.snapshot.withdrawnAt]).toEqual(['dropped', played.now]);
    return played;
  };

  it('takes part again, with the work that was dropped, once that is undone', () => {
    const played = leaving();
    expect(ask(played, reopen('exit'))).toBe('taken');
    expect(played.snapshot).not.toHaveProperty('withdrawnAt');
    expect([played.status('exit'), played.status('visit')]).toEqual(['open', 'open']);
    expect(played.at('2020-10-26 00:00').status('later')).toBe('open');
  });

  it('has nothing else opened again before', () => {
    const played = new Played(
      program({ tasks: [task({ id: 'visit' }), task({ id: 'exit', outcomes: [{ set: {}, withdraw: true }] })] }),
    );
    played.complete('visit');
    played.complete('exit');
    expect(ask(played, reopen('visit'))).toBe('WITHDRAWN');
  });
});

describe('what was asked for again', () => {
  const tasks = [task({ id: 'visit' }), task({ id: 'relapse', outcomes: [{ set: {}, again: ['visit'] }] })];

  it('is not wanted any more when that is undone, unless somebody has worked on it', () => {
    for (const worked of [false, true]) {
      const played = new Played(program({ tasks }));
      played.complete('visit');
      played.complete('relapse');
      expect(played.status('visit.2')).toBe('open');
      if (worked) played.complete('visit.2');
      ask(played, reopen('relapse'));
      expect(played.status('visit.2')).toBe(worked ? 'done' : 'waiting');
    }
  });
});
