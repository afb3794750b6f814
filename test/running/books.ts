/** What the two stores hold of a run, for tests that compare before with after. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { workflowIdOf } from '../../client/workflow-ids.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { campaignNow } from '../../model/campaign-now.ts';
import { findFlushMarks, findUnsettled } from '../../store/books.ts';
import { getRun } from '../../store/runs.ts';
import type { Engine } from './engine.ts';
import { until } from './until.ts';

export type Table = Readonly<Record<string, unknown>>[];

/** Every row of every table of the database, in a fixed order. */
export async function dumpTables(pool: Pool): Promise<Record<string, Table>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_name <> 'migrations' order by 1`,
  );
  const dump: Record<string, Table> = {};
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: Table[number] }>(
      `select to_jsonb(t) as row from ${name} as t order by to_jsonb(t)::text limit 100000`,
    );
    dump[name] = rows.map(({ row }) => row);
  }
  return dump;
}

export async function instancesOf(pool: Pool, run: string): Promise<string[]> {
  return (await findFlushMarks(pool, { run, limit: 1_000 })).map(({ instance }) => instance);
}

export async function snapshotOf(
  { temporal }: Pick<Engine, 'temporal'>,
  at: { run: string; instance: string },
): Promise<Snapshot> {
  return await temporal.workflow.getHandle(workflowIdOf(at)).query<Snapshot>('snapshot');
}

/** Events in the current history of an instance. */
export async function historyLengthOf(
  { temporal }: Pick<Engine, 'temporal'>,
  at: { run: string; instance: string },
): Promise<number> {
  return (await temporal.workflow.getHandle(workflowIdOf(at)).describe()).historyLength;
}

/** Waits until nothing is on its way: every flush confirmed, every row sent, every gate told. */
export async function atRest({ client, pool }: Pick<Engine, 'client' | 'pool'>, run: string): Promise<void> {
  await client.close();
  await until('everything comes to rest', async () => {
    const unsettled = await findUnsettled(pool, { run, campaignNow: campaignNow(await getRun(pool, run), Date.now()) });
    return Object.values(unsettled).every((count) => count === 0);
  });
}

/**
 * Everything that a refused command must leave as it is. A refused form itself is kept, sealed and marked as refused. Whether history confirms a flush
 * that nobody waits for is left out: the reconciler notes that when it gets to it.
 */
export async function stateOf(engine: Engine, run: string): Promise<unknown> {
  await atRest(engine, run);
  const { submissions, flushes, ...others } = await dumpTables(engine.pool);
  const tables = {
    ...others,
    flushes: flushes!.map(({ confirmed, ...flush }) => (flush['awaited'] === true ? { ...flush, confirmed } : flush)),
  };
  const instances = [];
  for (const instance of await instancesOf(engine.pool, run)) {
    const at = { run, instance };
    instances.push({ snapshot: await snapshotOf(engine, at), events: await historyLengthOf(engine, at) });
  }
  return { tables, instances, submissions: submissions!.filter(({ state }) => state !== 'refused') };
}

/** Every claim that the file channel delivered in a run, as often as it did. */
export function deliveredClaims({ messages }: Pick<Engine, 'messages'>, run: string): string[] {
  const folder = join(messages, run);
  return readdirSync(folder).flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/^ {4}#(.+)$/gm)].map(([, claim]) => claim!),
  );
}
