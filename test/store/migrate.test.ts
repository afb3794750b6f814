import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../store/migrate.ts';
import { withTestDatabase } from '../database.ts';
import { buildAudit, buildFlush } from './flushes.ts';
import { writeFlush } from '../../store/flush.ts';
import { putPlan } from '../../store/plans.ts';
import type { Plan } from '../../model/plan.ts';
import { readColumn, readValue, withStore } from './with-store.ts';

const FILES = readdirSync(new URL('../../store/migrations', import.meta.url)).map((file) => file.replace('.sql', ''));

async function withOwner<T>(ownerUrl: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

describe('migrations', () => {
  it('are numbered from 1 without a gap', () =>
    expect(FILES.map((file) => Number(file.slice(0, 4)))).toEqual(FILES.map((_, index) => index + 1)));

  it('are applied once, by whichever of several migrators comes first; the others wait', () =>
    withTestDatabase(async ({ ownerUrl }) => {
      const applied = await Promise.all(Array.from({ length: 4 }, () => migrate(ownerUrl)));
      expect(applied.flat()).toEqual(FILES);
      expect(await migrate(ownerUrl)).toEqual([]);
    }));

  it('give up with a stable code when another migrator never finishes', () =>
    withTestDatabase(({ ownerUrl }) =>
      withOwner(ownerUrl, async (owner) => {
        // The lock that node-pg-migrate takes.
        await owner.query('select pg_advisory_lock(7241865325823964)');
        await expect(migrate(ownerUrl, { waitMs: 100 })).rejects.toMatchObject({ code: 'MIGRATION_BUSY' });
      }),
    ));

  it('leave the public nothing: neither functions nor tables', () =>
    withStore(async ({ worker }) => {
      expect(
        await readColumn(
          worker,
          `select proname from pg_proc where pronamespace = 'public'::regnamespace and has_function_privilege('public', oid, 'execute')`,
        ),
      ).toEqual([]);
      expect(
        await readColumn(
          worker,
          `select relname from pg_class where relnamespace = 'public'::regnamespace and has_table_privilege('public', oid, 'select')`,
        ),
      ).toEqual([]);
    }));

  it('give the owner no sight of rows, and a later migration the means to rewrite them', () =>
    withStore(async ({ database, worker }) => {
      await writeFlush(worker, buildFlush());
      await withOwner(database.ownerUrl, async (owner) => {
        expect((await owner.query('select from instances')).rowCount).toBe(0);
        await owner.query('begin; alter table instances no force row level security');
        expect((await owner.query('select from instances')).rowCount).toBe(1);
        await owner.query('alter table instances force row level security; commit');
        expect((await owner.query('select from instances')).rowCount).toBe(0);
      });
    }));
});

describe('rows that are never changed', () => {
  it.each([['update plans set kind = kind'], ['delete from plans'], [`update audit set actor = 'x'`], ['delete from audit']])(
    'refuse: %s',
    (statement) =>
      withStore(async ({ worker, database }) => {
        await putPlan(worker, { kind: 'plan', value: { shigeyi: 1 } as Plan });
        await writeFlush(worker, buildFlush({ audit: [buildAudit()] }));
        await expect(worker.query(statement)).rejects.toThrow('permission denied');
        await withOwner(database.adminUrl, async (superuser) => {
          await expect(superuser.query(statement)).rejects.toThrow('its rows are never changed');
        });
      }),
  );

  it('refuse a plan whose text does not have the hash it is kept under', () =>
    withStore(async ({ worker }) => {
      const hash = createHash('sha256').update('{"a":1}').digest('hex');
      await expect(worker.query(`insert into plans (hash, kind, body) values ($1, 'plan', '{"a":2}')`, [hash])).rejects.toThrow(
        'check constraint',
      );
      expect(await readValue(worker, 'select count(*) from plans')).toBe(0);
    }));
});
