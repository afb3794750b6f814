/** The audit as its hashes see it: what each covers, and the hash. For exporting the chains and for making them again. */
import type { Queryable } from './pool.ts';

/** How a trail should end. Of an instance that is not there, whose rows are, it is nothing. */
export interface TrailEnd {
  readonly instance: string;
  readonly rows: number;
  /** Hexadecimal; null when nothing was written. */
  readonly hash: string | null;
}

/** Of every instance that has counted rows or has some, in no order. */
export async function findTrailEnds(db: Queryable, { run, limit }: { run: string; limit: number }): Promise<TrailEnd[]> {
  const { rows } = await db.query<TrailEnd>(
    `select coalesce(i.id, a.instance) as instance, coalesce(i.audit_seq, 0) as rows, encode(i.audit_hash, 'hex') as hash
       from (select id, audit_seq, audit_hash from instances where run_id = $1 and audit_seq > 0) as i
       full join (select distinct instance from audit where run_id = $1) as a on a.instance = i.id
      limit $2`,
    [run, limit],
  );
  return rows;
}

export interface AuditLink {
  readonly instance: string;
  readonly seq: number;
  /** The last anchor made before the row was written; null while there was none. */
  readonly anchor: number | null;
  /** What the hash covers beside the hash of the row before: the row as JSON. */
  readonly text: string;
  /** Hexadecimal. */
  readonly hash: string;
  /** The state it told of was superseded. No part of the text: it became so later. */
  readonly void: boolean;
}

/** Of these instances, by instance and number, from behind `after` on. */
export async function findLinks(
  db: Queryable,
  {
    run,
    instances,
    after,
    limit,
  }: { run: string; instances: readonly string[]; after?: Pick<AuditLink, 'instance' | 'seq'>; limit: number },
): Promise<AuditLink[]> {
  const { rows } = await db.query<AuditLink>({
    name: 'find-audit-links',
    text: `select a.instance, a.seq, a.anchor, audit_text(a) as text, encode(a.hash, 'hex') as hash,
                  a.flush_number > 0 and f.digest is distinct from a.flush_digest as void
             from audit a
             left join flushes f on f.run_id = a.run_id and f.instance = a.instance and f.number = a.flush_number
            where a.run_id = $1 and a.instance = any ($2) and (a.instance, a.seq) > ($3, $4)
            order by a.instance, a.seq
            limit $5`,
    values: [run, instances, after?.instance ?? '', after?.seq ?? 0, limit],
  });
  return rows;
}
