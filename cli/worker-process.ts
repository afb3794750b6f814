/** The worker as a process of its own: its load stalls nobody else, and when it dies another takes its place. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../platform/config.ts';
import { CliError, EXIT } from './failure.ts';

export interface WorkerProcess {
  /** Of the one that works now. */
  readonly pid: () => number;
  readonly logFile: string;
  /** How many had to be replaced. */
  readonly replaced: () => number;
  stop(): Promise<void>;
}

export interface WorkerProcessOptions {
  readonly dataDir: string;
  readonly env: Environment;
  /** Told when one died and is replaced. */
  readonly onReplaced?: (how: string) => void;
  /** Told when the last attempt to replace it has failed too. */
  readonly onLost?: (failure: CliError) => void;
}

/** Bundling the workflow code takes seconds, on a busy machine many. */
const READY_MS = 120_000;
/** So many deaths within a minute are no accident. */
const MOST_DEATHS = 5;
const DEATHS_WITHIN_MS = 60_000;
const STOP_MS = 15_000;

/** Starts a worker and resolves when it takes work. */
export async function startWorkerProcess(options: WorkerProcessOptions): Promise<WorkerProcess> {
  const logFile = join(options.dataDir, 'logs', 'worker.log');
  mkdirSync(dirname(logFile), { recursive: true });
  const deaths: number[] = [];
  let stopping = false;
  let replaced = 0;
  let child = await spawnReady({ ...options, logFile });
  watch();

  function watch(): void {
    child.once('exit', (code, signal) => {
      if (!stopping) void replace(signal ?? `code ${code}`);
    });
  }

  async function replace(how: string): Promise<void> {
    deaths.push(Date.now());
    try {
      if (deaths.filter((at) => at > Date.now() - DEATHS_WITHIN_MS).length > MOST_DEATHS) throw workerLost(logFile, how);
      options.onReplaced?.(how);
      replaced += 1;
      const next = await spawnReady({ ...options, logFile });
      child = next;
      if (stopping) await end(next);
      else watch();
    } catch (error) {
      if (!stopping) options.onLost?.(error as CliError);
    }
  }

  return {
    pid: () => child.pid!,
    logFile,
    replaced: () => replaced,
    async stop() {
      stopping = true;
      await end(child);
    },
  };
}

async function spawnReady({ env, logFile }: WorkerProcessOptions & { readonly logFile: string }): Promise<ChildProcess> {
  const log = openSync(logFile, 'a', 0o600);
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  // A process group of its own: Ctrl-C is for us, who end it when nothing needs it any more. The channel tells it when we are gone.
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main, 'worker'], {
    detached: true,
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const ready = await Promise.race([
    new Promise<string>((resolve) => child.once('message', () => resolve('ready'))),
    new Promise<string>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`))),
    new Promise<string>((resolve) => child.once('error', (error) => resolve(error.message))),
    delay(READY_MS, 'no sign of life', { ref: false }),
  ]);
  if (ready === 'ready') return child;
  child.kill('SIGKILL');
  throw workerLost(logFile, ready);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const ended = await Promise.race([gone.then(() => true), delay(STOP_MS, false, { ref: false })]);
  if (ended) return;
  child.kill('SIGKILL');
  await gone;
}

function workerLost(logFile: string, how: string): CliError {
  return new CliError({
    exit: EXIT.unreachable,
    code: 'WORKER_LOST',
    message: `the worker does not stay up (${how})`,
    remedy: `read '${logFile}', correct the cause and start again`,
  });
}
