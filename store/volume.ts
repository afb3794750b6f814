import type { Queryable } from './pool.ts';

/** How much an instance has written: rows of each kind, and the bytes of all of them. */
export interface Volume {
  readonly instance: string;
  readonly status: string;
  readonly flushes: number;
  readonly tasks: number;
  readonly doneTasks: number;
  readonly audit: number;
  readonly outbox: number;
  readonly commands: number;
  readonly bytes: number;
}

/** For measurements and nothing else: it reads everything there is of a run. By id. */
export async function findVolumes(db: Queryable, { run, limit }: { run: string; limit: number }): Promise<Volume[]> {
  const { rows } = await db.query<Volume>(
    `with written as (
       select instance, 'tasks' as kind, status = 'done' as done, pg_column_size(tasks.*) as bytes from tasks where run_id = $1
       union all select instance, 'audit', false, pg_column_size(audit.*) from audit where run_id = $1
       union all select instance, 'outbox', false, pg_column_size(outbox.*) from outbox where run_id = $1
       union all select instance, 'commands', false, pg_column_size(commands.*) from commands where run_id = $1
       union all select instance, 'flushes', false, pg_column_size(flushes.*) from flushes where run_id = $1)
     select i.id as instance, i.status, i.flush_number as flushes,
            count(*) filter (where w.kind = 'tasks')::int as tasks,
            count(*) filter (where w.done)::int as "doneTasks",
            count(*) filter (where w.kind = 'audit')::int as audit,
            count(*) filter (where w.kind = 'outbox')::int as outbox,
            count(*) filter (where w.kind = 'commands')::int as commands,
            (coalesce(sum(w.bytes), 0) + pg_column_size(i.*))::int as bytes
       from instances i
       left join written w on w.instance = i.id
      where i.run_id = $1
      group by i.run_id, i.id
      order by i.id
      limit $2`,
    [run, limit],
  );
  return rows;
}

/** What the figures of a database depend on. */
export interface DatabaseSettings {
  readonly version: string;
  readonly fsync: string;
  readonly synchronousCommit: string;
}

export async function readSettings(db: Queryable): Promise<DatabaseSettings> {
  const { rows } = await db.query<DatabaseSettings>(
    `select current_setting('server_version') as version, current_setting('fsync') as fsync,
            current_setting('synchronous_commit') as "synchronousCommit"`,
  );
  return rows[0]!;
}
