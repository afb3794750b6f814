import { setTimeout as delay } from 'node:timers/promises';
import type { DatabaseUrls, RolePasswords } from './database.ts';
import { createDatabase, DATABASE_NAME, ensureRoles, urlAs, urlsOf, withClient } from './database.ts';
import { PlatformError } from './platform-error.ts';
import { choosePort, portInUse } from './port.ts';
import { preparePostgresBinaries } from './postgres-binaries.ts';
import type { Cluster } from './postgres-cluster.ts';
import { ADMIN_ROLE, createCluster } from './postgres-cluster.ts';
import { endOrphans } from './postgres-orphans.ts';
import type { Postmaster } from './postgres-process.ts';
import { findPostmaster, spawnPostmaster } from './postgres-process.ts';
import { isAlive, waitForEnd } from './process-identity.ts';
import { serverAccount } from './server-account.ts';

/** A PostgreSQL server of ours on the loopback address, with the database `shigeyi` and its three roles. */
export interface PostgresServer extends DatabaseUrls {
  /** The superuser, for making databases; the product never works as this one. */
  readonly adminUrl: string;
  readonly passwords: RolePasswords;
  readonly port: number;
  readonly pid: number;
  /** True when another process of ours started it: then `stop` leaves it running. */
  readonly attached: boolean;
  /** Ends the server and its connections in good order. */
  stop(): Promise<void>;
  /** Ends the server as a power cut would (SIGKILL), for tests of what happens then. */
  kill(): Promise<void>;
}

export interface PostgresOptions {
  readonly dataDir: string;
  /** Exactly this port, 0 for any free one; left out, 54330 or else any free one. */
  readonly port?: number | undefined;
  /** Server settings beyond ours, for example `{fsync: 'off'}` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly startTimeoutMs?: number;
}

const USUAL_PORT = 54330;

/** Starts the server of a data directory, or attaches to the one that already runs on it. */
export async function startPostgres({
  dataDir,
  port,
  settings = {},
  startTimeoutMs = 60_000,
}: PostgresOptions): Promise<PostgresServer> {
  const account = serverAccount();
  const binaries = preparePostgresBinaries({ dataDir, account });
  const cluster = await createCluster({ dataDir, binaries, account });
  const deadline = Date.now() + startTimeoutMs;
  let lastLog = '';
  while (Date.now() < deadline) {
    const running = findPostmaster(cluster);
    if (running?.status === 'ready') {
      const server = describe({ cluster, postmaster: running, attached: true });
      if (await isFurnished(server)) return server;
    }
    if (running) {
      // It is starting, being furnished, or stopping: either becomes ready or leaves.
      await delay(50);
      continue;
    }
    const chosen = await choosePort({ server: 'PostgreSQL', asked: port, usual: USUAL_PORT });
    const outcome = await spawnPostmaster({ binaries, cluster, account, port: chosen, settings, deadline });
    if (outcome.kind === 'ready') return furnish({ cluster, pid: outcome.pid, port: chosen });
    lastLog = outcome.log;
    if (outcome.kind === 'failed') break;
    if (outcome.kind === 'port-taken' && port !== undefined && port !== 0) throw portInUse({ server: 'PostgreSQL', port });
    if (outcome.kind === 'held' && findPostmaster(cluster) === undefined) endOrphans(cluster.dataPath);
    await delay(100);
  }
  throw startFailed(cluster, lastLog);
}

async function furnish({ cluster, pid, port }: { cluster: Cluster; pid: number; port: number }): Promise<PostgresServer> {
  const server = describe({ cluster, postmaster: { pid, port, status: 'ready' }, attached: false });
  try {
    await ensureRoles(server.adminUrl, cluster.credentials);
    await createDatabase(server.adminUrl, DATABASE_NAME);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Whoever started the server makes the roles and the database, in this order, a moment after it is ready. */
function isFurnished({ ownerUrl }: PostgresServer): Promise<boolean> {
  return withClient(ownerUrl, () => Promise.resolve(true)).catch(() => false);
}

async function stopServer(pid: number): Promise<void> {
  // SIGINT is the fast shutdown: transactions are rolled back, a checkpoint is written. SIGQUIT leaves the rest to recovery.
  for (const [signal, withinMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    sendSignal(pid, signal);
    if (await waitForEnd(pid, { withinMs })) return;
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  if (isAlive(pid)) process.kill(pid, signal);
}

function describe({
  cluster,
  postmaster,
  attached,
}: {
  cluster: Cluster;
  postmaster: Postmaster;
  attached: boolean;
}): PostgresServer {
  const { pid, port } = postmaster;
  const passwords = cluster.credentials;
  const adminUrl = urlAs(`postgres://127.0.0.1:${port}/postgres`, { user: ADMIN_ROLE, password: passwords.admin });
  return {
    ...urlsOf({ adminUrl, passwords, name: DATABASE_NAME }),
    adminUrl,
    passwords,
    port,
    pid,
    attached,
    stop: () => (attached ? Promise.resolve() : stopServer(pid)),
    async kill() {
      sendSignal(pid, 'SIGKILL');
      await waitForEnd(pid, { withinMs: 10_000 });
    },
  };
}

function startFailed({ logPath }: Cluster, log: string): PlatformError {
  const full = log.includes('No space left on device');
  return new PlatformError({
    code: full ? 'NO_DISK_SPACE' : 'POSTGRES_START_FAILED',
    message: `PostgreSQL did not start: ${log.split('\n').slice(-5).join(' | ') || 'another server held its data for too long'}.`,
    remedy: full
      ? 'Free some space and start again.'
      : `Read '${logPath}', correct the cause and start again, or set DATABASE_URL to a PostgreSQL of your own.`,
  });
}
