/** Closing a run: every instance is asked, and the books say whether it did. */
import { describe, expect, it } from 'vitest';
import { createReconciler, type ReconcilerParts } from '../../activities/reconcile.ts';
import type { Clock } from '../../model/clock.ts';
import { findAnchors } from '../../store/anchors.ts';
import { writeFlush } from '../../store/flush.ts';
import { createPlanShelf } from '../../store/plan-shelf.ts';
import { getRun, markRunning } from '../../store/runs.ts';
import { createTestRun } from '../store/enrolled-run.ts';
import { buildAudit, buildFlush, DAY, RUN, SEP_21 } from '../store/flushes.ts';
import { type TestStore, withStore } from '../store/with-store.ts';

const CLOSED = buildFlush({ number: 2, status: 'closed', nextWake: null, audit: [buildAudit({ kind: 'closed' })] });

/** A run that is over, with one household open; `close` is what happens to an instance that is asked. */
async function withOver(
  { worker }: TestStore,
  close: ReconcilerParts['closeInstance'],
  work: (turn: () => Promise<boolean>) => Promise<void>,
  clock: Clock = { kind: 'real' },
): Promise<void> {
  await createTestRun(worker, { startsAt: SEP_21, endsAt: SEP_21 + 1, clock });
  await writeFlush(worker, buildFlush({ nextWake: null, audit: [buildAudit()] }));
  await markRunning(worker, { run: RUN, at: SEP_21 });
  const reconciler = createReconciler({
    pool: worker,
    rulesVersion: 1,
    plans: createPlanShelf(worker),
    startInstance: () => Promise.resolve(),
    closeInstance: close,
    adjustInstance: () => Promise.reject(new Error('nobody is adjusted here')),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    isOver: () => Promise.resolve(true),
  });
  await work(async () => await reconciler.turn(await getRun(worker, RUN)));
}

describe('a run that is over', () => {
  it('is closed once its instances are, with an anchor over all they wrote', () =>
    withStore((store) =>
      withOver(
        store,
        async () => void (await writeFlush(store.worker, CLOSED)),
        async (turn) => {
          expect(await turn()).toBe(true);
          expect(await getRun(store.worker, RUN)).toMatchObject({ status: 'closed' });
          const [anchor] = await findAnchors(store.worker, { run: RUN, limit: 1 });
          expect(JSON.parse(anchor!.text)).toMatchObject({ reason: 'closing', instances: 1, rows: 2 });
        },
      ),
    ));

  it('asks each instance once in a turn, and stays open while one is open in the books', () =>
    withStore(async (store) => {
      let asked = 0;
      const answersOnly = (): Promise<void> => {
        asked += 1;
        return Promise.resolve();
      };
      await withOver(store, answersOnly, async (turn) => {
        expect(await turn()).toBe(true);
        expect(await turn()).toBe(true);
        expect(asked).toBe(2);
        expect(await getRun(store.worker, RUN)).toMatchObject({ status: 'running' });
        expect(await findAnchors(store.worker, { run: RUN, limit: 1 })).toEqual([]);
      });
    }));

  it('on a stepped clock that keeps it open stays open, however far the clock is moved', () =>
    withStore(async (store) => {
      const clock = { kind: 'stepped', anchor: SEP_21 + DAY, staysOpen: true } as const;
      const never = (): Promise<never> => Promise.reject(new Error('nothing is closed here'));
      await withOver(store, never, async (turn) => expect(await turn()).toBe(false), clock);
      expect(await getRun(store.worker, RUN)).toMatchObject({ status: 'running' });
    }));
});
