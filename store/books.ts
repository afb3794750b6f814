/** What `verify` and the reconciler ask: whether the books of a run balance, and whether it may close. */
import type { Instant } from '../model/plan.ts';
import type { Queryable } from './pool.ts';

export interface FlushMarkRow {
  readonly instance: string;
  readonly status: 'planned' | 'open' | 'closed';
  readonly number: number;
  readonly digest: string | null;
  readonly needsFull: boolean;
  readonly quarantined: boolean;
}

/** The last flush of every instance, to be compared with what its workflow says. By id, a page at a time. */
export async function findFlushMarks(
  db: Queryable,
  { run, after = '', limit }: { run: string; after?: string; limit: number },
): Promise<FlushMarkRow[]> {
  const { rows } = await db.query<FlushMarkRow>(
    `select id as instance, status, flush_number as number, flush_digest as digest, needs_full as "needsFull", quarantined
       from instances
      where run_id = $1 and id > $2
      order by id
      limit $3`,
    [run, after, limit],
  );
  return rows;
}

/** The last flush of one instance. */
export async function findFlushMark(
  db: Queryable,
  { run, instance }: { run: string; instance: string },
): Promise<FlushMarkRow | undefined> {
  const { rows } = await db.query<FlushMarkRow>(
    `select id as instance, status, flush_number as number, flush_digest as digest, needs_full as "needsFull", quarantined
       from instances
      where run_id = $1 and id = $2`,
    [run, instance],
  );
  return rows[0];
}

export interface GateBalance {
  readonly gate: string;
  /** As last counted by the relay. */
  readonly done: number;
  /** Those it does not wait for, as last counted by the relay. */
  readonly excluded: number;
  /** As its rows say now, confirmed ones only. */
  readonly counted: number;
  readonly leftOut: number;
  /** Of these not yet in the count: on their way. */
  readonly changed: number;
  /** Said by a flush that history is not yet known to hold. */
  readonly held: number;
  readonly version: number;
  readonly sentVersion: number;
}

/** Every gate's count beside its rows. They differ only while something is on its way. */
export async function findGateBalances(db: Queryable, { run, limit }: { run: string; limit: number }): Promise<GateBalance[]> {
  const { rows } = await db.query<GateBalance>(
    `select i.gate, coalesce(g.done, 0) as done, coalesce(g.excluded, 0) as excluded, i.counted, i."leftOut", i.changed, i.held,
            coalesce(g.version, 0) as version, coalesce(g.sent_version, 0) as "sentVersion"
       from (select gate, count(*) filter (where counted) as counted, count(*) filter (where left_out) as "leftOut",
                    count(*) filter (where changed) as changed,
                    count(*) filter (where settled <> counted or gate_items.excluded <> left_out) as held
               from gate_items where run_id = $1 group by gate) as i
       left join gates g on g.run_id = $1 and g.gate = i.gate
      order by i.gate
      limit $2`,
    [run, limit],
  );
  return rows;
}

export type OutboxState = 'held' | 'ready' | 'sending' | 'sent' | 'failed';

/** Outbox rows by state. */
export async function countOutbox(db: Queryable, { run }: { run: string }): Promise<Record<OutboxState, number>> {
  const { rows } = await db.query<{ state: OutboxState; rows: number }>(
    `select state, count(*) as rows from outbox where run_id = $1 group by state limit 5`,
    [run],
  );
  return {
    held: 0,
    ready: 0,
    sending: 0,
    sent: 0,
    failed: 0,
    ...Object.fromEntries(rows.map(({ state, rows: count }) => [state, count])),
  };
}

/** Tasks by status. */
export async function countTaskStatuses(db: Queryable, { run }: { run: string }): Promise<Record<string, number>> {
  const { rows } = await db.query<{ status: string; tasks: number }>(
    'select status, count(*) as tasks from tasks where run_id = $1 group by status order by status limit 20',
    [run],
  );
  return Object.fromEntries(rows.map(({ status, tasks }) => [status, tasks]));
}

export interface BrokenTrail {
  readonly instance: string;
  /** Rows that the instance has counted, and rows that are there. */
  readonly expected: number;
  readonly found: number;
  /** Whether the last row counted has the hash that the instance keeps of it. */
  readonly endsRight: boolean;
}

/**
 * Instances whose audit trail does not run from 1 to where it should end without a gap, or does not end with the hash it should end with.
 * Quick: it reads no row's content. What was changed in between shows when every hash is made again (`audit verify`).
 */
