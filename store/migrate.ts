import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import { StoreError } from './store-error.ts';

const DIRECTORY = fileURLToPath(new URL('migrations', import.meta.url));

/** SQLSTATE of a lock that was not granted in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Brings the database up to date, as its owner, and returns the names of what was applied. All or nothing.
 * Of two at once the second waits for the first and then finds nothing to do.
 * @throws MIGRATION_BUSY when another one, or a table in use, stands in the way for longer than `waitMs`.
 */
export async function migrate(ownerUrl: string, { waitMs = 60_000 }: { waitMs?: number } = {}): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'shigeyi-migrate', lock_timeout: waitMs });
  // A server that goes away fails the query under way; without a listener it would end the process instead.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const applied = await runner({
      dbClient: client,
      dir: DIRECTORY,
      direction: 'up',
      migrationsTable: 'migrations',
      advisoryLockMode: 'wait',
      logger: SILENT,
    });
    return applied.map(({ name }) => name);
  } catch (error) {
    if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
    throw new StoreError({
      code: 'MIGRATION_BUSY',
      message: `the database was not free for migration within ${waitMs} ms`,
      remedy: 'Another migration or a long transaction is running: wait for it, then start again.',
      cause: error,
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What fails is thrown; what succeeds is returned. */
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
