import { describe, expect, it } from 'vitest';
import { writeFlush } from '../../store/flush.ts';
import { countItems, findPendingItems, settleItem } from '../../store/revisions.ts';
import { countRules, createRoll, findUnfinishedRoll } from '../../store/rolls.ts';
import { getRun } from '../../store/runs.ts';
import { createTestRun } from './enrolled-run.ts';
import { buildFlush, RUN } from './flushes.ts';
import { type TestStore, withStore } from './with-store.ts';

/** A run with two open households and one that has closed. */
const withRun = (work: (store: TestStore) => Promise<void>): Promise<void> =>
  withStore(async (store) => {
    const { worker } = store;
    await createTestRun(worker);
    for (const instance of ['h/1', 'h/2']) await writeFlush(worker, buildFlush({ instance, more: { rulesVersion: 1 } }));
    await writeFlush(worker, buildFlush({ instance: 'h/3', status: 'closed', more: { rulesVersion: 1 } }));
    await work(store);
  });
const asked = { run: RUN, command: 'roll-1', author: 'operator' };

describe('a roll', () => {
  it('is a revision of the run, with an item for each instance that has not closed', () =>
    withRun(async ({ worker }) => {
      expect(await createRoll(worker, asked)).toEqual({ run: RUN, revision: 2, author: 'operator' });
      expect((await getRun(worker, RUN)).revision).toBe(2);
      const items = await findPendingItems(worker, { run: RUN, limit: 10 });
      expect(items).toMatchObject([
        { instance: 'h/1', kind: 'roll', revision: { revision: 2 } },
        { instance: 'h/2', kind: 'roll', revision: { revision: 2 } },
      ]);
    }));

  it('asked for again under its command is the same', () =>
    withRun(async ({ worker }) => {
      const roll = await createRoll(worker, asked);
      expect(await createRoll(worker, asked)).toEqual(roll);
      expect((await getRun(worker, RUN)).revision).toBe(2);
    }));

  it('is unfinished until every open instance has had it, and one that closed meanwhile does not count', () =>
    withRun(async ({ worker }) => {
      const { revision } = await createRoll(worker, asked);
      await settleItem(worker, { run: RUN, revision, instance: 'h/1', outcome: { adjusted: 0 } });
      expect(await findUnfinishedRoll(worker, { run: RUN })).toMatchObject({ revision });
      expect(await countItems(worker, { run: RUN, revision })).toEqual({ pending: 1, done: 1, refused: 0 });
      await writeFlush(worker, buildFlush({ instance: 'h/2', number: 2, status: 'closed' }));
      expect(await findUnfinishedRoll(worker, { run: RUN })).toBeUndefined();
      expect(await countItems(worker, { run: RUN, revision })).toEqual({ pending: 0, done: 2, refused: 0 });
    }));
});

it('open instances are counted by the version of the rules they go by', () =>
  withRun(async ({ worker }) => {
    await writeFlush(worker, buildFlush({ instance: 'h/2', number: 2, more: { rulesVersion: 2 } }));
    expect(await countRules(worker, { run: RUN })).toEqual({ 1: 1, 2: 1 });
  }));
