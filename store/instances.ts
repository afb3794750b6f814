import type { Facts, Instant, Scope } from '../model/plan.ts';
import type { EnrolledInstance } from '../model/enrolment.ts';
import type { PauseCause } from '../model/pause.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Queryable } from './pool.ts';

export interface InstanceRow {
  readonly run: string;
  readonly instance: string;
  readonly scope: Scope;
  readonly union: string | null;
  readonly status: 'planned' | Snapshot['status'];
  readonly revision: number;
  readonly flush: { readonly number: number; readonly digest: string | null };
  readonly needsFull: boolean;
  readonly quarantined: boolean;
  readonly advancedTo: Instant | null;
  readonly nextWake: Instant | null;
  readonly facts: Facts;
  readonly factsAtEnrolment: Facts;
  readonly roles: Readonly<Record<string, string>>;
  /** When it left the campaign, in campaign time; null for whoever takes part. */
  readonly withdrawnAt: Instant | null;
}

const COLUMNS = `run_id as run, id as instance, scope, union_id as "union", status, revision,
                 jsonb_build_object('number', flush_number, 'digest', flush_digest) as flush, needs_full as "needsFull", quarantined,
                 advanced_to as "advancedTo", next_wake as "nextWake", facts, facts_at_enrolment as "factsAtEnrolment", roles,
                 (more ->> 'withdrawnAt')::bigint as "withdrawnAt"`;

export async function findInstance(
  db: Queryable,
  { run, instance }: { run: string; instance: string },
): Promise<InstanceRow | undefined> {
  const { rows } = await db.query<InstanceRow>(`select ${COLUMNS} from instances where run_id = $1 and id = $2`, [run, instance]);
  return rows[0];
}

export interface InstancesQuestion {
  readonly run: string;
  readonly scope?: Scope;
  readonly union?: string;
  readonly status?: InstanceRow['status'];
  /** The last id of the page before. */
  readonly after?: string;
  readonly limit: number;
}

/** By id, a page at a time. */
export async function findInstances(
  db: Queryable,
  { run, scope, union, status, after = '', limit }: InstancesQuestion,
): Promise<InstanceRow[]> {
  const { rows } = await db.query<InstanceRow>(
    `select ${COLUMNS} from instances
      where run_id = $1 and id > $2 and ($3::text is null or scope = $3) and ($4::text is null or union_id = $4) and ($5::text is null or status = $5)
      order by id
      limit $6`,
    [run, after, scope, union, status, limit],
  );
  return rows;
}

/** Instances that are enrolled and have written nothing yet: the reconciler starts them. By id, a page at a time. */
export async function findPlannedInstances(
  db: Queryable,
  { run, after = '', limit }: { run: string; after?: string; limit: number },
): Promise<EnrolledInstance[]> {
  const { rows } = await db.query<EnrolledInstance>(
    `select i.id as instance, i.scope, i.union_id as "union", h.enrolment, h.file_level as "fileLevel", h.hardship_class as "hardshipClass",
            u.kind as "unionKind"
       from instances i
       left join households h on h.run_id = i.run_id and h.id = substr(i.id, 3) and i.scope = 'household'
       left join unions u on u.run_id = i.run_id and u.id = i.union_id
      where i.run_id = $1 and i.id > $2 and i.status = 'planned'
      order by i.id
      limit $3`,
    [run, after, limit],
  );
  return rows;
}

/** On a stepped clock: open instances whose wake is due, the earliest first. */
export async function findWaking(
  db: Queryable,
  { run, at, limit }: { run: string; at: Instant; limit: number },
): Promise<{ instance: string; nextWake: Instant; flush: number }[]> {
  const { rows } = await db.query<{ instance: string; nextWake: Instant; flush: number }>(
    `select id as instance, next_wake as "nextWake", flush_number as flush from instances
      where run_id = $1 and next_wake <= $2 and status = 'open'
      order by next_wake, id
      limit $3`,
    [run, at, limit],
  );
  return rows;
}

/** The earliest instant at which anything of the run is due, or null when nothing is. */
export async function findNextWake(db: Queryable, { run }: { run: string }): Promise<Instant | null> {
  const { rows } = await db.query<{ at: Instant | null }>(
    `select min(next_wake) as at from instances where run_id = $1 and next_wake is not null and status = 'open'`,
    [run],
  );
  return rows[0]!.at;
}

/** The final state of a closed instance. */
export async function findArchive(
  db: Queryable,
  { run, instance }: { run: string; instance: string },
): Promise<Snapshot | undefined> {
  const { rows } = await db.query<{ archive: Snapshot | null }>('select archive from instances where run_id = $1 and id = $2', [
    run,
    instance,
  ]);
  return rows[0]?.archive ?? undefined;
}

/**
 * For `verify --repair`, when Postgres holds flushes that history does not (as after restores to different instants): what has not left the
 * house is deleted, nothing of it is sent, and the next full flush of the instance is taken whatever its number. Returns false when there
 * is no such instance.
 */
export async function quarantineInstance(db: Queryable, { run, instance }: { run: string; instance: string }): Promise<boolean> {
  const { rows } = await db.query<{ known: boolean }>('select quarantine_instance($1, $2) as known', [run, instance]);
  return rows[0]!.known;
}

/** Instances of a run by status. */
export async function countInstances(db: Queryable, { run }: { run: string }): Promise<Record<InstanceRow['status'], number>> {
  const { rows } = await db.query<{ status: InstanceRow['status']; instances: number }>(
    'select status, count(*) as instances from instances where run_id = $1 group by status limit 3',
    [run],
  );
  return { planned: 0, open: 0, closed: 0, ...Object.fromEntries(rows.map(({ status, instances }) => [status, instances])) };
}

/** Open instances that stand still. */
export async function countPaused(db: Queryable, { run }: { run: string }): Promise<number> {
  const { rows } = await db.query<{ paused: number }>(
    `select count(*) as paused from instances where run_id = $1 and status = 'open' and paused_at is not null`,
    [run],
  );
  return rows[0]!.paused;
}

/** Of the open instances of a union and its households, or of the whole run: how many stand still for that reason. */
export async function countStanding(
  db: Queryable,
  { run, union, cause }: { run: string; union?: string; cause: PauseCause },
): Promise<{ readonly instances: number; readonly standing: number }> {
  const { rows } = await db.query<{ instances: number; standing: number }>(
    `select count(*) as instances, count(*) filter (where stands) as standing
       from (select more->'paused'->'causes' ? $3 as stands
               from instances
              where run_id = $1 and status = 'open' and ($2::text is null or union_id = $2)) as open`,
    [run, union, cause],
  );
  return rows[0]!;
}

/** Households enrolled in each union. */
export async function countHouseholdsByUnion(
  db: Queryable,
  { run }: { run: string },
): Promise<ReadonlyMap<string | null, number>> {
  const { rows } = await db.query<{ union: string | null; households: number }>(
    `select union_id as "union", count(*) as households from instances where run_id = $1 and scope = 'household' group by union_id limit 10000`,
    [run],
  );
  return new Map(rows.map(({ union, households }) => [union, households]));
}
