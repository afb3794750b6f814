/** A register that is other than that of a run which goes on: shown first, then done on the real engine, item by item. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApplyRegisterRequest, RegisterResult } from '../../client/apply-register.ts';
import type { RegisterRequest } from '../../client/register.ts';
import { advanceRun } from '../../client/stepping.ts';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import type { Roster } from '../../model/roster.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import { findAudit } from '../../store/audit.ts';
import { findInstances } from '../../store/instances.ts';
import { findPerson } from '../../store/register.ts';
import { findSubmission } from '../../store/submissions.ts';
import { findTask, findTasks } from '../../store/tasks.ts';
import { snapshotOf, stateOf } from '../running/books.ts';
import { codeOf } from '../running/code-of.ts';
import { MONDAY_MORNING, OPENS, OVER } from '../running/drill.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';
import { handIn } from '../running/people.ts';

const ROOT = join(import.meta.dirname, '../..');
const compiled = compileDefinition(
  readDefinition(join(ROOT, 'test/running/gated'), { calendars: join(ROOT, 'definitions/calendars') }),
);
if ('issues' in compiled) throw new Error(JSON.stringify(compiled.issues));

/** Three unions: h-001, h-004 and h-007 are of the first, h-002 and h-005 of the second, h-003 and h-006 of the third. */
const ALL = createSampleRoster({ seed: 7, unions: 3, households: 7, earlier: 0 });
const only = (roster: Roster, keeps: (row: { readonly id: string; readonly union?: string }) => boolean): Roster => ({
  unions: roster.unions.filter(keeps),
  people: roster.people.filter(keeps),
  households: roster.households.filter(keeps),
});
/** Without the third union, and without the last household of the first. */
const START = only(ALL, ({ id, union }) => ![id, union].includes('union-03') && id !== 'h-007');
/** `officer-9` in the post of `union-02-officer-1`. */
const replaced = (roster: Roster): Roster => ({
  ...roster,
  people: roster.people.map((row) => (row.id === 'union-02-officer-1' ? { ...row, id: 'officer-9' } : row)),
});

let engine: Engine;
let hands = 0;

async function begin(run: string): Promise<void> {
  const clock = { kind: 'stepped', anchor: OPENS - 86_400_000 } as const;
  await engine.client.start({ compiled: compiled as never, roster: START, run, clock, author: 'operator' });
  await settle(run);
}
const settle = (run: string): Promise<void> => advanceRun(engine.client.room, { run, to: MONDAY_MORNING });
async function finish(run: string, ...tasks: readonly string[]): Promise<void> {
  for (const task of tasks) {
    await handIn(engine.client, { run, task, id: `${run}-${(hands += 1)}` });
    await settle(run);
  }
}
async function apply(run: string, roster: Roster, more: Partial<ApplyRegisterRequest> = {}): Promise<readonly RegisterResult[]> {
  const { results } = await engine.client.applyRegister({ run, roster, reason: '示例：十一月名册', ...more });
  await settle(run);
  return results;
}
const told = (results: readonly { kind: string; id: string; state?: string; code?: string | null }[]): readonly string[] =>
  results.map(({ kind, id, state, code }) => [kind, id, state, code].filter((word) => typeof word === 'string').join(' '));
const linesOf = async (request: RegisterRequest): Promise<readonly string[]> =>
  told((await engine.client.compareRegister(request)).entries);
const statusOf = async (run: string, instance: string, key: string): Promise<string> =>
  (await findTask(engine.pool, { run, instance, key }))?.status ?? 'waiting';

beforeAll(async () => {
  engine = await openEngine();
}, 60_000);
afterAll(() => engine?.close());

