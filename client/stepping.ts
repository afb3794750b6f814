/**
 * The stepped clock of a run, moved from outside: to each instant at which anything is due, one after another, and never before everything
 * that the last step set in motion has come to rest. Exact, because nothing here waits for time: only for work to be done.
 */
import { inParallel } from '../model/in-parallel.ts';
import type { Instant } from '../model/plan.ts';
import { findUnsettled } from '../store/books.ts';
import { findNextWake, findWaking } from '../store/instances.ts';
import { getRun, setSteppedTo } from '../store/runs.ts';
import type { ClientRoom } from './parts.ts';

const PAGE = 500;
const WIDTH = 12;
const LOOK_AGAIN_MS = 10;
/** No less on its way after so long means that a worker is missing or a row keeps failing. A run of thousands takes longer in all. */
const PATIENCE_MS = 60_000;

/** Moves the run's clock to `to`, stopping at every wake on the way. */
export async function advanceRun(room: ClientRoom, { run, to }: { run: string; to: Instant }): Promise<void> {
  await rest(room, { run });
  for (;;) {
    const wake = await findNextWake(room.enginePool, { run });
    const { steppedTo } = await getRun(room.enginePool, run);
    const next = Math.min(wake ?? to, to);
    if (steppedTo === null || next > steppedTo) await setSteppedTo(room.enginePool, { run, at: next });
    if (wake === null || wake > to) break;
    await wakeInstances(room, { run, at: next });
    await rest(room, { run });
  }
  await rest(room, { run });
}

async function wakeInstances({ enginePool, sender }: ClientRoom, { run, at }: { run: string; at: Instant }): Promise<void> {
  const due = await findWaking(enginePool, { run, at, limit: PAGE });
  await inParallel(due, {
    width: WIDTH,
    work: async ({ instance, flush }) => {
      await sender.send({
        run,
        instance,
        // With the flush: what was done at an instant may make something due at that same instant, and waking for it is another command.
        id: `clock|${instance}|${at}|${flush}`,
        by: { system: 'operator' },
        body: { kind: 'advanceClock', to: at },
        steppedTo: at,
      });
    },
  });
}

/** Waits until nothing is on its way: every instance started, every flush confirmed, every row that is due sent, every gate told. */
async function rest({ enginePool }: ClientRoom, { run }: { run: string }): Promise<void> {
  let least = Infinity;
  let deadline = 0;
  for (;;) {
    const { steppedTo, clock } = await getRun(enginePool, run);
    const at = steppedTo ?? (clock.kind === 'stepped' ? clock.anchor : 0);
    const unsettled = await findUnsettled(enginePool, { run, campaignNow: at });
    const left = Object.values(unsettled).reduce((sum, count) => sum + count, 0);
    if (left === 0) return;
    if (left < least) [least, deadline] = [left, Date.now() + PATIENCE_MS];
    if (Date.now() > deadline) throw new Error(`run '${run}' does not come to rest: ${JSON.stringify(unsettled)}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
