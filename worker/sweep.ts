/**
 * Flushes whose client died before it could confirm them: the workflow says whether history holds them. Those it holds are confirmed. One that it
 * does not hold and is not about to hold is void already; left alone it would show what never happened, and keep its run open, until the instance
 * next has something to write. So the instance is asked to write itself.
 */
import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import type { Log } from '../activities/channel.ts';
import { findReport, holdsFlush } from '../client/compare-instance.ts';
import { workflowIdOf } from '../client/workflow-ids.ts';
import { inParallel } from '../model/in-parallel.ts';
import { findInstance } from '../store/instances.ts';
import { confirmFlushes, type FlushRef, findUnconfirmed, type UnconfirmedFlush } from '../store/confirm.ts';

/** A client has confirmed by then, if it lives. */
const OLDER_MS = 1_500;
/** A workflow task under way has ended by then, or the server has given it up. */
const LOST_AFTER_MS = 15_000;
/** An instance that was asked to write itself has, or cannot. */
const ASK_AGAIN_MS = 60_000;
const REMEMBERED = 10_000;
const BATCH = 200;
const WIDTH = 8;

export interface SweepParts {
  readonly pool: Pool;
  readonly temporal: Client;
  /** Has the instance write its whole state, over the flush that history does not hold. */
  rewrite(lost: FlushRef): Promise<void>;
  readonly log: Log;
}

export interface Sweep {
  /** Begins one, unless one is under way: an instance that is slow to answer holds up nobody but the next sweep. */
  begin(): void;
  /** Resolves when none is under way. */
  ended(): Promise<void>;
}

export function createSweep({ pool, temporal, rewrite, log }: SweepParts): Sweep {
  let underWay: Promise<void> | undefined;
  const asked = new Map<string, number>();
  const isTime = ({ run, instance }: FlushRef): boolean => {
    const key = `${run}/${instance}`;
    if (Date.now() - (asked.get(key) ?? 0) < ASK_AGAIN_MS) return false;
    if (asked.size >= REMEMBERED) asked.clear();
    asked.set(key, Date.now());
    return true;
  };
  return {
    begin() {
      underWay ??= sweep()
        .catch((failure: unknown) => log.warn({ failure: String(failure) }, 'a sweep failed and is tried again'))
        .finally(() => {
          underWay = undefined;
        });
    },
    async ended() {
      await underWay;
    },
  };

  async function sweep(): Promise<void> {
    const waiting = await findUnconfirmed(pool, { olderThanMs: OLDER_MS, limit: BATCH });
    const held: FlushRef[] = [];
    await inParallel(waiting, {
      width: WIDTH,
      work: async (flush) => {
        try {
          if (await isHeld(flush)) held.push(flush);
        } catch (failure) {
          const { ageMs: _age, ...which } = flush;
          log.warn({ ...which, failure: String(failure) }, 'an instance could not be asked what its history holds');
        }
      },
    });
    await confirmFlushes(pool, held);
  }

  async function isHeld(flush: UnconfirmedFlush): Promise<boolean> {
    const report = await findReport(temporal, workflowIdOf(flush));
    // Temporal has forgotten it. What a closed instance has written stands.
    if (report === undefined) return (await findInstance(pool, flush))?.status === 'closed';
    if (holdsFlush(report, flush)) return true;
    // While it is writing, it may be writing this very flush.
    if (!report.pending && flush.ageMs > LOST_AFTER_MS && isTime(flush)) await rewrite(flush);
    return false;
  }
}
