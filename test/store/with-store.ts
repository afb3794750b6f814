import type pg from 'pg';
import { migrate } from '../../store/migrate.ts';
import { createPool } from '../../store/pool.ts';
import { type TestDatabase, withTestDatabase } from '../database.ts';

export interface TestStore {
  readonly database: TestDatabase;
  /** As the engine's role, which sees every row. */
  readonly worker: pg.Pool;
  /** As the people's role, which sees what its identity may see. */
  readonly app: pg.Pool;
}

/** Runs `work` on a migrated database of its own, and always closes what it opened. */
export async function withStore(work: (store: TestStore) => Promise<void>): Promise<void> {
  await withTestDatabase(
    async (database) => {
      const worker = createPool(database.workerUrl, { max: 8, applicationName: 'test-worker' });
      const app = createPool(database.appUrl, { max: 4, applicationName: 'test-app' });
      try {
        await work({ database, worker, app });
      } finally {
        await Promise.all([worker.end(), app.end()]);
      }
    },
    { migrate },
  );
}

/** The only column of the only row. */
export async function readValue<T>(db: pg.Pool | pg.PoolClient, text: string, values: readonly unknown[] = []): Promise<T> {
  const { rows } = await db.query<Record<string, T>>(text, [...values]);
  return Object.values(rows[0]!)[0]!;
}

/** The first column of every row. */
export async function readColumn<T>(db: pg.Pool | pg.PoolClient, text: string, values: readonly unknown[] = []): Promise<T[]> {
  const { rows } = await db.query<Record<string, T>>(text, [...values]);
  return rows.map((row) => Object.values(row)[0]!);
}
