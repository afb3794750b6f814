/** The running engine for tests: servers, a client, and workers here or in processes of their own; all of it gone afterwards. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import type { WorkflowBundleOption } from '@temporalio/worker';
import type { Pool } from 'pg';
import { inject } from 'vitest';
import { createFileChannel, type Log } from '../../activities/channel.ts';
import { createShigeyi, type ShigeyiClient } from '../../client/shigeyi.ts';
import type { DatabaseUrls } from '../../platform/database.ts';
import { newKeyText, parseKeyRing } from '../../platform/keys.ts';
import { clientCodecs, createDataConverter } from '../../platform/payload-codec.ts';
import { createSealer } from '../../platform/sealer.ts';
import { migrate } from '../../store/migrate.ts';
import { createPool } from '../../store/pool.ts';
import { type Host, startHost } from '../../worker/host.ts';
import { createTestDatabase } from '../database.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';
import { workflowBundle } from './bundle.ts';
import { type ProcessOptions, type ProcessOrders, startProcess, type TestProcess } from './worker-process.ts';

export interface Servers {
  readonly address: string;
  readonly urls: DatabaseUrls;
}

export interface EngineOptions {
  /** Migrated. Left out: the test run's Temporal server, and a database of one's own. */
  readonly servers?: Servers;
  /** Whether a worker in this process begins at once; default true. */
  readonly host?: boolean;
}

export interface Engine {
  readonly client: ShigeyiClient;
  readonly temporal: Client;
  /** As the engine's role, which sees every row. */
  readonly pool: Pool;
  readonly urls: DatabaseUrls;
  readonly address: string;
  /** Where the file channel writes: `<folder>/<run>/<recipient>.txt`. */
  readonly messages: string;
  /** What workers in this process logged. */
  readonly logged: readonly string[];
  /** What workers in other processes logged. */
  readonly logFile: string;
  readonly orders: ProcessOrders;
  /** With other workflow code than today's, if that is given. */
  startHost(options?: { readonly workflowBundle?: WorkflowBundleOption }): Promise<Host>;
  startWorkerProcess(options?: { readonly failpoint?: string }): Promise<TestProcess>;
  /** A worker that dies at a failpoint, and another that takes its place then. Resolves with the first. */
  startDyingWorker(failpoint: string): Promise<TestProcess>;
  /** Ends every worker process, so that the next test begins without one. */
  killWorkers(): Promise<void>;
  /** A client that hands in one form: its arguments are the run, the task and the command's id. */
  startClientProcess(options: { readonly failpoint?: string; readonly arguments: readonly string[] }): Promise<TestProcess>;
  close(): Promise<void>;
}

/** An id that no other test has used on this Temporal server. */
export const newRunId = (): string => `run-${randomBytes(6).toString('hex')}`;

export async function openEngine({ servers, host = true }: EngineOptions = {}): Promise<Engine> {
  const closers: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const each of closers.splice(0).reverse()) await each();
  };
  try {
    const engine = await open({ servers: servers ?? (await ownDatabase(closers)), closers, close });
    if (host) await engine.startHost();
    return engine;
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs `work` with an engine of its own and puts everything away afterwards, however the work ended. */
export async function withEngine<T>(work: (engine: Engine) => Promise<T>, options?: EngineOptions): Promise<T> {
  const engine = await openEngine(options);
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

async function ownDatabase(closers: (() => unknown)[]): Promise<Servers> {
  const database = await createTestDatabase({ migrate });
  closers.push(() => database.drop());
  return { address: inject('temporalAddress'), urls: database };
}

interface Opening {
  readonly servers: Servers;
  readonly closers: (() => unknown)[];
  readonly close: () => Promise<void>;
}

async function open({ servers: { address, urls }, closers, close }: Opening): Promise<Engine> {
  const folder = makeTemporaryDirectory();
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  const keys = newKeyText('test');
  const ring = parseKeyRing(keys, 'the test');
  const taskQueue = `test-${randomBytes(6).toString('hex')}`;
  const messages = join(folder, 'messages');
  const logFile = join(folder, 'processes.log');
  const logged: string[] = [];
  const keep = (entry: object, text: string): void => void logged.push(`${text} ${JSON.stringify(entry)}`);
  const log: Log = { info: keep, warn: keep, error: keep };

  const [enginePool, appPool] = [urls.workerUrl, urls.appUrl].map((url) =>
    createPool(url, { max: 8, applicationName: 'test-client', connectionTimeoutMs: 30_000 }),
  );
  closers.push(() => Promise.all([enginePool!.end(), appPool!.end()]));
  const connection = await Connection.connect({ address });
  closers.push(() => connection.close());
  const temporal = new Client({ connection, dataConverter: createDataConverter({ codecs: clientCodecs({ ring }) }) });
  const client = createShigeyi({ temporal, enginePool: enginePool!, appPool: appPool!, sealer: createSealer(ring) });
  closers.push(() => client.close());

  const { codePath } = await workflowBundle();
  const orders: ProcessOrders = { address, taskQueue, workerUrl: urls.workerUrl, appUrl: urls.appUrl, keys, messages, codePath };
  let closing = false;
  const startWatched = async (options: Pick<ProcessOptions, 'script' | 'failpoint' | 'arguments'>): Promise<TestProcess> => {
    const started = await startProcess({ ...options, orders, logFile });
    closers.push(() => started.kill());
    if (closing) await started.kill();
    return started;
  };
  const workers: Promise<TestProcess | undefined>[] = [];
  const startWorkerProcess = ({ failpoint }: { failpoint?: string } = {}): Promise<TestProcess> => {
    const starting = startWatched({ script: 'worker-main.ts', ...(failpoint === undefined ? {} : { failpoint }) });
    workers.push(starting.catch(() => undefined));
    return starting;
  };
  closers.push(() => {
    closing = true;
  });
  return {
    ...{ client, temporal, pool: enginePool!, urls, address, messages, logged, logFile, orders, close },
    async startHost({ workflowBundle: bundle = { codePath } } = {}) {
      const options = { temporal: { address, namespace: 'default', taskQueue }, workerUrl: urls.workerUrl, ring, log };
      const started = await startHost({ ...options, channels: [createFileChannel(messages)], workflowBundle: bundle });
      closers.push(() => started.stop());
      return started;
    },
    startWorkerProcess,
    async startDyingWorker(failpoint) {
      const first = await startWorkerProcess({ failpoint });
      // Whoever waits for work to be done waits for the second; that it does not start shows there.
      const second = first.ended.then(() => (closing ? undefined : startWorkerProcess())).catch(() => undefined);
      closers.push(
        () => first.kill(),
        () => second,
      );
      return first;
    },
    async killWorkers() {
      while (workers.length > 0) await (await workers.shift()!)?.kill();
    },
    startClientProcess: (options) => startWatched({ script: 'client-main.ts', ...options }),
  };
}