export async function findBrokenTrails(db: Queryable, { run, limit }: { run: string; limit: number }): Promise<BrokenTrail[]> {
  const { rows } = await db.query<BrokenTrail>(
    `with counted as (select instance, count(*) as rows, min(seq) as first, max(seq) as last from audit where run_id = $1 group by instance)
     select coalesce(i.id, c.instance) as instance, coalesce(i.audit_seq, 0) as expected, coalesce(c.rows, 0) as found,
            coalesce(a.hash = i.audit_hash, i.audit_seq = 0, false) as "endsRight"
       from (select id, audit_seq, audit_hash from instances where run_id = $1) as i
       full join counted as c on c.instance = i.id
       left join audit a on a.run_id = $1 and a.instance = i.id and a.seq = i.audit_seq
      where i.id is null
         or coalesce(c.rows, 0) <> i.audit_seq
         or i.audit_seq > 0 and (c.first <> 1 or c.last <> i.audit_seq or a.hash is distinct from i.audit_hash)
      order by 1
      limit $2`,
    [run, limit],
  );
  return rows;
}

export interface OutboxAge {
  /** Rows that could have left. */
  readonly ready: number;
  /** Real milliseconds since the oldest of them could. */
  readonly oldestMs: number;
  /** Flushes that hold something back. */
  readonly unconfirmed: number;
  readonly failed: number;
}

/** What to watch of all runs together: an outbox that grows old means a relay that is stuck. */
export async function measureOutbox(db: Queryable): Promise<OutboxAge> {
  const { rows } = await db.query<OutboxAge>(
    `select count(*) as ready,
            coalesce(extract(epoch from now() - min(created_at)) * 1000, 0)::bigint as "oldestMs",
            (select count(*) from flushes where awaited and not confirmed) as unconfirmed,
            (select count(*) from outbox where state = 'failed') as failed
       from outbox
      where state in ('ready', 'sending')
      limit 1`,
  );
  return rows[0]!;
}

/** Why a run cannot close yet; it can when everything is zero and it has ended. */
export interface Closing {
  readonly ended: boolean;
  /** Instances that are enrolled but not started. */
  readonly planned: number;
  /** Instances with something still due. */
  readonly waking: number;
  /** Instances that stand still: they have yet to go on. */
  readonly paused: number;
  /** Outbox rows that have not left, the failed ones not among them: they wait for the operator, and closing does not lose them. */
  readonly unsent: number;
  /** Flushes that hold something back. */
  readonly unconfirmed: number;
  /** Gates whose last count was not heard. */
  readonly gatesUnsent: number;
  readonly closable: boolean;
}

/** Whether nothing more will happen in the run by itself. Open tasks do not keep it from closing: they are closed as they stand. */
export async function findClosing(db: Queryable, { run, campaignNow }: { run: string; campaignNow: Instant }): Promise<Closing> {
  const { rows } = await db.query<Omit<Closing, 'closable'>>(
    `select r.ends_at < $2 as ended,
            (select count(*) from instances where run_id = r.id and status = 'planned') as planned,
            (select count(*) from instances where run_id = r.id and status = 'open' and next_wake is not null) as waking,
            (select count(*) from instances where run_id = r.id and status = 'open' and paused_at is not null) as paused,
            (select count(*) from outbox where run_id = r.id and state in ('held', 'ready', 'sending')) as unsent,
            (select count(*) from flushes where run_id = r.id and awaited and not confirmed) as unconfirmed,
            (select count(*) from (select gate from gates where run_id = r.id and sent_version < version
                                   union select gate from gate_items where run_id = r.id and changed
                                   union select gate from gate_recounts where run_id = r.id and changed) as g) as "gatesUnsent"
       from runs r
      where r.id = $1
      limit 1`,
    [run, campaignNow],
  );
  const found = rows[0] ?? { ended: false, planned: 0, waking: 0, paused: 0, unsent: 0, unconfirmed: 0, gatesUnsent: 0 };
  const { ended, ...left } = found;
  return { ...found, closable: ended && Object.values(left).every((count) => count === 0) };
}

/** What is on its way in a run at an instant of campaign time; all zero when it has come to rest. Rows due later are not on their way. */
export interface Unsettled {
  /** 1 while the run has not been marked as running, which comes a little after its last instance has begun. */
  readonly starting: number;
  readonly planned: number;
  /** Items of revisions. */
  readonly unrevised: number;
  readonly unsent: number;
  readonly unconfirmed: number;
  readonly gatesUnsent: number;
}

export async function findUnsettled(
  db: Queryable,
  { run, campaignNow }: { run: string; campaignNow: Instant },
): Promise<Unsettled> {
  const { rows } = await db.query<Unsettled>({
    name: 'find-unsettled',
    text: `select (select count(*) from runs where id = $1 and status = 'starting') as starting,
                  (select count(*) from instances where run_id = $1 and status = 'planned') as planned,
                  (select count(*) from revision_items where run_id = $1 and state = 'pending') as unrevised,
                  (select count(*) from outbox where run_id = $1 and state in ('held', 'ready', 'sending') and due_at <= $2) as unsent,
                  (select count(*) from flushes where run_id = $1 and awaited and not confirmed) as unconfirmed,
                  (select count(*) from (select gate from gates where run_id = $1 and sent_version < version
                                         union select gate from gate_items where run_id = $1 and changed
                                         union select gate from gate_recounts where run_id = $1 and changed) as g) as "gatesUnsent"`,
    values: [run, campaignNow],
  });
  return rows[0]!;
}
