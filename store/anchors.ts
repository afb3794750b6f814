/** Anchors of the audit: the ends of all chains of a run in one digest, made now and then, each bound to the one before. */
import type { Queryable } from './pool.ts';

export type AnchorReason = 'hourly' | 'export' | 'closing';

export interface Anchor {
  readonly number: number;
  /** What its hash covers beside the hash of the anchor before: JSON with its run, number, instant, reason, counts and digest. */
  readonly text: string;
  /** Hexadecimal. */
  readonly hash: string;
}

/**
 * Makes an anchor and returns its number; undefined when there is nothing to do: an hourly one when another was made within `everyMs`, or the run is
 * no older than that; a closing one when there is one already. Of several callers at once, one makes it. Waits a second at most for flushes under
 * way, then fails: whoever asks goes on and asks again.
 */
export async function makeAnchor(
  db: Queryable,
  { run, reason, everyMs = 0 }: { run: string; reason: AnchorReason; everyMs?: number },
): Promise<number | undefined> {
  const { rows } = await db.query<{ number: number | null }>('select make_anchor($1, $2, $3) as number', [run, reason, everyMs]);
  return rows[0]?.number ?? undefined;
}

/** In their order, from behind `after`, up to and including `until`. */
export async function findAnchors(
  db: Queryable,
  { run, after = 0, until = null, limit }: { run: string; after?: number; until?: number | null; limit: number },
): Promise<Anchor[]> {
  const { rows } = await db.query<Anchor>(
    `select number, anchor_text(a) as text, encode(hash, 'hex') as hash from audit_anchors a
      where run_id = $1 and number > $2 and ($3::int is null or number <= $3)
      order by number
      limit $4`,
    [run, after, until, limit],
  );
  return rows;
}
