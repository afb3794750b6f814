import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import type { DatabaseUrls } from '../platform/database.ts';
import { createDatabase, dropDatabase, urlAs, urlsOf, withClient } from '../platform/database.ts';

/** A database of one test's own, as each of the three roles and as the superuser. */
export interface TestDatabase extends DatabaseUrls {
  readonly adminUrl: string;
  readonly name: string;
  /** Drops the database with whoever is still connected. */
  drop(): Promise<void>;
}

/** Brings an empty database to the current schema; it is given the owner's URL. */
export type Migrate = (ownerUrl: string) => Promise<unknown>;

/** Makes an empty database, or a migrated one when `migrate` is given. Whoever makes it drops it, in `afterAll` or the like. */
export async function createTestDatabase({ migrate }: { migrate?: Migrate } = {}): Promise<TestDatabase> {
  const { adminUrl, passwords } = inject('databaseAdmin');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await createDatabase(adminUrl, name);
  const urls = urlsOf({ adminUrl, passwords, name });
  const { username, password } = new URL(adminUrl);
  const database: TestDatabase = {
    ...urls,
    adminUrl: urlAs(adminUrl, { user: decodeURIComponent(username), password: decodeURIComponent(password), name }),
    name,
    drop: () => dropDatabase(adminUrl, name),
  };
  try {
    await migrate?.(urls.ownerUrl);
    return database;
  } catch (error) {
    await database.drop();
    throw error;
  }
}

/** Runs `work` on a database of its own and drops it afterwards, however the work ended. */
export async function withTestDatabase<T>(
  work: (database: TestDatabase) => Promise<T>,
  options: { migrate?: Migrate } = {},
): Promise<T> {
  const database = await createTestDatabase(options);
  try {
    return await work(database);
  } finally {
    await database.drop();
  }
}

/** Names of the columns that can be written, for putting whole tables back: what is derived from others comes back by itself. */
export async function getWrittenColumns(adminUrl: string, table: string): Promise<string> {
  const { rows } = await withClient(adminUrl, (superuser) =>
    superuser.query<{ names: string }>(
      `select string_agg(attname, ', ' order by attnum) as names from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      [table],
    ),
  );
  return rows[0]!.names;
}