describe('a register with more in it', () => {
  const run = newRunId();
  beforeAll(async () => {
    await begin(run);
    await finish(run, 'c/kick-off', 'u/union-01/scheme', 'h/h-001/visit', 'h/h-004/visit', 'u/union-01/report');
  }, 60_000);

  it('is compared with that of the run, and nothing is changed by that', async () => {
    const before = await stateOf(engine, run);
    const lines = await linesOf({ run, roster: ALL });
    expect(lines.slice(0, 7).at(-1)).toBe('union-new union-03');
    expect(lines.filter((line) => line.startsWith('household'))).toEqual([
      'household-new h-003',
      'household-new h-006',
      'household-new h-007',
    ]);
    expect(await linesOf({ run, roster: START })).toEqual([]);
    expect(await stateOf(engine, run)).toEqual(before);
  });

  it('puts everybody into the run who is new, and tells of each', async () => {
    const { hash } = await engine.client.compareRegister({ run, roster: ALL });
    const heard: string[] = [];
    const results = await apply(run, ALL, {
      expect: hash,
      onResult: ({ id }, { done, of }) => heard.push(`${id} ${done}/${of}`),
    });
    expect(new Set(results.map(({ state }) => state))).toEqual(new Set(['done']));
    expect(heard).toHaveLength(results.length);
    expect(heard.at(-1)).toMatch(`${results.length}/${results.length}`);
    expect(await linesOf({ run, roster: ALL })).toEqual([]);
  });

  it('has their tasks come up, and those of the new union', async () => {
    expect(await statusOf(run, 'h/h-007', 'visit')).toBe('open');
    expect((await findTask(engine.pool, { run, instance: 'h/h-007', key: 'visit' }))!.holder).toMatch(/^union-01-officer/);
    expect(await statusOf(run, 'u/union-03', 'scheme')).toBe('open');
    await finish(run, 'u/union-03/scheme');
    expect([await statusOf(run, 'h/h-003', 'visit'), await statusOf(run, 'h/h-006', 'visit')]).toEqual(['open', 'open']);
  });

  it('has gates wait for them, which were counted before', async () => {
    const levelOf = async (instance: string, gate: string) => (await snapshotOf(engine, { run, instance })).gates[gate];
    expect(await levelOf('c', 'sum-up')).toMatchObject({ done: 1, total: 3 });
    expect(await levelOf('u/union-01', 'report')).toMatchObject({ done: 2, total: 3 });
    await finish(run, 'h/h-007/visit', 'h/h-003/visit', 'h/h-006/visit', 'u/union-03/report');
    expect(await levelOf('u/union-03', 'report')).toMatchObject({ done: 2, total: 2 });
    expect(await levelOf('c', 'sum-up')).toMatchObject({ done: 2, total: 3 });
  });

  it('stands in the audit, with who did it, under which right and why, and nothing personal', async () => {
    const trail = await findAudit(engine.pool, { run, instance: 'h/h-007', limit: 100 });
    expect(trail[0]).toMatchObject({
      kind: 'householdAdmitted',
      actor: 'office-1',
      detail: { union: 'union-01', authority: 'office' },
      void: false,
    });
    const { sealer } = engine.client.room;
    const reason = await findSubmission(engine.pool, { run, id: trail[0]!.command! }, sealer);
    expect(reason).toMatchObject({ kind: 'reason', content: '示例：十一月名册' });
    const people = (await findAudit(engine.pool, { run, instance: 'c', limit: 100 })).filter(
      ({ kind }) => kind === 'personAdmitted',
    );
    expect(people.map(({ detail }) => detail!['person'])).toContain('union-03-head');
    expect(JSON.stringify([trail, people])).not.toMatch(/示例/);
  });

  it('has the words of reasons in the audit for whoever asks for them, and for nobody else', async () => {
    const wordsOf = async (filter: { words?: boolean }) =>
      (await engine.client.audit(run, { household: 'h-007', limit: 100, ...filter })).rows.map(({ words }) => words);
    expect((await wordsOf({ words: true }))[0]).toBe('示例：十一月名册');
    expect(new Set(await wordsOf({}))).toEqual(new Set([null]));
  });

  it('leaves the books balanced', async () =>
    expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true, discrepancies: [] }));
});

