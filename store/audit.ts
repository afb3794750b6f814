import type { AdjustmentKind } from '../model/adjustment.ts';
import type { AuditEntry, Changes } from '../model/flush.ts';
import type { Instant } from '../model/plan.ts';
import type { Queryable } from './pool.ts';

export interface AuditRow {
  readonly instance: string;
  readonly seq: number;
  readonly flush: number;
  readonly at: Instant;
  readonly kind: string;
  readonly task: string | null;
  readonly command: string | null;
  readonly actor: string;
  readonly detail: AuditEntry['detail'] | null;
  /** What the step changed of the task, from and to. */
  readonly changed: Changes | null;
  /** The state it told of was superseded: it did not happen. */
  readonly void: boolean;
}

/** An instance's trail in the order it was written, from behind `after`. */
export async function findAudit(
  db: Queryable,
  { run, instance, after = 0, limit }: { run: string; instance: string; after?: number; limit: number },
): Promise<AuditRow[]> {
  const { rows } = await db.query<AuditRow>(
    `select a.instance, a.seq, a.flush_number as flush, a.at, a.kind, a.task, a.command, a.actor,
            nullif(a.detail - 'changed', '{}') as detail, a.detail -> 'changed' as changed, a.flush_number > 0 and f.digest is distinct from a.flush_digest as void
       from audit a
       left join flushes f on f.run_id = a.run_id and f.instance = a.instance and f.number = a.flush_number
      where a.run_id = $1 and a.instance = $2 and a.seq > $3
      order by a.seq
      limit $4`,
    [run, instance, after, limit],
  );
  return rows;
}

export interface AuditQuestion {
  readonly run: string;
  readonly instance?: string;
  /** The union's own instance and its households'. */
  readonly union?: string;
  /** Campaign time: nothing before it. */
  readonly since?: Instant;
  readonly limit: number;
}

/** The newest rows first: of one instance in the order in which they were written, of several in campaign time. */
export async function findNewestAudit(db: Queryable, { run, instance, union, since, limit }: AuditQuestion): Promise<AuditRow[]> {
  const { rows } = await db.query<AuditRow>(
    `select a.instance, a.seq, a.flush_number as flush, a.at, a.kind, a.task, a.command, a.actor,
            nullif(a.detail - 'changed', '{}') as detail, a.detail -> 'changed' as changed, a.flush_number > 0 and f.digest is distinct from a.flush_digest as void
       from (select * from audit
              where run_id = $1
                and ($2::text is null or instance = $2)
                and ($3::text is null or instance in (select id from instances where run_id = $1 and union_id = $3))
                and ($4::bigint is null or at >= $4)
              order by case when $2 is null then at else seq end desc, instance desc, seq desc
              limit $5) as a
       left join flushes f on f.run_id = a.run_id and f.instance = a.instance and f.number = a.flush_number
      order by case when $2 is null then a.at else a.seq end desc, a.instance desc, a.seq desc`,
    [run, instance, union, since, limit],
  );
  return rows;
}

/** What one command did, in order; what was superseded is not in it. */
export async function findAuditOfCommand(
  db: Queryable,
  { run, instance, command, limit }: { run: string; instance: string; command: string; limit: number },
): Promise<Omit<AuditRow, 'void'>[]> {
  const { rows } = await db.query<Omit<AuditRow, 'void'>>(
    `select a.instance, a.seq, a.flush_number as flush, a.at, a.kind, a.task, a.command, a.actor,
            nullif(a.detail - 'changed', '{}') as detail, a.detail -> 'changed' as changed
       from audit a
       join flushes f on f.run_id = a.run_id and f.instance = a.instance and f.number = a.flush_number and f.digest = a.flush_digest
      where a.run_id = $1 and a.instance = $2 and a.command = $3
      order by a.seq
      limit $4`,
    [run, instance, command, limit],
  );
  return rows;
}

/** Of a task, the last adjustment of a kind that was not superseded. */
export async function findLastAdjusted(
  db: Queryable,
  { run, instance, task, kind }: { run: string; instance: string; task: string; kind: AdjustmentKind },
): Promise<Pick<AuditRow, 'actor' | 'detail'> | undefined> {
  const { rows } = await db.query<Pick<AuditRow, 'actor' | 'detail'>>(
    `select a.actor, a.detail
       from audit a
       join flushes f on f.run_id = a.run_id and f.instance = a.instance and f.number = a.flush_number and f.digest = a.flush_digest
      where a.run_id = $1 and a.instance = $2 and a.task = $3 and a.kind = 'adjusted' and a.detail ->> 'adjustment' = $4
      order by a.seq desc
      limit 1`,
    [run, instance, task, kind],
  );
  return rows[0];
}

/** The last return of a task that was not superseded: by whom, when, and the id of the words that say why. */
export async function findLastReturn(
  db: Queryable,
  { run, instance, task }: { run: string; instance: string; task: string },
): Promise<{ readonly actor: string; readonly at: Instant; readonly reason: string | null } | undefined> {
  const { rows } = await db.query<{ actor: string; at: Instant; reason: string | null }>(
    `select a.actor, a.at, a.detail ->> 'reason' as reason
       from audit a
       join flushes f on f.run_id = a.run_id and f.instance = a.instance and f.number = a.flush_number and f.digest = a.flush_digest
      where a.run_id = $1 and a.instance = $2 and a.task = $3 and a.kind = 'taskReturned'
      order by a.seq desc
      limit 1`,
    [run, instance, task],
  );
  return rows[0];
}

/** Every bulletin that was issued in a run. */
export async function findIssuedBulletins(
  db: Queryable,
  { run, limit }: { run: string; limit: number },
): Promise<{ bulletin: string; number: number; at: Instant; recipient: string | null }[]> {
  const { rows } = await db.query<{ bulletin: string; number: number; at: Instant; recipient: string | null }>(
    `select a.detail->>'bulletin' as bulletin, (a.detail->>'number')::int as number, a.at, a.detail->>'recipient' as recipient
       from audit a
       join flushes f on f.run_id = a.run_id and f.instance = a.instance and f.number = a.flush_number and f.digest = a.flush_digest
      where a.run_id = $1 and a.instance = 'c' and a.kind = 'bulletinIssued'
      order by a.at, a.seq
      limit $2`,
    [run, limit],
  );
  return rows;
}

/** Every rung that spoke in a run, in campaign time; what was superseded is not in it. */
export async function findSpokenRungs(
  db: Queryable,
  { run, limit }: { run: string; limit: number },
): Promise<{ instance: string; task: string; at: Instant; rung: string; recipient: string | null }[]> {
  const { rows } = await db.query<{ instance: string; task: string; at: Instant; rung: string; recipient: string | null }>(
    `select a.instance, a.task, a.at, a.detail->>'rung' as rung, a.detail->>'recipient' as recipient
       from audit a
       join flushes f on f.run_id = a.run_id and f.instance = a.instance and f.number = a.flush_number and f.digest = a.flush_digest
      where a.run_id = $1 and a.kind = 'rungReached'
      order by a.at, a.instance, a.seq
      limit $2`,
    [run, limit],
  );
  return rows;
}
