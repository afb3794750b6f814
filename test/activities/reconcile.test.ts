/** What the reconciler asks of instances: at which instant, and, once a run is over, to close. */
import { describe, expect, it } from 'vitest';
import { createReconciler, type Reconciler, type ReconcilerParts } from '../../activities/reconcile.ts';
import { campaignNow } from '../../model/campaign-now.ts';
import type { Clock } from '../../model/clock.ts';
import { findAnchors } from '../../store/anchors.ts';
import { writeFlush } from '../../store/flush.ts';
import { createPlanShelf } from '../../store/plan-shelf.ts';
import { createRevision } from '../../store/revisions.ts';
import { getRun, markRunning, setSteppedTo } from '../../store/runs.ts';
import { createTestRun } from '../store/enrolled-run.ts';
import { buildAudit, buildFlush, DAY, RUN, SEP_21 } from '../store/flushes.ts';
import { type TestStore, withStore } from '../store/with-store.ts';

const CLOSED = buildFlush({ number: 2, status: 'closed', nextWake: null, audit: [buildAudit({ kind: 'closed' })] });

/** Of parts that do nothing but what is given. */
const reconcilerOf = (pool: TestStore['worker'], parts: Partial<ReconcilerParts>): Reconciler =>
  createReconciler({
    pool,
    rulesVersion: 1,
    plans: createPlanShelf(pool),
    startInstance: () => Promise.resolve(),
    closeInstance: () => Promise.resolve(),
    adjustInstance: () => Promise.reject(new Error('nobody is adjusted here')),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    isOver: () => Promise.resolve(true),
    ...parts,
  });

const revise = async (pool: TestStore['worker'], kind: 'pause' | 'resume', at: number): Promise<void> => {
  const adjustment = { kind, cause: 'run' } as const;
  await createRevision(pool, {
    ...{ run: RUN, command: kind, for: { all: true }, adjustment, authority: 'office', author: 'office-1', reason: kind, at },
  });
};

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
  const reconciler = reconcilerOf(worker, { closeInstance: close });
  await work(async () => await reconciler.turn(await getRun(worker, RUN)));
}

describe('a run that was read a while ago', () => {
  it('has who is adjusted at the instant that its clock has reached by now', () =>
    withStore(async ({ worker }) => {
      await createTestRun(worker, { startsAt: SEP_21, clock: { kind: 'stepped', anchor: SEP_21 } });
      await writeFlush(worker, buildFlush({ nextWake: null, audit: [buildAudit()] }));
      await markRunning(worker, { run: RUN, at: SEP_21 });
      await revise(worker, 'pause', SEP_21);
      const before = await getRun(worker, RUN);
      await setSteppedTo(worker, { run: RUN, at: SEP_21 + DAY });
      await revise(worker, 'resume', SEP_21 + DAY);
      const reached: [string, number][] = [];
      const reconciler = reconcilerOf(worker, {
        adjustInstance: ({ run, item }) => {
          if (item.kind === 'adjust') reached.push([item.revision.adjustment.kind, campaignNow(run, Date.now())]);
          return Promise.resolve({ adjusted: 1 });
        },
      });
      while (reached.length < 2) await reconciler.turn(before);
      expect(reached.at(-1)).toEqual(['resume', SEP_21 + DAY]);
    }));
});

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
