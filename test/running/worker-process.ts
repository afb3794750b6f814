/** A worker as a process of its own, so that it can be killed. It ends with the process that started it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** What the process is told; it is JSON in its environment. */
export interface ProcessOrders {
  readonly address: string;
  readonly taskQueue: string;
  readonly workerUrl: string;
  readonly appUrl: string;
  readonly keys: string;
  readonly messages: string;
  readonly codePath: string;
}

export const ORDERS = 'SHIGEYI_TEST_ORDERS';

export interface TestProcess {
  readonly pid: number;
  /** The signal it died of, or its exit code. */
  readonly ended: Promise<string>;
  readonly isAlive: () => boolean;
  kill(): Promise<void>;
}

const ROOT = join(import.meta.dirname, '../..');
const READY_MS = 120_000;

export interface ProcessOptions {
  /** A file of test/running/. */
  readonly script: 'worker-main.ts' | 'client-main.ts';
  readonly orders: ProcessOrders;
  readonly arguments?: readonly string[];
  /** `name` or `name:n` of platform/failpoint.ts. */
  readonly failpoint?: string;
  /** Its standard output and error. */
  readonly logFile: string;
}

/** Starts a process and resolves when it says that it is ready. */
export async function startProcess(options: ProcessOptions): Promise<TestProcess> {
  const { script, orders, failpoint, logFile, arguments: more = [] } = options;
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, script), ...more], {
    cwd: ROOT,
    env: {
      ...process.env,
      [ORDERS]: JSON.stringify(orders),
      ...(failpoint === undefined ? {} : { SHIGEYI_FAILPOINT: failpoint }),
    },
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const ended = new Promise<string>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`)));
  const outcome = await Promise.race([ready(child), ended]);
  if (outcome !== 'ready') throw new Error(`${script} ended with ${outcome} before it was ready; see ${logFile}`);
  return {
    pid: child.pid!,
    ended,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
    }, READY_MS);
    child.once('message', () => {
      clearTimeout(timer);
      resolve('ready');
    });
    child.once('exit', () => clearTimeout(timer));
  });
}
