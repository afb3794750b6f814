/** The books: whatever sets the two stores apart is found, and what history can mend is mended without saying anything twice. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { advanceRun } from '../../client/stepping.ts';
import { composeFlush } from '../../engine/flush-rows.ts';
import { NO_EFFECTS } from '../../engine/draft.ts';
import type { OutboxMessage } from '../../model/flush.ts';
import { withClient } from '../../platform/database.ts';
import { findFlushMark } from '../../store/books.ts';
import { confirmFlushes } from '../../store/confirm.ts';
import { writeFlush } from '../../store/flush.ts';
import { migrate } from '../../store/migrate.ts';
import { findTask } from '../../store/tasks.ts';
import { createTestDatabase, getWrittenColumns, type TestDatabase } from '../database.ts';
import { atRest, deliveredClaims, dumpTables, snapshotOf } from '../running/books.ts';
import { drill, MONDAY_MORNING, OVER, SECOND_PHASE, steppedDrill } from '../running/drill.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';
import { accept, handIn } from '../running/people.ts';
import { until } from '../running/until.ts';

let database: TestDatabase;
let engine: Engine;

beforeAll(async () => {
  database = await createTestDatabase({ migrate });
  engine = await openEngine({ servers: { address: inject('temporalAddress'), urls: database } });
});
afterAll(async () => {
  await engine?.close();
  await database?.drop();
});

const verify = (run: string, repair = false) => engine.client.verify(run, { repair });
const balanced = { clean: true, discrepancies: [] };
const asSuperuser = (text: string, values: readonly unknown[] = []) =>
  withClient(database.adminUrl, (client) => client.query(text, [...values]));

async function startAt(at: number): Promise<string> {
  const run = newRunId();
  await engine.client.start(steppedDrill(run));
  await advanceRun(engine.client.room, { run, to: at });
  await atRest(engine, run);
  return run;
}

let copies = 0;
/** What Postgres holds of a run, to be put back later as from a backup; triggers and row-level security stand aside for a restore. */
async function backUp(run: string): Promise<() => Promise<void>> {
  const tables = Object.keys(await dumpTables(engine.pool)).filter((name) => name !== 'plans' && name !== 'runs');
  const copy = `copy_${(copies += 1)}`;
  await asSuperuser(`create schema ${copy}`);
  for (const table of tables)
    await asSuperuser(`create table ${copy}.${table} as select * from ${table} where run_id = $1`, [run]);
  return () =>
    withClient(database.adminUrl, async (client) => {
      await client.query('begin');
      await client.query('set local session_replication_role = replica');
      for (const table of tables) {
        const columns = await getWrittenColumns(database.adminUrl, table);
        await client.query(`delete from ${table} where run_id = $1`, [run]);
        await client.query(`insert into ${table} (${columns}) overriding system value select ${columns} from ${copy}.${table}`);
      }
      await client.query('commit');
    });
}

/** Writes a flush that no history holds: the photograph handed in, and a message about it. */
async function getAhead(run: string): Promise<{ number: number; digest: string; claim: string }> {
  const instance = 'h/h-001';
  const snapshot = await snapshotOf(engine, { run, instance });
  const mark = (await findFlushMark(engine.pool, { run, instance }))!;
  const photo = { ...snapshot.tasks['photo']!, status: 'done' as const, settledAt: snapshot.advancedTo };
  const message: OutboxMessage = {
    kind: 'message',
    ...{
      claim: 'h/h-001|photo|made-up',
      at: snapshot.advancedTo,
      cause: 'update',
      purpose: 'opened',
      recipient: 'office-1',
      role: 'office',
    },
    ...{ passedOver: [], task: 'photo', template: 'photo', deadline: photo.deadline },
  };
  const flush = composeFlush(drill.programs.household, {
    snapshot: { ...snapshot, tasks: { ...snapshot.tasks, photo }, seq: snapshot.seq + 1 },
    effects: { ...NO_EFFECTS, tasks: ['photo'], outbox: [message] },
    number: mark.number + 1,
    previous: mark.digest!,
    full: false,
  });
  await writeFlush(engine.pool, flush);
  return { number: flush.number, digest: flush.digest, claim: message.claim };
}

