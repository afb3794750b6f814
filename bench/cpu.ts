/** Processor time of the processes at work. Of servers it is read from /proc, so elsewhere than on Linux there is none of theirs. */
import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts in hundredths of a second on every machine that Node runs on. */
const TICK_MS = 10;

interface Times {
  readonly parent: number;
  readonly ownMs: number;
  /** Of children that have ended. */
  readonly endedMs: number;
}

/** Of a process and its children, ended ones included: a Postgres server has one for each connection. Undefined where the system does not tell. */
export function cpuMsOfTree(pid: number): number | undefined {
  const root = timesOf(pid);
  if (root === undefined) return undefined;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => timesOf(Number(name)))
    .filter((times) => times?.parent === pid);
  return children.reduce((sum, times) => sum + times!.ownMs, root.ownMs + root.endedMs);
}

/** Fields 4 and 14 to 17 of /proc/PID/stat. The name, field 2, is in brackets and may itself hold spaces and brackets. */
function timesOf(pid: number): Times | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const field = (number: number): number => Number(fields[number - 3]);
    return { parent: field(4), ownMs: (field(14) + field(15)) * TICK_MS, endedMs: (field(16) + field(17)) * TICK_MS };
  } catch {
    return undefined;
  }
}

export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
