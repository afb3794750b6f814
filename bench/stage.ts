/** The servers and workers of one benchmark: started in a directory of their own beside the product's data, on the same disk, and removed with it. */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { Pool } from 'pg';
import { type Confirmer, createConfirmer } from '../client/confirming.ts';
import { readConfig } from '../platform/config.ts';
import { newKeyText, parseKeyRing } from '../platform/keys.ts';
import { clientCodecs, createDataConverter } from '../platform/payload-codec.ts';
import { type PostgresServer, startPostgres } from '../platform/postgres.ts';
import { startTemporal, type TemporalServer } from '../platform/temporal-server.ts';
import { migrate } from '../store/migrate.ts';
import { putPlan } from '../store/plans.ts';
import { createPool } from '../store/pool.ts';
import type { Scenario } from './scenario.ts';
import { createDriver, type Driver } from './sides.ts';
import { type Side, SIDES } from './statistics.ts';
import type { WorkerReport, WorkerRequest, WorkerUsage } from './worker.ts';

export interface Stage {
  readonly temporal: Client;
  readonly pool: Pool;
  readonly confirmer: Confirmer;
  readonly servers: { readonly temporal: TemporalServer; readonly postgres: PostgresServer };
  readonly sides: Readonly<Record<Side, { readonly driver: Driver; readonly worker: WorkerProcess }>>;
}

export interface WorkerProcess {
  usage(): Promise<WorkerUsage>;
  /** What went wrong in it so far. */
  readonly problems: readonly string[];
  stop(): Promise<void>;
}

const CLIENT_POOL_MAX = 8;

export async function withStage<Result>(scenario: Scenario, work: (stage: Stage) => Promise<Result>): Promise<Result> {
  const config = readConfig(process.env);
  const dataDir = `${config.dataDir}-bench-${process.pid}`;
  const stops: (() => Promise<void>)[] = [];
  // The servers end with this process however it ends; what they leave is removed on every way out that can be seen.
  const sweep = (): void => rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  process.once('exit', sweep);
  try {
    const postgres = await startPostgres({ dataDir, port: 0 });
    stops.push(() => postgres.stop());
    const temporal = await startTemporal({ dataDir, port: 0, cacheDir: config.cacheDir });
    stops.push(() => temporal.stop());
    await migrate(postgres.ownerUrl);
    const pool = createPool(postgres.workerUrl, { max: CLIENT_POOL_MAX, applicationName: 'bench' });
    stops.push(() => pool.end());
    for (const program of Object.values(scenario.compiled.programs)) await putPlan(pool, { kind: 'program', value: program });
    return await work(await furnish({ scenario, temporal, postgres, pool, stops }));
  } finally {
    for (const stop of stops.reverse()) await stop();
    sweep();
    process.removeListener('exit', sweep);
  }
}

interface Furnishing {
  readonly scenario: Scenario;
  readonly temporal: TemporalServer;
  readonly postgres: PostgresServer;
  readonly pool: Pool;
  readonly stops: (() => Promise<void>)[];
}

async function furnish({ scenario, temporal, postgres, pool, stops }: Furnishing): Promise<Stage> {
  const keys = newKeyText('bench');
  const { address } = temporal;
  const connection = await Connection.connect({ address });
  stops.push(() => connection.close());
  const client = new Client({
    connection,
    dataConverter: createDataConverter({ codecs: clientCodecs({ ring: parseKeyRing(keys, 'the benchmark') }) }),
  });
  const confirmer = createConfirmer(pool);
  const sides = await Promise.all(
    SIDES.map(async (side) => {
      const taskQueue = `bench-${side}`;
      const worker = await startWorker({ side, address, namespace: 'default', taskQueue, workerUrl: postgres.workerUrl, keys });
      stops.push(() => worker.stop());
      return [side, { worker, driver: createDriver(side, { scenario, temporal: client, taskQueue, confirmer }) }] as const;
    }),
  );
  return {
    temporal: client,
    pool,
    confirmer,
    servers: { temporal, postgres },
    sides: Object.fromEntries(sides) as Stage['sides'],
  };
}

/** Bundling takes seconds, on a busy machine many. */
const READY_WITHIN_MS = 600_000;

async function startWorker(order: Extract<WorkerRequest, { kind: 'begin' }>['order']): Promise<WorkerProcess> {
  const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)));
  const problems: string[] = [];
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.on('message', (report: WorkerReport) => {
    if (report.kind === 'problem') problems.push(report.text);
  });
  const send = (request: WorkerRequest): void => void child.send(request);
  send({ kind: 'begin', order });
  await reportOf(child, 'ready', { problems, withinMs: READY_WITHIN_MS });
  return {
    problems,
    async usage() {
      send({ kind: 'usage' });
      return (await reportOf(child, 'usage', { problems, withinMs: 10_000 })).usage;
    },
    async stop() {
      if (child.connected) send({ kind: 'stop' });
      await ended;
    },
  };
}

async function reportOf<Kind extends WorkerReport['kind']>(
  child: ChildProcess,
  kind: Kind,
  { problems, withinMs }: { problems: readonly string[]; withinMs: number },
): Promise<Extract<WorkerReport, { kind: Kind }>> {
  return await new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      child.off('message', hear).off('exit', fail);
    };
    const fail = (): void => {
      end();
      reject(new Error(`a worker did not say '${kind}': ${problems.join('; ') || 'it gave no reason'}`));
    };
    const hear = (report: WorkerReport): void => {
      if (report.kind !== kind) return;
      end();
      resolve(report as Extract<WorkerReport, { kind: Kind }>);
    };
    const timer = setTimeout(fail, withinMs);
    child.on('message', hear).once('exit', fail);
  });
}

/** How the Temporal server keeps its history, as it was told on its own command line; undefined where the system does not tell. */
export function sqliteSettings({ pid }: TemporalServer): readonly string[] | undefined {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return words.filter((_, index) => words[index - 1] === '--sqlite-pragma');
  } catch {
    return undefined;
  }
}