describe('books at rest', () => {
  it('balance', async () => {
    const run = await startAt(MONDAY_MORNING);
    expect(await verify(run)).toMatchObject({ instances: 5, ...balanced });
  });
});

describe('a run that closed with work undone', () => {
  it('has balanced books, the gates that this settled included', async () => {
    const run = await startAt(SECOND_PHASE);
    await advanceRun(engine.client.room, { run, to: OVER + 20 * 86_400_000 });
    await until('the run is closed', async () => (await engine.client.status(run)).status === 'closed');
    await engine.client.close();
    expect(await verify(run)).toMatchObject(balanced);
  });
});

describe('Postgres put back to an earlier instant', () => {
  const instance = 'h/h-001';
  let run: string;
  beforeAll(async () => {
    run = await startAt(MONDAY_MORNING);
    const putBack = await backUp(run);
    await handIn(engine.client, { run, task: 'h/h-001/visit', id: 'visit-1' });
    await atRest(engine, run);
    await putBack();
  });

  it('is found', async () => {
    const { clean, discrepancies } = await verify(run);
    expect(clean).toBe(false);
    expect(discrepancies).toMatchObject([{ kind: 'instance', place: `${run}/${instance}`, repaired: false }]);
  });

  it('is mended from the history, and nothing is said again', async () => {
    const said = deliveredClaims(engine, run);
    expect(await verify(run, true)).toMatchObject({
      clean: true,
      discrepancies: [{ place: `${run}/${instance}`, repaired: true }],
    });
    await atRest(engine, run);
    expect(await verify(run)).toMatchObject(balanced);
    expect(await findTask(engine.pool, { run, instance, key: 'visit' })).toMatchObject({ status: 'done', decidedBy: 'visit-1' });
    expect(await findTask(engine.pool, { run, instance, key: 'list' })).toMatchObject({ status: 'open' });
    expect(deliveredClaims(engine, run)).toEqual(said);
  });

  it('mends itself, too, when the instance next has something to write', async () => {
    const putBack = await backUp(run);
    await handIn(engine.client, { run, task: 'h/h-001/list', id: 'list-1' });
    await atRest(engine, run);
    await putBack();
    await handIn(engine.client, { run, task: 'h/h-001/photo', id: 'photo-1' });
    await atRest(engine, run);
    expect(await verify(run)).toMatchObject(balanced);
    expect(await findTask(engine.pool, { run, instance, key: 'list' })).toMatchObject({
      status: 'inReview',
      submission: 'list-1',
    });
  });
});

describe('Postgres ahead of the history', () => {
  const instance = 'h/h-001';

  it('is found and mended, and what it alone holds is not sent', async () => {
    const run = await startAt(MONDAY_MORNING);
    const { claim } = await getAhead(run);
    expect((await verify(run)).discrepancies).toMatchObject([{ kind: 'instance', place: `${run}/${instance}` }]);
    expect(await verify(run, true)).toMatchObject({ clean: true });
    await atRest(engine, run);
    expect(await verify(run)).toMatchObject(balanced);
    expect(await findTask(engine.pool, { run, instance, key: 'photo' })).toMatchObject({ status: 'open' });
    expect(deliveredClaims(engine, run)).not.toContain(claim);
  });

  it('is found and mended when the instance cannot write for it', async () => {
    const run = await startAt(MONDAY_MORNING);
    const ahead = await getAhead(run);
    await confirmFlushes(engine.pool, [{ run, instance, ...ahead }]);
    const visit = { run, task: 'h/h-001/visit', id: 'visit-1' };
    await expect(handIn(engine.client, visit)).rejects.toMatchObject({ code: 'NOT_YET_DURABLE' });
    expect((await verify(run)).discrepancies).toMatchObject([{ kind: 'instance', place: `${run}/${instance}` }]);
    expect(await verify(run, true)).toMatchObject({ clean: true });
    expect(await handIn(engine.client, visit)).toMatchObject({ status: 'done' });
    await atRest(engine, run);
    expect(await verify(run)).toMatchObject(balanced);
  });
});

