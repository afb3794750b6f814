import type { Queryable } from './pool.ts';

/** A flush as history names it. */
export interface FlushRef {
  readonly run: string;
  readonly instance: string;
  readonly number: number;
  readonly digest: string;
}

/** `mismatch`: Postgres holds another state under this number and the instance will write itself in full; `unknown`: it holds none. */
export interface Confirmation {
  readonly run: string;
  readonly instance: string;
  readonly number: number;
  readonly outcome: 'confirmed' | 'mismatch' | 'unknown';
}

/** Many at once cost little more than one; more than this is a sign of a caller that does not batch but hoard. */
const MOST_AT_ONCE = 1_000;

/**
 * Says that history holds these flushes, and with each all earlier ones of its instance. What they held back may now leave: outbox rows
 * become ready and gate changes count. Safe to repeat.
 */
export async function confirmFlushes(db: Queryable, refs: readonly FlushRef[]): Promise<Confirmation[]> {
  if (refs.length === 0) return [];
  if (refs.length > MOST_AT_ONCE) throw new RangeError(`${refs.length} flushes to confirm at once; at most ${MOST_AT_ONCE}`);
  const { rows } = await db.query<Confirmation>({
    name: 'confirm-flushes',
    text: 'select ref_run as run, ref_instance as instance, ref_number as number, outcome from confirm_flushes($1::jsonb)',
    values: [JSON.stringify(refs)],
  });
  return rows;
}

export interface UnconfirmedFlush extends FlushRef {
  /** Real milliseconds since it was written. */
  readonly ageMs: number;
}

/**
 * Flushes that hold something back, or answered a command, and were written longer ago than a client needs to confirm them, oldest first: for
 * the sweep.
 */
export async function findUnconfirmed(
  db: Queryable,
  { olderThanMs, limit }: { olderThanMs: number; limit: number },
): Promise<UnconfirmedFlush[]> {
  const { rows } = await db.query<UnconfirmedFlush>(
    `select run_id as run, instance, number, digest, (extract(epoch from now() - written_at) * 1000)::bigint as "ageMs"
       from flushes
      where not confirmed and (awaited or answers <> '{}') and written_at < now() - $1 * interval '1 millisecond'
      order by written_at
      limit $2`,
    [olderThanMs, limit],
  );
  return rows;
}
