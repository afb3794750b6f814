import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../platform/process-identity.ts';
import { findClosedDirectory } from '../platform/server-account.ts';

const isRoot = process.getuid?.() === 0;

/** As root the database server is another user, who must be able to reach what we make here. */
function base(): string {
  return isRoot && findClosedDirectory(tmpdir()) !== undefined ? '/var/tmp' : tmpdir();
}

/** An empty directory whose name tells which process made it. */
export function makeTemporaryDirectory(): string {
  const directory = mkdtempSync(join(base(), `shigeyi-test-${process.pid}-`));
  if (isRoot) chmodSync(directory, 0o711);
  return directory;
}

/** Runs `work` with an empty directory and removes it afterwards, however the work ended. */
export async function withTemporaryDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = makeTemporaryDirectory();
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Removes the directories of test runs that were killed before they could do it themselves. */
export function sweepAbandoned(): void {
  for (const name of readdirSync(base())) {
    const pid = Number(/^shigeyi-test-(\d+)-/.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) rmSync(join(base(), name), { recursive: true, force: true });
  }
}
