import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { PlatformError } from './platform-error.ts';

/** The account a database server runs under, when it may not be our own: Postgres refuses to run as root. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody` for root, undefined (our own account) for everybody else. */
export function serverAccount(): ServerAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') };
}

/** The first directory on the way to `path` that another account may not pass through, or undefined when the way is open. */
export function findClosedDirectory(path: string): string | undefined {
  for (let current = path; ; current = dirname(current)) {
    if ((statSync(current).mode & 0o001) === 0) return current;
    if (current === dirname(current)) return undefined;
  }
}

/** @throws DATA_DIR_UNUSABLE when the server's account cannot reach the data directory. */
export function assertReachable(dataDir: string, account: ServerAccount | undefined): void {
  if (account === undefined) return;
  const closed = findClosedDirectory(dataDir);
  if (closed === undefined) return;
  throw new PlatformError({
    code: 'DATA_DIR_UNUSABLE',
    message: `the data directory '${dataDir}' lies under '${closed}', which the account of the database server (nobody) may not pass through.`,
    remedy: 'Set SHIGEYI_DATA to a directory outside of it, for example /var/lib/shigeyi, or run as an ordinary user.',
  });
}

function idOfNobody(flag: '-u' | '-g'): number {
  try {
    return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim());
  } catch {
    return 65534;
  }
}
