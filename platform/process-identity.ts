import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { systemCode } from './platform-error.ts';

/** A process that can be recognised later: process numbers are used again, a number with its start is not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own notation; absent where the system does not tell. */
  readonly started?: string;
}

/** Whether a process with this number exists and has not ended. One that only waits to be collected by its parent has ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
  }
  return linuxStat(pid)?.state !== 'Z';
}

export function identifyProcess(pid: number): ProcessIdentity {
  const started = startOf(pid);
  return started === undefined ? { pid } : { pid, started };
}

/** Whether exactly this process still runs, and not another one that was given its number. */
export function isStillRunning({ pid, started }: ProcessIdentity): boolean {
  return isAlive(pid) && (started === undefined || startOf(pid) === started);
}

/** Waits until the process is gone; false when it is still there after `withinMs`. */
export async function waitForEnd(pid: number, { withinMs }: { withinMs: number }): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (isAlive(pid)) {
    if (Date.now() >= deadline) return false;
    await delay(20);
  }
  return true;
}

function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') return linuxStat(pid)?.started;
  if (process.platform === 'win32') return undefined;
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Fields 3, 4 and 22 of /proc/PID/stat, on Linux. The name, field 2, is in brackets and may itself hold spaces and brackets. */
export function linuxStat(pid: number): { state: string; parent: number; started: string } | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', parent: Number(fields[1]), started: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}
