import type { OutboxAdmission, OutboxBulletin, OutboxCommand, OutboxCorrection, OutboxMessage } from '../model/flush.ts';
import type { Instant } from '../model/plan.ts';
import type { Queryable } from './pool.ts';

/** A row on its way out. Gate changes leave by `claimGates`. */
export interface OutboxRow {
  readonly id: number;
  readonly run: string;
  readonly instance: string;
  /** The instance's union. */
  readonly union: string | null;
  readonly payload: OutboxMessage | OutboxCommand | OutboxAdmission | OutboxCorrection | OutboxBulletin;
  /** The flush it left with. */
  readonly flush: number;
  /** Counts from 1; says whose the lease is. */
  readonly attempt: number;
}

export interface OutboxClaim {
  /** Campaign time of each run whose rows are wanted. Rows of other runs, and rows due later, stay. */
  readonly campaignNow: ReadonlyMap<string, Instant>;
  readonly limit: number;
  /** After so long without an answer the rows may be claimed by another. */
  readonly leaseMs: number;
  /** A row claimed so often without success is set aside as failed and holds up nobody. */
  readonly maxAttempts?: number;
}

const MAX_ATTEMPTS = 8;

/** Takes rows that may be sent, for this caller alone while the lease lasts, in the order in which they fell due. */
export async function claimOutbox(
  db: Queryable,
  { campaignNow, limit, leaseMs, maxAttempts = MAX_ATTEMPTS }: OutboxClaim,
): Promise<OutboxRow[]> {
  const { rows } = await db.query<OutboxRow>({
    name: 'claim-outbox',
    text: `with due as (
             select o.id
               from unnest($1::text[], $2::bigint[]) as r (run_id, campaign_now)
              cross join lateral (
                select id from outbox
                 where run_id = r.run_id and state in ('ready', 'sending') and due_at <= r.campaign_now and next_attempt_at <= now()
                 order by due_at, id
                 limit $3
                   for update skip locked) as o
              limit $3),
           claimed as (
             update outbox as o
                set state = case when o.attempts >= $5 then 'failed' else 'sending' end,
                    last_error = case when o.attempts >= $5 then coalesce(o.last_error, 'claimed ' || o.attempts || ' times, never answered') end,
                    attempts = o.attempts + case when o.attempts >= $5 then 0 else 1 end,
                    next_attempt_at = now() + $4 * interval '1 millisecond'
               from due
              where o.id = due.id
             returning o.*)
           select c.id, c.run_id as run, c.instance, i.union_id as "union", c.payload, c.flush_number as flush, c.attempts as attempt
             from claimed c
             left join instances i on i.run_id = c.run_id and i.id = c.instance
            where c.state = 'sending'
            order by c.due_at, c.id`,
    values: [[...campaignNow.keys()], [...campaignNow.values()], limit, leaseMs, maxAttempts],
  });
  return rows;
}

/** Gone. True of a row whose lease has passed as well: it was sent. */
export async function markSent(db: Queryable, ids: readonly number[]): Promise<void> {
  await db.query(`update outbox set state = 'sent', sent_at = now(), last_error = null where id = any ($1::bigint[])`, [ids]);
}

export interface SendFailure {
  readonly id: number;
  /** As claimed. When another has the row by now, nothing is noted. */
  readonly attempt: number;
  /** A code or short text without personal data. */
  readonly error: string;
  /** Trying again cannot help. */
  readonly permanent?: boolean;
  readonly maxAttempts?: number;
}

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 300_000;

/** Notes a failed attempt: tried again after a pause that doubles each time, with jitter, or set aside as failed. */
export async function markFailed(
  db: Queryable,
  { id, attempt, error, permanent = false, maxAttempts = MAX_ATTEMPTS }: SendFailure,
): Promise<void> {
  await db.query(
    `update outbox
        set state = case when $4 or attempts >= $5 then 'failed' else 'ready' end,
            last_error = left($3, 200),
            next_attempt_at = now() + least($6 * 2 ^ (attempts - 1), $7) * (0.5 + random() / 2) * interval '1 millisecond'
      where id = $1 and attempts = $2 and state = 'sending'`,
    [id, attempt, error, permanent, maxAttempts, FIRST_BACKOFF_MS, LONGEST_BACKOFF_MS],
  );
}

/** Gives rows back unsent, to be taken again when campaign time has come to `dueAt`: a person's list of today has gone out already. */
export async function postponeOutbox(db: Queryable, { ids, dueAt }: { ids: readonly number[]; dueAt: Instant }): Promise<void> {
  await db.query(
    `update outbox set state = 'ready', due_at = $2, attempts = 0, next_attempt_at = now() where id = any ($1::bigint[]) and state = 'sending'`,
    [ids, dueAt],
  );
}

/** Puts failed rows back, for the operator. Returns how many. */
export async function retryFailed(db: Queryable, { run, limit }: { run: string; limit: number }): Promise<number> {
  const { rowCount } = await db.query(
    `update outbox set state = 'ready', attempts = 0, next_attempt_at = now()
      where id in (select id from outbox where run_id = $1 and state = 'failed' order by id limit $2 for update)`,
    [run, limit],
  );
  return rowCount ?? 0;
}

export interface Delivery {
  readonly run: string;
  readonly claim: string;
  readonly channel: string;
  readonly recipient: string;
  readonly purpose: string;
  /** YYYY-MM-DD of the list that carried it; absent when it went alone. */
  readonly digestDay?: string;
  /** Campaign time. */
  readonly sentAt: Instant;
}

/** Notes that messages reached a channel: once for each claim and channel, however often it is said. */
export async function recordDeliveries(db: Queryable, deliveries: readonly Delivery[]): Promise<void> {
  await db.query({
    name: 'record-deliveries',
    text: `insert into deliveries (run_id, claim, channel, recipient, purpose, digest_day, sent_at)
           select run, claim, channel, recipient, purpose, "digestDay", "sentAt"
             from jsonb_to_recordset($1::jsonb)
               as d (run text, claim text, channel text, recipient text, purpose text, "digestDay" date, "sentAt" bigint)
               on conflict do nothing`,
    values: [JSON.stringify(deliveries)],
  });
}

/** Which of these people have had their list of that day. */
export async function findListed(
  db: Queryable,
  { run, day, recipients }: { run: string; day: string; recipients: readonly string[] },
): Promise<Set<string>> {
  const { rows } = await db.query<{ recipient: string }>(
    'select distinct recipient from deliveries where run_id = $1 and digest_day = $2 and recipient = any ($3) limit $4',
    [run, day, recipients, recipients.length],
  );
  return new Set(rows.map(({ recipient }) => recipient));
}
