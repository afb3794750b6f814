/** Anchors of the audit: what they cover, and when they are made. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { withClient } from '../../platform/database.ts';
import { type Anchor, findAnchors, makeAnchor } from '../../store/anchors.ts';
import { writeFlush } from '../../store/flush.ts';
import { withTransaction } from '../../store/pool.ts';
import { createTestRun } from './enrolled-run.ts';
import { buildAudit, buildFlush, RUN } from './flushes.ts';
import { readColumn, readValue, type TestStore, withStore } from './with-store.ts';

const HOUR = 3_600_000;
const hourly = { run: RUN, reason: 'hourly', everyMs: HOUR } as const;
const sha256 = (...parts: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};
const said = ({ text }: Anchor) => JSON.parse(text) as Record<string, unknown>;

/** A run with two households that have written: one row, and two. */
const withRun = (work: (store: TestStore) => Promise<void>): Promise<void> =>
  withStore(async (store) => {
    await createTestRun(store.worker);
    await writeFlush(store.worker, buildFlush({ instance: 'h/2', audit: [buildAudit()] }));
    await writeFlush(store.worker, buildFlush({ instance: 'h/10', audit: [buildAudit(), buildAudit({ kind: 'rungReached' })] }));
    await work(store);
  });

/** Moves everything that tells the time of a run back. */
const age = ({ database }: TestStore, ms: number): Promise<unknown> =>
  withClient(database.adminUrl, (superuser) =>
    superuser.query(`set session_replication_role = replica;
                     update runs set created_at = created_at - ${ms} * interval '1 millisecond';
                     update audit_anchors set made_at = made_at - ${ms} * interval '1 millisecond'`),
  );

