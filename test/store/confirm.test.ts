import type { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { confirmFlushes, findUnconfirmed } from '../../store/confirm.ts';
import { writeFlush } from '../../store/flush.ts';
import { buildAnswer, buildFlush, buildMessage, buildOutboxCommand, HOUSEHOLD, RUN } from './flushes.ts';
import { readColumn, withStore } from './with-store.ts';

const STATES = `select claim || ' ' || state from outbox order by id`;
const ref = (number: number, digest = `state-${number}`) => ({ run: RUN, instance: HOUSEHOLD, number, digest });
const withCommand = (number: number) =>
  buildFlush({
    number,
    outbox: [buildOutboxCommand({ claim: `spawn-${number}` })],
    answers: [buildAnswer({ command: `s-${number}` })],
  });

describe('an unconfirmed flush', () => {
  it('holds back what an Update caused and lets go what a wake caused', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ outbox: [buildMessage(), buildOutboxCommand()] }));
      expect(await readColumn(worker, STATES)).toEqual(['rung|visit|0|first|cadre-wu ready', 'spawn|visit|1 held']);
    }));

  it('is found by the sweep once it is old enough, but only when it holds something back', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ outbox: [buildMessage()] }));
      await writeFlush(worker, withCommand(2));
      expect(await findUnconfirmed(worker, { olderThanMs: 0, limit: 10 })).toMatchObject([ref(2)]);
      expect(await findUnconfirmed(worker, { olderThanMs: 60_000, limit: 10 })).toEqual([]);
    }));
});

describe('a flush that waits to be confirmed', () => {
  const unconfirmed = async (worker: Pool) =>
    (await findUnconfirmed(worker, { olderThanMs: 0, limit: 10 })).map(({ number }) => number);

  it('is one that holds something back, or answered somebody; not one that time brought', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ number: 1, outbox: [buildMessage({ cause: 'wake' })] }));
      await writeFlush(worker, buildFlush({ number: 2, answers: [buildAnswer()] }));
      await writeFlush(worker, withCommand(3));
      expect(await unconfirmed(worker)).toEqual([2, 3]);
      await confirmFlushes(worker, [ref(3)]);
      expect(await unconfirmed(worker)).toEqual([]);
    }));
});

describe('a confirmation', () => {
  it('releases the flush and those before it, and no later one', () =>
    withStore(async ({ worker }) => {
      for (const number of [1, 2, 3]) await writeFlush(worker, withCommand(number));
      expect(await confirmFlushes(worker, [ref(2)])).toEqual([
        { run: RUN, instance: HOUSEHOLD, number: 2, outcome: 'confirmed' },
      ]);
      expect(await readColumn(worker, STATES)).toEqual(['spawn-1 ready', 'spawn-2 ready', 'spawn-3 held']);
      expect(await findUnconfirmed(worker, { olderThanMs: 0, limit: 10 })).toMatchObject([ref(3)]);
    }));

  it('of another digest releases nothing and asks the instance for its whole state', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, withCommand(1));
      expect(await confirmFlushes(worker, [ref(1, 'other')])).toMatchObject([{ outcome: 'mismatch' }]);
      expect(await readColumn(worker, STATES)).toEqual(['spawn-1 held']);
      expect(await writeFlush(worker, buildFlush({ number: 2 }))).toMatchObject({ conflict: true });
    }));

  it('of a flush that is not there says so', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, withCommand(1));
      expect(await confirmFlushes(worker, [ref(2)])).toMatchObject([{ outcome: 'unknown' }]);
      expect(await readColumn(worker, STATES)).toEqual(['spawn-1 held']);
    }));

  it('repeated does not call back what has been sent', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, withCommand(1));
      await confirmFlushes(worker, [ref(1)]);
      await worker.query(`update outbox set state = 'sent'`);
      await confirmFlushes(worker, [ref(1)]);
      expect(await readColumn(worker, STATES)).toEqual(['spawn-1 sent']);
    }));

  it('of many flushes by two callers at once releases each', () =>
    withStore(async ({ worker }) => {
      const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
      for (const number of numbers) {
        await writeFlush(worker, {
          ...withCommand(1),
          instance: `h/${number}`,
          outbox: [buildOutboxCommand({ claim: `spawn-${number}` })],
        });
      }
      const refs = numbers.map((number) => ({ ...ref(1), instance: `h/${number}` }));
      await Promise.all([confirmFlushes(worker, refs), confirmFlushes(worker, refs.toReversed())]);
      expect(await readColumn(worker, 'select distinct state from outbox')).toEqual(['ready']);
    }));

  it('tells whoever listens that rows are ready', () =>
    withStore(async ({ worker }) => {
      const listener = await worker.connect();
      const heard = new Promise<string | undefined>((resolve) => listener.on('notification', ({ payload }) => resolve(payload)));
      await listener.query('listen shigeyi_outbox');
      await writeFlush(worker, withCommand(1));
      await confirmFlushes(worker, [ref(1)]);
      expect(await heard).toBe(RUN);
      listener.release(true);
    }));
});
