/** Rolls: revisions of a run that change nothing but begin a new history of every instance, with the rules of the worker that does it. */
import type pg from 'pg';
import { type Queryable, withTransaction } from './pool.ts';
import { addItems } from './revisions.ts';
import { StoreError } from './store-error.ts';

export interface Roll {
  readonly run: string;
  readonly revision: number;
  readonly author: string;
}

const COLUMNS = 'run_id as run, revision, author';

/**
 * Notes a roll with an item for each instance that has not closed. The same command finds the roll it made.
 * @throws COMMAND_ID_REUSED when it stands for something else.
 */
export async function createRoll(
  pool: pg.Pool,
  { run, command, author }: { run: string; command: string; author: string },
): Promise<Roll> {
  return await withTransaction(pool, async (db) => {
    await db.query('select 1 from runs where id = $1 for update', [run]);
    const known = await db.query<Roll & { kind: string }>(
      `select ${COLUMNS}, kind from revisions where run_id = $1 and command = $2`,
      [run, command],
    );
    if (known.rows[0] !== undefined) return same(known.rows[0], command);
    const { rows } = await db.query<{ revision: number }>(
      `with bumped as (update runs set revision = revision + 1 where id = $1 returning revision)
       insert into revisions (run_id, revision, kind, author, command) select $1, revision, 'roll', $2, $3 from bumped returning revision`,
      [run, author, command],
    );
    const { revision } = rows[0]!;
    await addItems(db, { run, revision, scope: { all: true }, expects: new Map() });
    return { run, revision, author };
  });
}

function same({ kind, ...roll }: Roll & { readonly kind: string }, command: string): Roll {
  if (kind === 'roll') return roll;
  throw new StoreError({
    code: 'COMMAND_ID_REUSED',
    message: `command id '${command}' was used before for something else`,
    remedy: 'Give each command an id of its own.',
  });
}

/** The last roll that has not come to every open instance yet. */
export async function findUnfinishedRoll(db: Queryable, { run }: { run: string }): Promise<Roll | undefined> {
  const { rows } = await db.query<Roll>(
    `select ${COLUMNS} from revisions r
      where run_id = $1 and kind = 'roll'
        and exists (select from revision_items q
                      join instances i on i.run_id = q.run_id and i.id = q.instance and i.status <> 'closed'
                     where q.run_id = r.run_id and q.revision = r.revision and q.state = 'pending')
      order by revision desc
      limit 1`,
    [run],
  );
  return rows[0];
}

/** Open instances by the version of the rules they go by, as of their last flush. */
export async function countRules(db: Queryable, { run }: { run: string }): Promise<Record<string, number>> {
  const { rows } = await db.query<{ version: string; instances: number }>(
    `select coalesce(more ->> 'rulesVersion', '1') as version, count(*) as instances
       from instances where run_id = $1 and status = 'open' group by 1 order by 1 limit 100`,
    [run],
  );
  return Object.fromEntries(rows.map(({ version, instances }) => [version, instances]));
}
