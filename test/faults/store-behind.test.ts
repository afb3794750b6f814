/** Postgres goes away and comes back: nobody is kept waiting for long, nothing accepted is lost, and asking again is always safe. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { advanceRun } from '../../client/stepping.ts';
import { type PostgresServer, startPostgres } from '../../platform/postgres.ts';
import { findAudit } from '../../store/audit.ts';
import { migrate } from '../../store/migrate.ts';
import { findTask } from '../../store/tasks.ts';
import { atRest } from '../running/books.ts';
import { MONDAY_MORNING, OPENS, steppedDrill } from '../running/drill.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';
import { handIn } from '../running/people.ts';
import { until } from '../running/until.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';

const run = newRunId();
const directory = makeTemporaryDirectory();
let postgres: PostgresServer;
let engine: Engine;
let holder: string;

const start = (port: number) => startPostgres({ dataDir: directory, port, settings: { fsync: 'off' } });
/** To the instance, past what the client would first look up in Postgres. */
const send = (id: string, body: object) =>
  engine.client.room.sender.send({ run, instance: 'h/h-001', id, by: { person: holder, via: 'cli' }, body: body as never });
const photo = () =>
  send('photo-1', { kind: 'complete', task: 'photo', submission: 'photo-1', facts: {}, rows: [], lateReason: false });
const unavailable = (code: string) => ({ name: 'Unavailable', code, remedy: expect.stringMatching(/again/) });

beforeAll(async () => {
  postgres = await start(0);
  await migrate(postgres.ownerUrl);
  engine = await openEngine({ servers: { address: inject('temporalAddress'), urls: postgres } });
  await engine.client.start(steppedDrill(run));
  await advanceRun(engine.client.room, { run, to: MONDAY_MORNING });
  holder = (await engine.client.tasks(run, { household: 'h-001', limit: 1 }))[0]!.holder!;
  await atRest(engine, run);
});
afterAll(async () => {
  await engine?.close();
  await postgres?.stop();
  rmSync(directory, { recursive: true, force: true });
});

describe('while Postgres is away', () => {
  beforeAll(() => postgres.stop());

  it('a command accepted before anybody noticed is answered as not yet durable, before its caller gives up', async () => {
    await expect(photo()).rejects.toMatchObject(unavailable('NOT_YET_DURABLE'));
  });

  it('a new command is refused at once, and writes no history', async () => {
    const handle = engine.temporal.workflow.getHandle(`${run}/h/h-001`);
    const { historyLength } = await handle.describe();
    await expect(send('list-1', { kind: 'roll' })).rejects.toMatchObject(unavailable('STORE_BEHIND'));
    expect((await handle.describe()).historyLength).toBe(historyLength);
  });

  it('whatever the client must look up first is answered in the same words', async () => {
    const completion = { run, task: 'h/h-001/visit', answers: {}, via: 'cli' } as const;
    await expect(engine.client.complete(completion)).rejects.toMatchObject(unavailable('STORE_BEHIND'));
    await expect(engine.client.status(run)).rejects.toMatchObject(unavailable('STORE_BEHIND'));
  });

  it('the accepted command asked again is still not called done', async () => {
    await expect(photo()).rejects.toMatchObject(unavailable('NOT_YET_DURABLE'));
  });
});

describe('when Postgres is back', () => {
  beforeAll(async () => {
    postgres = await start(postgres.port);
  });

  it('the accepted command asked again under its id gets its answer', async () => {
    const answer = await until('the flush is written', () =>
      photo().catch((failure: { code?: string }) => (failure.code === 'NOT_YET_DURABLE' ? undefined : Promise.reject(failure))),
    );
    expect(answer).toMatchObject({ command: 'photo-1', task: 'photo', status: 'done', at: OPENS });
    expect(await findTask(engine.pool, { run, instance: 'h/h-001', key: 'photo' })).toMatchObject({
      status: 'done',
      decidedBy: 'photo-1',
    });
  });

  it('it was taken once', async () => {
    const trail = await findAudit(engine.pool, { run, instance: 'h/h-001', limit: 1_000 });
    expect(trail.filter(({ command }) => command === 'photo-1').map(({ kind }) => kind)).toEqual(['taskSubmitted', 'taskDone']);
  });

  it('new commands are taken again', async () => {
    expect(await handIn(engine.client, { run, task: 'h/h-001/visit', id: 'visit-1' })).toMatchObject({ status: 'done' });
  });

  it('the books balance once everything has come to rest', async () => {
    await atRest(engine, run);
    expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true, discrepancies: [] });
  });

  it('one bell hangs, not two', async () => {
    const count = async () =>
      (await engine.pool.query(`select from pg_stat_activity where application_name = 'shigeyi-bell'`)).rowCount;
    await expect.poll(count, { timeout: 20_000 }).toBe(1);
  });
});
