/** Anchors of the audit are made by the worker's rounds, and the last one when a run closes. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { advanceRun } from '../../client/stepping.ts';
import { withClient } from '../../platform/database.ts';
import { findAnchors } from '../../store/anchors.ts';
import { migrate } from '../../store/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { atRest } from '../running/books.ts';
import { OVER, steppedDrill } from '../running/drill.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';
import { until } from '../running/until.ts';

const run = newRunId();
let database: TestDatabase;
let engine: Engine;
beforeAll(async () => {
  database = await createTestDatabase({ migrate });
  engine = await openEngine({ servers: { address: inject('temporalAddress'), urls: database }, host: false });
  await engine.client.start(steppedDrill(run));
  await withClient(database.adminUrl, (superuser) =>
    superuser.query(`update runs set created_at = now() - interval '61 minutes'`),
  );
  await Promise.all([engine.startHost(), engine.startHost()]);
});
afterAll(async () => {
  await engine?.close();
  await database?.drop();
});

const anchors = async () => (await findAnchors(engine.pool, { run, limit: 10 })).map(({ text }) => JSON.parse(text) as object);

describe('a run that workers serve', () => {
  it('gets an anchor once it is an hour old, from one of them', async () => {
    await until('there is an anchor', async () => (await anchors()).length > 0);
    expect(await anchors()).toMatchObject([{ number: 1, reason: 'hourly' }]);
  });

  it('gets its last one when it closes, over every row there is', async () => {
    await advanceRun(engine.client.room, { run, to: OVER + 20 * 86_400_000 });
    await until('the run is closed', async () => (await engine.client.status(run)).status === 'closed');
    await atRest(engine, run);
    const { rows } = await engine.pool.query<{ rows: number }>('select count(*) as rows from audit where run_id = $1', [run]);
    expect(await anchors()).toMatchObject([{ reason: 'hourly' }, { reason: 'closing', instances: 5, rows: rows[0]!.rows }]);
  });
});