describe('a register with others in it', () => {
  const run = newRunId();
  beforeAll(async () => {
    await begin(run);
    await finish(run, 'c/kick-off', 'u/union-02/scheme');
  }, 60_000);

  it('hands the post and the work of whoever left to whoever has it now', async () => {
    const roster = replaced(START);
    const results = await apply(run, roster);
    expect(told(results)).toEqual(['post-taken union-02-officer-1 done']);
    expect(await findPerson(engine.pool, { run, id: 'officer-9' }, engine.client.room.sealer)).toMatchObject({
      role: 'union-officer',
    });
    expect((await findTask(engine.pool, { run, instance: 'h/h-002', key: 'visit' }))!.holder).toBe('officer-9');
    expect((await snapshotOf(engine, { run, instance: 'u/union-02' })).roles['union-officer']).toBe('officer-9');
    expect(await linesOf({ run, roster })).toEqual([]);
  });

  it('gives no say to whoever has left', async () =>
    expect(await codeOf(engine.client.compareRegister({ run, roster: START, person: 'union-02-officer-1' }))).toBe(
      'UNKNOWN_PERSON',
    ));

  it('has telephones written down and households moved, and tells what of them is other', async () => {
    const { sealer } = engine.client.room;
    const roster: Roster = {
      ...replaced(START),
      people: replaced(START).people.map((row) => (row.id === 'union-01-head' ? { ...row, phone: '10099999999' } : row)),
      households: START.households.map((row) => (row.id === 'h-001' ? { ...row, union: 'union-02', phone: '' } : row)),
    };
    expect(told(await apply(run, roster))).toEqual([
      'person-details union-01-head done',
      'household-moved h-001 done',
      'household-details h-001 left DETAILS_CHANGED',
    ]);
    expect(await findPerson(engine.pool, { run, id: 'union-01-head' }, sealer)).toMatchObject({ phone: '10099999999' });
    expect((await snapshotOf(engine, { run, instance: 'h/h-001' })).union).toBe('union-02');
    expect((await findTask(engine.pool, { run, instance: 'h/h-001', key: 'visit' }))!.holder).toBe('officer-9');
  });

  it('has nobody leave unless that is said, and then whoever is not in it', async () => {
    const roster = only(replaced(START), ({ id, union }) => ![id, union].includes('union-02') && id !== 'h-004');
    const stay = await apply(run, roster);
    expect(new Set(stay.filter(({ kind }) => kind.endsWith('gone')).map(({ code }) => code))).toEqual(
      new Set(['GONE_FROM_FILE']),
    );
    const { hash } = await engine.client.compareRegister({ run, roster });
    expect(await codeOf(apply(run, roster, { withdrawGone: true, expect: hash }))).toBe('STATE_MOVED');
    const gone = (await apply(run, roster, { withdrawGone: true })).filter(({ kind }) => kind.endsWith('gone'));
    expect(new Set(gone.map(({ state }) => state))).toEqual(new Set(['done']));
    const out = await findInstances(engine.pool, { run, limit: 100 });
    expect(out.filter(({ withdrawnAt }) => withdrawnAt !== null).map(({ instance }) => instance)).toEqual([
      'h/h-002',
      'h/h-004',
      'h/h-005',
      'u/union-02',
    ]);
    expect((await linesOf({ run, roster, withdrawGone: true })).filter((line) => line.includes('gone'))).toEqual([]);
  });

  it('says who has work still, and lets nobody go who has', async () => {
    const roster = only(replaced(START), ({ id, union }) => ![id, union].includes('union-02') && id !== 'office-1');
    const [left] = (await apply(run, roster, { withdrawGone: true })).filter(({ id }) => id === 'office-1');
    expect(left).toMatchObject({ kind: 'person-gone', state: 'left', code: 'STILL_HAS_WORK' });
  });

  it('tells how many have left and are in it again, and leaves them away', async () => {
    const { away } = await engine.client.compareRegister({ run, roster: replaced(START) });
    expect(away).toBe(3);
  });

  it('leaves the books balanced', async () =>
    expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true, discrepancies: [] }));
});

