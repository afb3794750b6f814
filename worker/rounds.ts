/** The rounds of a worker process beside Temporal's own: reconcile each open run, relay what may leave, confirm what nobody confirmed. */
import type { Reconciler } from '../activities/reconcile.ts';
import type { Relay } from '../activities/relay.ts';
import { makeAnchor } from '../store/anchors.ts';
import type { Bell } from '../store/bell.ts';
import { findRuns, type Run } from '../store/runs.ts';
import { createSweep, type SweepParts } from './sweep.ts';

const IDLE_MS = 500;
const RUNS_AT_MOST = 200;
const SWEEP_EVERY_MS = 1_000;
/** How often the ends of a run's audit are put into an anchor, in real time, and how often a worker looks whether it is time. */
const ANCHOR_EVERY_MS = 3_600_000;
const ANCHOR_LOOK_MS = 60_000;

export interface RoundsParts extends SweepParts {
  readonly relay: Relay;
  readonly reconciler: Reconciler;
  readonly bell: Bell;
}

export interface Rounds {
  stop(): Promise<void>;
}

export function startRounds(parts: RoundsParts): Rounds {
  let stopping = false;
  const sweep = createSweep(parts);
  const going = go();
  return {
    async stop() {
      stopping = true;
      await parts.bell.stop();
      await going;
      await sweep.ended();
    },
  };

  async function go(): Promise<void> {
    let sweptAt = 0;
    let anchoredAt = 0;
    while (!stopping) {
      const busy = await round(Date.now() - sweptAt >= SWEEP_EVERY_MS).catch((failure: unknown) => {
        parts.log.warn({ failure: String(failure) }, 'a round failed and is tried again');
        return { did: false, swept: true };
      });
      if (busy.swept) sweptAt = Date.now();
      if (Date.now() - anchoredAt >= ANCHOR_LOOK_MS) {
        await anchor();
        anchoredAt = Date.now();
      }
      if (!busy.did && !stopping) await parts.bell.next(IDLE_MS);
    }
  }

  async function round(sweepDue: boolean): Promise<{ did: boolean; swept: boolean }> {
    const runs = await findRuns(parts.pool, { limit: RUNS_AT_MOST, open: true });
    let did = false;
    for (const run of runs) did = (await reconcile(run)) || did;
    did = (await parts.relay.turn(runs)) || did;
    if (sweepDue) sweep.begin();
    return { did, swept: sweepDue };
  }

  /** One run's trouble stays its own: the others are brought on, and everything that is ready leaves. */
  async function reconcile(run: Run): Promise<boolean> {
    try {
      return await parts.reconciler.turn(run);
    } catch (failure) {
      parts.log.warn({ run: run.id, failure: String(failure) }, 'a run could not be brought on and is tried again');
      return false;
    }
  }

  /** Every worker looks, and the database lets one of them make each anchor. */
  async function anchor(): Promise<void> {
    try {
      for (const { id } of await findRuns(parts.pool, { limit: RUNS_AT_MOST, open: true }))
        await makeAnchor(parts.pool, { run: id, reason: 'hourly', everyMs: ANCHOR_EVERY_MS });
    } catch (failure) {
      parts.log.warn({ failure: String(failure) }, 'an anchor of the audit could not be made and is tried again');
    }
  }
}
