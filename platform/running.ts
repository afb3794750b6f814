import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseUrls } from './database.ts';
import { readIfPresent, writePrivateFile } from './private-file.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { identifyProcess, isStillRunning } from './process-identity.ts';

/** What a running `shigeyi` process started or found, so that other commands on this machine use the same parts. */
export interface Running {
  /** The process that answers for the parts: when it is gone, so are they. */
  readonly keeper: ProcessIdentity;
  readonly temporal: {
    readonly address: string;
    readonly namespace: string;
    readonly taskQueue: string;
    /** Absent when the server is not ours. */
    readonly pid?: number;
  };
  readonly database: DatabaseUrls & {
    /** Absent when the server is not ours. */
    readonly pid?: number;
  };
}

/** Tells other processes of the parts that this process keeps. The file holds passwords and is readable by its owner alone. */
export function writeRunning(dataDir: string, parts: Omit<Running, 'keeper'>): void {
  const running: Running = { keeper: identifyProcess(process.pid), ...parts };
  writePrivateFile(pathIn(dataDir), `${JSON.stringify(running, undefined, 2)}\n`);
}

/** The parts that another process keeps now; undefined when there is none, or only the file of one that died. */
export function readRunning(dataDir: string): Running | undefined {
  const text = readIfPresent(pathIn(dataDir));
  if (text === undefined) return undefined;
  const running = JSON.parse(text) as Running;
  return isStillRunning(running.keeper) ? running : undefined;
}

/** Forgets the parts, unless they are by now another living process's. */
export function clearRunning(dataDir: string): void {
  const running = readRunning(dataDir);
  if (running === undefined || running.keeper.pid === process.pid) rmSync(pathIn(dataDir), { force: true });
}

function pathIn(dataDir: string): string {
  return join(dataDir, 'running.json');
}
