import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemCode } from './platform-error.ts';
import { isAlive } from './process-identity.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import type { Cluster } from './postgres-cluster.ts';
import { readIfPresent } from './private-file.ts';
import type { ServerAccount } from './server-account.ts';
import { openServerLog } from './server-log.ts';
import { endWithUs } from './watchdog.ts';

/** What `postmaster.pid` tells of the server that holds a cluster. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly status: string;
}

/** The server that runs on the cluster; undefined when there is none, or only the file of one that was killed. */
export function findPostmaster({ dataPath }: Cluster): Postmaster | undefined {
  const lines = readIfPresent(join(dataPath, 'postmaster.pid'))?.split('\n');
  const pid = Number(lines?.[0]);
  if (!lines || !Number.isInteger(pid) || pid <= 0 || !isAlive(pid) || !isPostgres(pid)) return undefined;
  return { pid, port: Number(lines[3]), status: (lines[7] ?? '').trim() };
}

export type Outcome =
  | { readonly kind: 'ready'; readonly pid: number }
  /** Another server, or what is left of a killed one, still holds the cluster. */
  | { readonly kind: 'held'; readonly log: string }
  | { readonly kind: 'port-taken'; readonly log: string }
  | { readonly kind: 'failed'; readonly log: string };

export interface SpawnOptions {
  readonly binaries: PostgresBinaries;
  readonly cluster: Cluster;
  readonly account: ServerAccount | undefined;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly deadline: number;
}

/** Starts the server and waits until it takes connections or has given up. */
export async function spawnPostmaster({ binaries, cluster, account, port, settings, deadline }: SpawnOptions): Promise<Outcome> {
  const log = openServerLog(cluster.logPath);
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  // A process group of its own: Ctrl-C is for us, and we stop the server when nobody needs it any more.
  const child = spawn(binaries.postgres, ['-D', cluster.dataPath, '-p', String(port), ...flags], {
    cwd: '/',
    detached: true,
    env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC' },
    stdio: ['ignore', log.fd, log.fd],
    ...account,
  });
  log.close();
  endWithUs(child);
  let startError: Error | undefined;
  child.on('error', (error) => (startError = error));
  while (child.exitCode === null && child.signalCode === null && startError === undefined && Date.now() < deadline) {
    const postmaster = findPostmaster(cluster);
    if (child.pid !== undefined && postmaster?.pid === child.pid && postmaster.status === 'ready') {
      child.unref();
      return { kind: 'ready', pid: child.pid };
    }
    await delay(20);
  }
  child.kill('SIGKILL');
  return startError ? { kind: 'failed', log: startError.message } : classify(log.read());
}

function classify(log: string): Outcome {
  if (/lock file "postmaster\.pid"|pre-existing shared memory block/.test(log)) return { kind: 'held', log };
  if (/could not create any TCP\/IP sockets|Address already in use/.test(log)) return { kind: 'port-taken', log };
  return { kind: 'failed', log };
}

/** On Linux the number alone could by now belong to any other process. */
function isPostgres(pid: number): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres';
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ESRCH') return false;
    return true;
  }
}