describe('a message that failed for good', () => {
  it('is found, and sent after all', async () => {
    const run = await startAt(MONDAY_MORNING);
    const { rows } = await engine.pool.query<{ claim: string }>(
      `update outbox set state = 'failed' where id = (select min(id) from outbox where run_id = $1) returning claim`,
      [run],
    );
    expect((await verify(run)).discrepancies).toMatchObject([{ kind: 'outbox', found: '1 failed rows' }]);
    expect(await verify(run, true)).toMatchObject({ clean: true });
    await atRest(engine, run);
    expect(await verify(run)).toMatchObject(balanced);
    expect(deliveredClaims(engine, run).filter((claim) => claim === rows[0]!.claim)).toHaveLength(1);
  });
});

describe('a gate', () => {
  const report = async (run: string, union: string) => {
    await handIn(engine.client, { run, task: `u/${union}/report`, id: `report-${union}` });
    await accept(engine.client, { run, task: `u/${union}/report`, id: `accept-${union}` });
    await atRest(engine, run);
  };

  it('whose count is not that of its rows is found and counted again', async () => {
    const run = await startAt(SECOND_PHASE);
    await report(run, 'union-01');
    await engine.pool.query('update gates set done = 2 where run_id = $1', [run]);
    expect((await verify(run)).discrepancies).toMatchObject([{ kind: 'gate' }]);
    expect(await verify(run, true)).toMatchObject({ clean: true });
    await atRest(engine, run);
    expect(await verify(run)).toMatchObject(balanced);
  });

  it('opens though Postgres was put back behind what the campaign has heard of it', async () => {
    const run = await startAt(SECOND_PHASE);
    const putBack = await backUp(run);
    await report(run, 'union-01');
    for (const version of [2, 3]) {
      await engine.pool.query('update gate_items set changed = true where run_id = $1', [run]);
      await until(
        'the gate is told again',
        async () => (await snapshotOf(engine, { run, instance: 'c' })).gates['circular']?.version === version,
      );
    }
    await putBack();
    await until('the books are mended', async () => (await verify(run, true)).clean);
    await atRest(engine, run);
    expect(await verify(run)).toMatchObject(balanced);
    expect((await snapshotOf(engine, { run, instance: 'c' })).gates['circular']).toMatchObject({
      done: 1,
      total: 2,
      openedAt: null,
    });
    await report(run, 'union-02');
    await until(
      'the circular opens',
      async () => (await findTask(engine.pool, { run, instance: 'c', key: 'circular' }))?.status === 'open',
    );
  });
});

describe('what cannot be mended', () => {
  it('is found: a workflow that somebody ended', async () => {
    const run = await startAt(MONDAY_MORNING);
    await engine.temporal.workflow.getHandle(`${run}/h/h-002`).terminate('by hand');
    expect(await verify(run, true)).toMatchObject({
      clean: false,
      discrepancies: [{ kind: 'instance', place: `${run}/h/h-002`, repaired: false }],
    });
  });

  it('is found: a row missing from the audit trail', async () => {
    const run = await startAt(MONDAY_MORNING);
    await withClient(database.adminUrl, async (client) => {
      await client.query('set session_replication_role = replica');
      await client.query(`delete from audit where run_id = $1 and instance = 'h/h-002' and seq = 2`, [run]);
    });
    expect(await verify(run, true)).toMatchObject({
      clean: false,
      discrepancies: [{ kind: 'audit', place: `${run}/h/h-002`, repaired: false }],
    });
  });
});