describe('what was interrupted', () => {
  const [whole, broken] = [newRunId(), newRunId()];
  const gone = replaced(only(ALL, ({ id }) => id !== 'h-004'));
  /** One is new, one has gone, and one is of the new union now. */
  const roster: Roster = {
    ...gone,
    households: gone.households.map((row) => (row.id === 'h-005' ? { ...row, union: 'union-03' } : row)),
  };
  /** All that people see of a run, whatever it is called and however often it was begun. */
  const endOf = async (run: string): Promise<unknown> => ({
    instances: (await findInstances(engine.pool, { run, limit: 100 })).map(
      ({ instance, union, status, facts, roles, withdrawnAt }) => ({
        ...{ instance, union, status, facts, roles },
        away: withdrawnAt !== null,
      }),
    ),
    tasks: (await findTasks(engine.pool, { run, limit: 1_000 })).map(({ instance, key, status, holder, deadline }) => ({
      ...{ instance, key, status, holder, deadline },
    })),
    people: (
      await engine.pool.query('select id, role, left_at is not null as left from people where run_id = $1 order by id', [run])
    ).rows,
    revisions: (await engine.pool.query("select count(*) as n from revisions where run_id = $1 and kind = 'adjust'", [run])).rows,
  });

  it('comes to the same when it is begun again, and does nothing twice', async () => {
    for (const run of [whole, broken]) {
      await begin(run);
      await finish(run, 'c/kick-off', 'u/union-02/scheme');
    }
    await apply(whole, roster, { withdrawGone: true });
    const { hash } = await engine.client.compareRegister({ run: broken, roster, withdrawGone: true });
    let times = 0;
    for (const after of [1, 4, 3, 2]) {
      const stop = new AbortController();
      const onResult = (_result: RegisterResult, { done }: { done: number }): void => {
        if (done === after) stop.abort();
      };
      const results = await apply(broken, roster, { withdrawGone: true, onResult, signal: stop.signal });
      if (results.some(({ state }) => state === 'open')) times += 1;
    }
    expect(times).toBeGreaterThan(2);
    expect(await codeOf(apply(broken, roster, { withdrawGone: true, expect: hash }))).toBe('STATE_MOVED');
    await apply(broken, roster, { withdrawGone: true });
    expect(await endOf(broken)).toEqual(await endOf(whole));
    expect(await engine.client.verify(broken, { repair: false })).toMatchObject({ clean: true, discrepancies: [] });
  }, 60_000);

  it('has two who do it at once come to the same as one', async () => {
    const [run, more] = [newRunId(), { withdrawGone: true, reason: '示例' }];
    await begin(run);
    await finish(run, 'c/kick-off', 'u/union-02/scheme');
    await Promise.all([1, 2].map(() => engine.client.applyRegister({ run, roster: only(roster, () => true), ...more })));
    await settle(run);
    const { revisions: _made, ...end } = (await endOf(run)) as Record<string, unknown>;
    const { revisions: _once, ...once } = (await endOf(whole)) as Record<string, unknown>;
    expect(end).toEqual(once);
  }, 60_000);
});

describe('it is refused', () => {
  const run = newRunId();
  beforeAll(() => begin(run), 60_000);
  const part: Roster = { unions: [], people: [], households: ALL.households.filter(({ id }) => id === 'h-007') };

  it.each([
    ['of a run that there is not', { run: 'nowhere' }, 'UNKNOWN_RUN'],
    ['by somebody whom the register does not know', { person: 'nobody' }, 'UNKNOWN_PERSON'],
    ['by whom has no right to it', { person: 'union-01-head' }, 'NO_AUTHORITY'],
    ['of another difference than the one agreed to', { expect: 'abc' }, 'STATE_MOVED'],
    ['without a reason', { reason: ' ' }, 'REASON_REQUIRED'],
  ])('%s, and nothing is changed', async (_of, more, code) => {
    const before = await stateOf(engine, run);
    expect(await codeOf(engine.client.applyRegister({ run, roster: part, onlyNew: true, reason: '示例', ...more }))).toBe(code);
    expect(await stateOf(engine, run)).toEqual(before);
  });

  it('for one item alone, whose person is on file under another id', async () => {
    const twice = { ...part, households: [{ ...START.households[0]!, id: 'h-900' }, ...part.households] };
    expect(told(await apply(run, twice, { onlyNew: true }))).toEqual([
      'household-new h-007 done',
      'household-new h-900 left HOUSEHOLD_ON_FILE',
    ]);
  });

  it('of a run that is closed', async () => {
    await advanceRun(engine.client.room, { run, to: OVER });
    await expect.poll(async () => (await engine.client.status(run)).status, { timeout: 20_000 }).toBe('closed');
    expect(await codeOf(engine.client.compareRegister({ run, roster: ALL }))).toBe('RUN_CLOSED');
  }, 40_000);
});
