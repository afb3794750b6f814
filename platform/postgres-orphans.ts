import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { linuxStat } from './process-identity.ts';

/**
 * Ends what a killed server left behind. A connection's process notices the loss only between queries, and until then holds the
 * shared memory without which no new server starts: a long report would hold up everybody. Elsewhere than on Linux they are
 * waited for. Returns the processes that were told to end.
 */
export function endOrphans(dataPath: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  const directory = realpathSync(dataPath);
  const family = new Set(processNumbers().filter((pid) => workingDirectory(pid) === directory));
  // The children of a living server have a parent that works in the same directory; an orphan's new parent does not.
  const orphans = [...family].filter((pid) => isConnectionOrWorker(pid) && !family.has(linuxStat(pid)?.parent ?? 0));
  for (const pid of orphans) {
    try {
      process.kill(pid, 'SIGQUIT');
    } catch {
      // It ended by itself in the meantime.
    }
  }
  return orphans;
}

function processNumbers(): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid > 0);
}

/** Every process of a cluster works in its data directory. */
function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** They rename themselves to `postgres: …`; the server itself keeps the command line that it was started with. */
function isConnectionOrWorker(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('postgres: ');
  } catch {
    return false;
  }
}