describe('an anchor', () => {
  it('has the digest of the last row of every instance, in the order of their ids', () =>
    withRun(async ({ worker }) => {
      expect(await makeAnchor(worker, { run: RUN, reason: 'export' })).toBe(1);
      const ends = await readColumn<string>(
        worker,
        `select instance || ' ' || seq || ' ' || encode(hash, 'hex') from audit where instance = 'h/10' and seq = 2 or instance = 'h/2'
          order by instance collate "C"`,
      );
      const [anchor] = await findAnchors(worker, { run: RUN, limit: 10 });
      expect(ends.map((end) => end.slice(0, 6))).toEqual(['h/10 2', 'h/2 1 ']);
      expect(said(anchor!)).toMatchObject({ run: RUN, number: 1, reason: 'export', instances: 2, rows: 3 });
      expect(said(anchor!)['digest']).toBe(sha256(ends.map((end) => `${end}\n`).join('')));
      expect(anchor!.hash).toBe(sha256(anchor!.text));
    }));

  it('is bound to the one before', () =>
    withRun(async ({ worker }) => {
      await makeAnchor(worker, { run: RUN, reason: 'export' });
      await makeAnchor(worker, { run: RUN, reason: 'export' });
      const [first, second] = await findAnchors(worker, { run: RUN, limit: 10 });
      expect(second!.hash).toBe(sha256(Buffer.from(first!.hash, 'hex'), second!.text));
    }));

  it('is named by the rows written after it, and by none before', () =>
    withRun(async ({ worker }) => {
      await makeAnchor(worker, { run: RUN, reason: 'export' });
      await writeFlush(worker, buildFlush({ instance: 'h/2', number: 2, audit: [buildAudit(), buildAudit()] }));
      expect(await readColumn(worker, `select anchor from audit where instance = 'h/2' order by seq`)).toEqual([null, 1, 1]);
      expect(await readValue(worker, `select audit_text(a) from audit a where instance = 'h/2' and seq = 3`)).toMatch(
        /,"anchor":1\}$/,
      );
      expect(await readValue(worker, `select audit_text(a) from audit a where instance = 'h/2' and seq = 1`)).toMatch(
        /,"detail":null\}$/,
      );
    }));

  it('waits for rows that are being written, so that each is on one side of it', () =>
    withRun(async ({ worker }) => {
      const order: string[] = [];
      let making: Promise<unknown> | undefined;
      await withTransaction(worker, async (db) => {
        const flush = buildFlush({ instance: 'h/2', number: 2, audit: [buildAudit()] });
        await db.query('select write_flush($1)', [JSON.stringify(flush)]);
        making = makeAnchor(worker, { run: RUN, reason: 'export' }).then(() => order.push('anchored'));
        await db.query('select pg_sleep(0.2)');
        order.push('written');
      });
      await making;
      expect(order).toEqual(['written', 'anchored']);
      const [anchor] = await findAnchors(worker, { run: RUN, limit: 1 });
      expect(said(anchor!)).toMatchObject({ rows: 4 });
    }));

  it('is given up for now when a writer takes longer than a second, and writers go on', () =>
    withRun(async ({ worker }) => {
      await withTransaction(worker, async (db) => {
        const flush = buildFlush({ instance: 'h/2', number: 2, audit: [buildAudit()] });
        await db.query('select write_flush($1)', [JSON.stringify(flush)]);
        await expect(makeAnchor(worker, { run: RUN, reason: 'export' })).rejects.toMatchObject({ code: '55P03' });
        await writeFlush(worker, buildFlush({ instance: 'h/10', number: 2, audit: [buildAudit()] }));
      });
    }));

  it('can be neither changed nor taken away, nor its hash chosen', () =>
    withRun(async ({ worker, database }) => {
      await makeAnchor(worker, { run: RUN, reason: 'export' });
      for (const statement of [`update audit_anchors set reason = 'closing'`, 'delete from audit_anchors']) {
        await expect(worker.query(statement)).rejects.toThrow('permission denied');
        await withClient(database.adminUrl, (superuser) =>
          expect(superuser.query(statement)).rejects.toThrow('its rows are never changed'),
        );
      }
      const insert = `insert into audit_anchors values ('${RUN}', 2, now(), 'export', 0, 0, '\\x00', '\\x00')`;
      await worker.query(insert);
      const [first, second] = await findAnchors(worker, { run: RUN, limit: 10 });
      expect(second!.hash).toBe(sha256(Buffer.from(first!.hash, 'hex'), second!.text));
      await expect(worker.query(insert.replace('2, now()', '9, now()'))).rejects.toThrow('there is none before it');
    }));

  it('is seen by the office, and by somebody of the run', () =>
    withRun(async ({ worker, app }) => {
      await makeAnchor(worker, { run: RUN, reason: 'export' });
      const seenBy = (role: string, run: string) =>
        withTransaction(app, async (db) => {
          await db.query(`select set_config('shigeyi.role', $1, true), set_config('shigeyi.run', $2, true)`, [role, run]);
          return (await findAnchors(db, { run: RUN, limit: 10 })).length;
        });
      expect([
        await seenBy('office', ''),
        await seenBy('cadre', RUN),
        await seenBy('cadre', 'another'),
        await seenBy('', ''),
      ]).toEqual([1, 1, 0, 0]);
    }));
});

describe('an hourly anchor', () => {
  it('is made once the run is an hour old, and again an hour later', () =>
    withRun(async (store) => {
      const { worker } = store;
      expect(await makeAnchor(worker, hourly)).toBeUndefined();
      await age(store, HOUR);
      expect(await makeAnchor(worker, hourly)).toBe(1);
      expect(await makeAnchor(worker, hourly)).toBeUndefined();
      await age(store, HOUR);
      expect(await makeAnchor(worker, hourly)).toBe(2);
    }));

  it('is made by one of many workers', () =>
    withRun(async (store) => {
      await age(store, HOUR);
      const made = await Promise.all(Array.from({ length: 6 }, () => makeAnchor(store.worker, hourly)));
      expect(made.filter((number) => number !== undefined)).toEqual([1]);
    }));
});

it('a closing anchor is made once', () =>
  withRun(async ({ worker }) => {
    expect(await makeAnchor(worker, { run: RUN, reason: 'closing' })).toBe(1);
    expect(await makeAnchor(worker, { run: RUN, reason: 'closing' })).toBeUndefined();
  }));

it('of a run that is not there no anchor is made', () =>
  withStore(async ({ worker }) => expect(await makeAnchor(worker, { run: 'none', reason: 'export' })).toBeUndefined()));
