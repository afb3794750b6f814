import { describe, expect, it } from 'vitest';
import { isStoreAway } from '../../store/away.ts';
import { writeFlush } from '../../store/flush.ts';
import { createPool, withTransaction } from '../../store/pool.ts';
import { openSilentProxy } from '../silent-proxy.ts';
import { buildAudit, buildFlush } from './flushes.ts';
import { readValue, withStore } from './with-store.ts';

describe('a pool', () => {
  it('reads whole numbers, decimals and dates as what they are', () =>
    withStore(async ({ worker }) => {
      expect(
        (await worker.query(`select 9007199254740991::bigint as whole, 1.5::numeric as decimal, '2020-09-21'::date as day`)).rows,
      ).toEqual([{ whole: 9_007_199_254_740_991, decimal: 1.5, day: '2020-09-21' }]);
    }));

  it('refuses a number that it could only round', () =>
    withStore(async ({ worker }) => {
      await expect(worker.query('select 9007199254740993::bigint')).rejects.toThrow('not exact');
      expect(await readValue(worker, 'select 1')).toBe(1);
    }));

  it('outlives the loss of its idle connections', () =>
    withStore(async ({ database }) => {
      const errors: Error[] = [];
      const pool = createPool(database.workerUrl, {
        max: 2,
        applicationName: 'test-lost',
        onError: (error) => errors.push(error),
      });
      const admin = createPool(database.adminUrl, { max: 1, applicationName: 'test-admin' });
      try {
        await readValue(pool, 'select 1');
        await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'test-lost'`);
        await expect.poll(() => errors.length).toBe(1);
        expect(await readValue(pool, 'select 1')).toBe(1);
      } finally {
        await Promise.all([pool.end(), admin.end()]);
      }
    }));

  it('outlives the loss of a connection in the middle of a transaction', () =>
    withStore(async ({ database }) => {
      const pool = createPool(database.workerUrl, { max: 1, applicationName: 'test-lent' });
      const admin = createPool(database.adminUrl, { max: 1, applicationName: 'test-admin' });
      try {
        const work = withTransaction(pool, async (db) => {
          const lost = new Promise((resolve) => db.once('end', resolve));
          await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'test-lent'`);
          await lost;
          await db.query('select 1');
        });
        await expect(work).rejects.toThrow(/not queryable|terminat/i);
        expect(await readValue(pool, 'select 1')).toBe(1);
      } finally {
        await Promise.all([pool.end(), admin.end()]);
      }
    }));

  it('cancels a statement that takes too long', () =>
    withStore(async ({ database }) => {
      const pool = createPool(database.workerUrl, { max: 1, applicationName: 'test-slow', statementTimeoutMs: 50 });
      try {
        await expect(pool.query('select pg_sleep(10)')).rejects.toThrow('statement timeout');
      } finally {
        await pool.end();
      }
    }));

  it('rolls back a transaction whose work throws', () =>
    withStore(async ({ worker }) => {
      const work = withTransaction(worker, async (db) => {
        await db.query(`insert into instances (run_id, id, scope) values ('r', 'c', 'campaign')`);
        throw new Error('changed its mind');
      });
      await expect(work).rejects.toThrow('changed its mind');
      expect(await readValue(worker, 'select count(*) from instances')).toBe(0);
    }));
});

describe('a server that falls silent', () => {
  /** Longer than a statement may take, so that a server which lives would have cancelled it itself. */
  const GIVEN_UP_MS = 5_500;

  it('is given up in the middle of a query, and what asks next gets a connection of its own', () =>
    withStore(async ({ database }) => {
      const { hostname, port } = new URL(database.workerUrl);
      const proxy = await openSilentProxy({ host: hostname, port: Number(port) });
      const url = Object.assign(new URL(database.workerUrl), { hostname: '127.0.0.1', port: String(proxy.port) }).href;
      const pool = createPool(url, { max: 1, applicationName: 'test-silent', statementTimeoutMs: 100 });
      try {
        const flush = buildFlush({ audit: [buildAudit()] });
        await readValue(pool, 'select 1');
        proxy.fallSilent();
        const asked = Date.now();
        const failure = await writeFlush(pool, flush).then(
          () => undefined,
          (error: unknown) => error,
        );
        expect(isStoreAway(failure)).toBe(true);
        expect(Date.now() - asked).toBeLessThan(GIVEN_UP_MS);
        proxy.speakAgain();
        expect(await writeFlush(pool, flush)).toMatchObject({ number: 1 });
      } finally {
        proxy.close();
        await pool.end();
      }
    }));
});
