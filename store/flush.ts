import type pg from 'pg';
import type { Flush, FlushResult } from '../model/flush.ts';
import { isStoreAway } from './away.ts';
import { StoreError } from './store-error.ts';

type Outcome = 'written' | 'same' | 'superseded' | 'gap' | 'behind';

/**
 * Writes what one activation proposes, in one transaction and one round trip. Safe to repeat: the same number and digest change nothing.
 * The same number with another digest supersedes what is there, unless history is known to hold that.
 *
 * `notAfter` is the real instant after which the caller no longer waits: a process that was stopped meanwhile must not write then,
 * because another has gone on without it.
 *
 * @throws FLUSH_GAP when flushes before this one are missing: only the whole state (`full`) fills the gap.
 * @throws FLUSH_BEHIND when Postgres holds later or confirmed flushes of another history, as after a restore: `verify --repair` decides.
 * @throws FLUSH_EXPIRED when `notAfter` has passed.
 */
export async function writeFlush(
  pool: pg.Pool,
  flush: Flush,
  { notAfter = Infinity }: { notAfter?: number } = {},
): Promise<FlushResult> {
  const { outcome, conflict } = await send(pool, flush, notAfter);
  switch (outcome) {
    case 'written':
    case 'same':
    case 'superseded':
      return { number: flush.number, digest: flush.digest, conflict };
    case 'gap':
      throw refused(flush, 'FLUSH_GAP');
    case 'behind':
      throw refused(flush, 'FLUSH_BEHIND');
  }
}

async function send(pool: pg.Pool, flush: Flush, notAfter: number): Promise<{ outcome: Outcome; conflict: boolean }> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // Asked with the connection in hand: waiting for one is where a flush grows old.
    if (Date.now() > notAfter) throw refused(flush, 'FLUSH_EXPIRED');
    const { rows } = await client.query<{ outcome: Outcome; conflict: boolean }>({
      name: 'write-flush',
      text: 'select outcome, conflict from write_flush($1::jsonb)',
      values: [JSON.stringify(flush)],
    });
    return rows[0]!;
  } catch (failure) {
    // A connection that was given up in the middle of a query would hand its answer to the next who asks.
    if (isStoreAway(failure)) broken = failure as Error;
    throw failure;
  } finally {
    client.release(broken);
  }
}

const REASONS = {
  FLUSH_GAP: ['comes after flushes that are missing here', 'Write the whole state of the instance (`full`).'],
  FLUSH_BEHIND: [
    'differs from what is held here for it, and later or confirmed flushes stand on that',
    'Run `shigeyi verify --repair`.',
  ],
  FLUSH_EXPIRED: ['was to be written after its caller had stopped waiting', 'Nothing: the caller tries again by itself.'],
} as const;

function refused({ run, instance, number, digest }: Flush, code: keyof typeof REASONS): StoreError {
  const [what, remedy] = REASONS[code];
  return new StoreError({ code, message: `flush ${number} (${digest}) of ${run}/${instance} ${what}`, remedy });
}
