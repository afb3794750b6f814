/** Confirms flushes in batches: each answered Update says that history holds its flush, and many say so in one statement. */
import type { Pool } from 'pg';
import { confirmFlushes, type FlushRef } from '../store/confirm.ts';

/** Long enough to gather what is answered together, short enough that messages are not kept waiting. */
const GATHER_MS = 15;
const BATCH = 500;

export interface Confirmer {
  confirm(flush: FlushRef): void;
  /** Resolves once everything given so far has been noted, or could not be: the relay's sweep asks the workflows about those. */
  drain(): Promise<void>;
}

export function createConfirmer(pool: Pool): Confirmer {
  let waiting: FlushRef[] = [];
  let round: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
      const batch = newestOf(waiting.splice(0, BATCH));
      // Not being able to confirm loses nothing: what is held back stays held until the sweep finds it.
      await confirmFlushes(pool, batch).catch(() => undefined);
    }
    round = undefined;
  };
  return {
    confirm(flush) {
      waiting.push(flush);
      round ??= write();
    },
    async drain() {
      while (round !== undefined) await round;
    },
  };
}

/** Confirming a flush confirms those before it. */
function newestOf(flushes: readonly FlushRef[]): FlushRef[] {
  const newest = new Map<string, FlushRef>();
  for (const flush of flushes) {
    const key = `${flush.run}/${flush.instance}`;
    if ((newest.get(key)?.number ?? -1) < flush.number) newest.set(key, flush);
  }
  return [...newest.values()];
}
