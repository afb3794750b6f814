import type { Config } from './config.ts';
import { connectExternalDatabase } from './external-database.ts';
import { PlatformError } from './platform-error.ts';
import { startPostgres } from './postgres.ts';
import type { Running } from './running.ts';
import { clearRunning, readRunning, writeRunning } from './running.ts';
import type { OnProgress } from './temporal-build.ts';
import { waitForTemporal } from './temporal-health.ts';
import { startTemporal } from './temporal-server.ts';

/** The two servers a process works with, wherever they are. */
export interface Parts extends Pick<Running, 'temporal' | 'database'> {
  /** Stops what this process started; what it only found goes on. */
  stop(): Promise<void>;
}

interface Part<T> {
  readonly use: T;
  stop(): Promise<void>;
}

const leave = () => Promise.resolve();

/** Uses the servers that the environment names and starts the others, and tells other processes of them. */
export async function openParts(config: Config, { onProgress }: { onProgress?: OnProgress } = {}): Promise<Parts> {
  const opened = await Promise.allSettled([openTemporal(config, onProgress), openDatabase(config)]);
  const [temporal, database] = opened;
  if (temporal.status === 'rejected' || database.status === 'rejected') {
    await Promise.all(opened.map((part) => (part.status === 'fulfilled' ? part.value.stop() : leave())));
    throw temporal.status === 'rejected' ? temporal.reason : (database as PromiseRejectedResult).reason;
  }
  const parts = { temporal: temporal.value.use, database: database.value.use };
  if (readRunning(config.dataDir) === undefined) writeRunning(config.dataDir, parts);
  return {
    ...parts,
    async stop() {
      clearRunning(config.dataDir);
      await Promise.all([temporal.value.stop(), database.value.stop()]);
    },
  };
}

/** The servers that the environment names, else those that another process of ours keeps now; undefined when one is missing. */
export async function findParts(config: Config): Promise<Parts | undefined> {
  const running = readRunning(config.dataDir);
  const temporal = config.temporal.address === undefined ? running?.temporal : (await openTemporal(config)).use;
  const database = config.database.ownerUrl === undefined ? running?.database : (await openDatabase(config)).use;
  return temporal && database && { temporal, database, stop: leave };
}

async function openTemporal(config: Config, onProgress?: OnProgress): Promise<Part<Parts['temporal']>> {
  const { address, namespace, taskQueue, port } = config.temporal;
  if (address !== undefined) {
    if (!(await waitForTemporal({ address, namespace, deadline: Date.now() + 10_000 }))) throw unanswered(address, namespace);
    return { use: { address, namespace, taskQueue }, stop: leave };
  }
  const server = await startTemporal({ dataDir: config.dataDir, cacheDir: config.cacheDir, namespace, port, onProgress });
  return { use: { address: server.address, namespace, taskQueue, pid: server.pid }, stop: () => server.stop() };
}

async function openDatabase({ database, dataDir }: Config): Promise<Part<Parts['database']>> {
  const { ownerUrl } = database;
  if (ownerUrl !== undefined) return { use: await connectExternalDatabase({ ...database, ownerUrl }, dataDir), stop: leave };
  const server = await startPostgres({ dataDir, port: database.port });
  const { appUrl, workerUrl, pid } = server;
  return { use: { ownerUrl: server.ownerUrl, appUrl, workerUrl, pid }, stop: () => server.stop() };
}

function unanswered(address: string, namespace: string): PlatformError {
  return new PlatformError({
    code: 'TEMPORAL_NOT_FOUND',
    message: `no Temporal server answers at TEMPORAL_ADDRESS '${address}' with the namespace '${namespace}'.`,
    remedy: 'Start that server, create the namespace, or correct TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.',
  });
}
