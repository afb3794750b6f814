import type pg from 'pg';
import type { Clock } from '../model/clock.ts';
import type { Instant, Scope, Title } from '../model/plan.ts';
import { type Queryable, withTransaction } from './pool.ts';
import { StoreError } from './store-error.ts';

export interface NewRun {
  readonly id: string;
  readonly campaign: string;
  readonly title: Title;
  readonly planHash: string;
  readonly programs: Readonly<Record<Scope, string>>;
  readonly clock: Clock;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Who starts it: an opaque person id, or `operator`. */
  readonly author: string;
}

export interface Run extends Omit<NewRun, 'author'> {
  readonly revision: number;
  readonly status: 'starting' | 'running' | 'closed';
  /** Campaign time at which it began; null while it is starting. */
  readonly startedAt: Instant | null;
  /** Where a stepped clock stands. */
  readonly steppedTo: Instant | null;
  /** Real time, milliseconds since 1970-01-01T00:00Z. */
  readonly createdAt: number;
}

const COLUMNS = `id, campaign, title, plan_hash as "planHash", programs, clock, starts_at as "startsAt", ends_at as "endsAt", revision, status,
                 started_at as "startedAt", stepped_to as "steppedTo",
                 floor(extract(epoch from created_at) * 1000)::bigint as "createdAt"`;

/** Notes a run and its first revision. Its plan and programs must have been put before. @throws RUN_EXISTS */
export async function createRun(pool: pg.Pool, run: NewRun): Promise<void> {
  await withTransaction(pool, async (db) => {
    const { rowCount } = await db.query(
      `insert into runs (id, campaign, title, plan_hash, programs, clock, starts_at, ends_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing`,
      [run.id, run.campaign, run.title, run.planHash, run.programs, run.clock, run.startsAt, run.endsAt],
    );
    if (rowCount === 0) {
      throw new StoreError({
        code: 'RUN_EXISTS',
        message: `there is already a run '${run.id}'`,
        remedy: 'Choose another id, or go on with that run.',
      });
    }
    await db.query(`insert into revisions (run_id, revision, kind, author, detail) values ($1, 1, 'start', $2, $3)`, [
      run.id,
      run.author,
      { planHash: run.planHash },
    ]);
  });
}

export async function findRun(db: Queryable, id: string): Promise<Run | undefined> {
  const { rows } = await db.query<Run>(`select ${COLUMNS} from runs where id = $1`, [id]);
  return rows[0];
}

/** @throws RUN_UNKNOWN */
export async function getRun(db: Queryable, id: string): Promise<Run> {
  const run = await findRun(db, id);
  if (run !== undefined) return run;
  throw new StoreError({
    code: 'RUN_UNKNOWN',
    message: `there is no run '${id}'`,
    remedy: 'See what there is with: shigeyi status',
  });
}

/** Newest first. */
export async function findRuns(db: Queryable, { limit, open = false }: { limit: number; open?: boolean }): Promise<Run[]> {
  const { rows } = await db.query<Run>(
    `select ${COLUMNS} from runs where status <> 'closed' or not $2 order by created_at desc, id limit $1`,
    [limit, open],
  );
  return rows;
}

/** From `starting` to `running`, at campaign time `at`. Safe to repeat: the first instant stays. */
export async function markRunning(db: Queryable, { run, at }: { run: string; at: Instant }): Promise<void> {
  await db.query(`update runs set status = 'running', started_at = $2 where id = $1 and status = 'starting'`, [run, at]);
}

/** Ends the run's books. Safe to repeat. */
export async function markClosed(db: Queryable, { run }: { run: string }): Promise<void> {
  await db.query(`update runs set status = 'closed', closed_at = now() where id = $1 and status <> 'closed'`, [run]);
}

/** Where the stepped clock stands now; it never goes back. */
export async function setSteppedTo(db: Queryable, { run, at }: { run: string; at: Instant }): Promise<void> {
  await db.query(`update runs set stepped_to = greatest(stepped_to, $2) where id = $1`, [run, at]);
}
