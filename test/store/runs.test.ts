import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../model/canonical.ts';
import type { Plan } from '../../model/plan.ts';
import { findUnsettled } from '../../store/books.ts';
import { findInstance, findNextWake, findWaking, quarantineInstance } from '../../store/instances.ts';
import { getPlanText, putPlan } from '../../store/plans.ts';
import { findRun, findRuns, getRun, markClosed, markRunning, setSteppedTo } from '../../store/runs.ts';
import { writeFlush } from '../../store/flush.ts';
import { buildFlush, buildMessage, buildTask, DAY, HOUSEHOLD, RUN, SEP_21 } from './flushes.ts';
import { createTestRun } from './enrolled-run.ts';
import { readColumn, withStore } from './with-store.ts';

describe('a plan', () => {
  it('is kept under the hash of its canonical text, once', () =>
    withStore(async ({ worker }) => {
      const value = { title: { zh: '十个一', en: 'Ten ones' }, shigeyi: 1 } as unknown as Plan;
      const hash = await putPlan(worker, { kind: 'plan', value });
      expect(await putPlan(worker, { kind: 'plan', value })).toBe(hash);
      expect(await getPlanText(worker, hash)).toBe(canonicalJson(value));
    }));

  it('that is not kept has a stable code', () =>
    withStore(({ worker }) => expect(getPlanText(worker, '0'.repeat(64))).rejects.toMatchObject({ code: 'PLAN_UNKNOWN' })));
});

describe('a run', () => {
  it('begins once, with its first revision', () =>
    withStore(async ({ worker }) => {
      await createTestRun(worker);
      await expect(createTestRun(worker)).rejects.toMatchObject({ code: 'RUN_EXISTS' });
      expect(await getRun(worker, RUN)).toMatchObject({
        status: 'starting',
        revision: 1,
        clock: { kind: 'real' },
        startedAt: null,
      });
      expect(await readColumn(worker, 'select kind from revisions')).toEqual(['start']);
    }));

  it('keeps the first instant at which it ran, and closes once', () =>
    withStore(async ({ worker }) => {
      await createTestRun(worker);
      await markRunning(worker, { run: RUN, at: SEP_21 });
      await markRunning(worker, { run: RUN, at: SEP_21 + DAY });
      expect(await getRun(worker, RUN)).toMatchObject({ status: 'running', startedAt: SEP_21 });
      await markClosed(worker, { run: RUN });
      await markRunning(worker, { run: RUN, at: SEP_21 });
      expect(await getRun(worker, RUN)).toMatchObject({ status: 'closed' });
      expect(await findRuns(worker, { limit: 10, open: true })).toEqual([]);
      expect(await findRuns(worker, { limit: 10 })).toHaveLength(1);
    }));

  it('has a stepped clock that never goes back', () =>
    withStore(async ({ worker }) => {
      await createTestRun(worker, { clock: { kind: 'stepped', anchor: SEP_21 } });
      await setSteppedTo(worker, { run: RUN, at: SEP_21 + DAY });
      await setSteppedTo(worker, { run: RUN, at: SEP_21 });
      expect(await findRun(worker, RUN)).toMatchObject({ steppedTo: SEP_21 + DAY });
    }));

  it('has not come to rest before it is marked as running', () =>
    withStore(async ({ worker }) => {
      await createTestRun(worker);
      const unsettled = async () => await findUnsettled(worker, { run: RUN, campaignNow: SEP_21 });
      expect(await unsettled()).toMatchObject({ starting: 1, planned: 0 });
      await markRunning(worker, { run: RUN, at: SEP_21 });
      expect(await unsettled()).toMatchObject({ starting: 0, planned: 0 });
    }));

  it('says which of its instances wake next', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ instance: 'h/late', nextWake: SEP_21 + 2 * DAY }));
      await writeFlush(worker, buildFlush({ instance: 'h/early', nextWake: SEP_21 + DAY }));
      await writeFlush(worker, buildFlush({ instance: 'h/never', nextWake: null }));
      expect(await findNextWake(worker, { run: RUN })).toBe(SEP_21 + DAY);
      expect(await findWaking(worker, { run: RUN, at: SEP_21 + DAY, limit: 10 })).toEqual([
        { instance: 'h/early', nextWake: SEP_21 + DAY, flush: 1 },
      ]);
      expect(await findNextWake(worker, { run: 'another-run' })).toBeNull();
    }));
});

describe('a quarantined instance', () => {
  it('sends nothing and takes the next full flush, whatever its number, as the truth', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ tasks: [buildTask({ key: 'real' })] }));
      await writeFlush(worker, buildFlush({ number: 2, tasks: [buildTask({ key: 'never-happened' })] }));
      await writeFlush(worker, buildFlush({ number: 3, outbox: [buildMessage()] }));
      expect(await quarantineInstance(worker, { run: RUN, instance: HOUSEHOLD })).toBe(true);
      expect(await readColumn(worker, 'select claim from outbox')).toEqual([]);
      await expect(writeFlush(worker, buildFlush({ number: 2, digest: 'other' }))).rejects.toMatchObject({ code: 'FLUSH_GAP' });
      const full = buildFlush({ number: 2, digest: 'other', full: true, tasks: [buildTask({ key: 'real' })] });
      expect(await writeFlush(worker, full)).toMatchObject({ conflict: false });
      expect(await findInstance(worker, { run: RUN, instance: HOUSEHOLD })).toMatchObject({
        flush: { number: 2, digest: 'other' },
        quarantined: false,
      });
      expect(await readColumn(worker, 'select key from tasks')).toEqual(['real']);
      expect(await readColumn(worker, 'select number from flushes order by number')).toEqual([1, 2]);
    }));
});
