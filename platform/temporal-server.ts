import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from './config.ts';
import { cacheDirectory } from './config.ts';
import { PlatformError } from './platform-error.ts';
import { choosePort, portInUse } from './port.ts';
import { makeDataDirectory } from './private-file.ts';
import { isAlive, waitForEnd } from './process-identity.ts';
import { fillClaim, releaseClaim, takeClaim } from './server-claim.ts';
import { openServerLog } from './server-log.ts';
import { findTemporalBinary } from './temporal-binary.ts';
import type { OnProgress } from './temporal-build.ts';
import { serves, waitForTemporal } from './temporal-health.ts';
import { endWithUs } from './watchdog.ts';

/** A Temporal development server of ours on the loopback address, with its state in one SQLite file. */
export interface TemporalServer {
  readonly address: string;
  readonly port: number;
  readonly pid: number;
  /** True when another process of ours started it: then `stop` leaves it running. */
  readonly attached: boolean;
  stop(): Promise<void>;
  /** Ends the server as a power cut would (SIGKILL), for tests of what happens then. */
  kill(): Promise<void>;
}

export interface TemporalOptions {
  readonly dataDir: string;
  /** Exactly this port, 0 for any free one; left out, 7233 or else any free one. */
  readonly port?: number | undefined;
  /** Left out: `temporal/temporal.sqlite` in the data directory. */
  readonly dbFile?: string;
  readonly namespace?: string;
  /** Search attributes to register, name to type, for example `{ShigeyiRun: 'Keyword'}`. */
  readonly searchAttributes?: Readonly<Record<string, string>>;
  /** The program to run; left out, it is found, fetched or built. */
  readonly binary?: string;
  readonly cacheDir?: string;
  readonly env?: Environment;
  readonly onProgress?: OnProgress | undefined;
  readonly startTimeoutMs?: number;
}

const USUAL_PORT = 7233;

/** Starts the server of a database file, or attaches to the one that already runs on it. */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const { dataDir, env = process.env, namespace = 'default', startTimeoutMs = 60_000 } = options;
  makeDataDirectory(dataDir);
  const dbFile = options.dbFile ?? join(dataDir, 'temporal', 'temporal.sqlite');
  mkdirSync(dirname(dbFile), { recursive: true, mode: 0o700 });
  const cacheDir = options.cacheDir ?? cacheDirectory(env, dataDir);
  const binary = options.binary ?? (await findTemporalBinary({ env, cacheDir, onProgress: options.onProgress }));
  const deadline = Date.now() + startTimeoutMs;
  const claim = `${dbFile}.server.json`;
  while (Date.now() < deadline) {
    const attempt = takeClaim(claim);
    if (attempt.taken) return startClaimed({ ...options, binary, dbFile, namespace, claim, deadline });
    const { server, port } = attempt.holder;
    if (server && port !== undefined && (await serves({ address: `127.0.0.1:${port}`, namespace }))) {
      return describe({ pid: server.pid, port, claim, attached: true });
    }
    await delay(50);
  }
  throw startFailed(dbFile, 'another process holds its database file and does not become ready');
}

interface Claimed extends TemporalOptions {
  readonly binary: string;
  readonly dbFile: string;
  readonly namespace: string;
  readonly claim: string;
  readonly deadline: number;
}

async function startClaimed(options: Claimed): Promise<TemporalServer> {
  try {
    return await startOnSomePort(options);
  } catch (error) {
    releaseClaim(options.claim);
    throw error;
  }
}

async function startOnSomePort(options: Claimed): Promise<TemporalServer> {
  const { claim, deadline, dbFile, namespace, port: asked } = options;
  let log = '';
  while (Date.now() < deadline) {
    const port = await choosePort({ server: 'Temporal', asked, usual: USUAL_PORT });
    const { child, readLog } = spawnServer({ ...options, port });
    let over = false;
    child.once('error', () => (over = true));
    child.once('exit', () => (over = true));
    const ready = await waitForTemporal({ address: `127.0.0.1:${port}`, namespace, deadline, isOver: () => over });
    if (ready && !over && child.pid !== undefined) {
      fillClaim(claim, { pid: child.pid, port });
      child.unref();
      return describe({ pid: child.pid, port, claim, attached: false });
    }
    child.kill('SIGKILL');
    log = readLog();
    if (!log.includes('address already in use')) break;
    if (asked !== undefined && asked !== 0) throw portInUse({ server: 'Temporal', port });
  }
  throw startFailed(dbFile, log);
}

function spawnServer({ binary, dataDir, dbFile, namespace, port, searchAttributes = {} }: Claimed & { port: number }): {
  child: ChildProcess;
  readLog: () => string;
} {
  const log = openServerLog(join(dataDir, 'temporal.log'));
  const arguments_ = [
    ...['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port)],
    ...['--db-filename', dbFile, '--log-level', 'error', '--color', 'never'],
    // Write-ahead logging survives a killed process; only a power cut may take the last moments, which `verify` then finds.
    ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
    ...(namespace === 'default' ? [] : ['--namespace', namespace]),
    ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
  ];
  // A process group of its own: Ctrl-C is for us, and we stop the server when nobody needs it any more.
  // Its environment is ours without TEMPORAL_…: those variables are for clients, and the program would read them too.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
  const child = spawn(binary, arguments_, { cwd: '/', detached: true, env, stdio: ['ignore', log.fd, log.fd] });
  log.close();
  endWithUs(child);
  return { child, readLog: () => log.read() };
}

function describe({
  pid,
  port,
  claim,
  attached,
}: {
  pid: number;
  port: number;
  claim: string;
  attached: boolean;
}): TemporalServer {
  const end = async (signals: readonly NodeJS.Signals[]) => {
    for (const signal of signals) {
      if (isAlive(pid)) process.kill(pid, signal);
      if (await waitForEnd(pid, { withinMs: 10_000 })) break;
    }
    releaseClaim(claim);
  };
  return {
    address: `127.0.0.1:${port}`,
    port,
    pid,
    attached,
    stop: () => (attached ? Promise.resolve() : end(['SIGTERM', 'SIGKILL'])),
    kill: () => end(['SIGKILL']),
  };
}

function startFailed(dbFile: string, log: string): PlatformError {
  const full = /no space left on device|disk is full/i.test(log);
  return new PlatformError({
    code: full ? 'NO_DISK_SPACE' : 'TEMPORAL_START_FAILED',
    message: `the Temporal server on '${dbFile}' did not start: ${log.split('\n').slice(-5).join(' | ') || 'it did not answer in time'}.`,
    remedy: full
      ? 'Free some space and start again.'
      : 'Read temporal.log in the data directory, correct the cause, or set TEMPORAL_ADDRESS to a running server.',
  });
}
