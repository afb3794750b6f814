import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { RolePasswords } from '../platform/database.ts';
import { startPostgres } from '../platform/postgres.ts';
import type { Progress } from '../platform/temporal-build.ts';
import { startTemporal } from '../platform/temporal-server.ts';
import { makeTemporaryDirectory, sweepAbandoned } from './temporary-directory.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The superuser's URL of the test server and the roles' passwords: see test/database.ts, which makes databases with them. */
    databaseAdmin: { readonly adminUrl: string; readonly passwords: RolePasswords };
    /** host:port of the test server; its namespace is `default`. */
    temporalAddress: string;
  }
}

/** One PostgreSQL and one Temporal server for all test files, in a folder that goes away with them. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  sweepAbandoned();
  const directory = makeTemporaryDirectory();
  // When the run is interrupted, the servers end with this process; the folder would stay.
  process.once('exit', () => removeIfPossible(directory));
  const [postgres, temporal] = await Promise.allSettled([
    // Speed over safety: the data is thrown away, and a killed process loses nothing that it had handed to the system.
    startPostgres({
      dataDir: join(directory, 'data'),
      port: 0,
      settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' },
    }),
    startTemporal({ dataDir: join(directory, 'data'), port: 0, onProgress: reportProgress() }),
  ]);
  const tearDown = async () => {
    if (temporal.status === 'fulfilled') await temporal.value.stop();
    if (postgres.status === 'fulfilled') await postgres.value.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  if (postgres.status === 'rejected' || temporal.status === 'rejected') {
    await tearDown();
    throw postgres.status === 'rejected' ? postgres.reason : (temporal as PromiseRejectedResult).reason;
  }
  project.provide('databaseAdmin', { adminUrl: postgres.value.adminUrl, passwords: postgres.value.passwords });
  project.provide('temporalAddress', temporal.value.address);
  return tearDown;
}

/** A server that is just ending may still write. What is left over then is removed at the start of the next run. */
function removeIfPossible(directory: string): void {
  try {
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    process.stderr.write(`${directory} was left behind: ${String(error)}\n`);
  }
}

/** The first run on a machine may build the server for minutes: a line every five seconds says so. */
function reportProgress(): (progress: Progress) => void {
  let saidAt = 0;
  return ({ step, done, about }) => {
    if (Date.now() - saidAt < 5_000) return;
    saidAt = Date.now();
    process.stderr.write(`preparing the Temporal server, once on this machine: ${step} ${done} of about ${about}\n`);
  };
}
