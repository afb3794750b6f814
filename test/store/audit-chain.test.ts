/** The audit's hash chain, made in the database whatever the writer does. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { describe, expect, it } from 'vitest';
import { withClient } from '../../platform/database.ts';
import { findBrokenTrails } from '../../store/books.ts';
import { writeFlush } from '../../store/flush.ts';
import { migrate } from '../../store/migrate.ts';
import { createPool } from '../../store/pool.ts';
import { makeAnchor } from '../../store/anchors.ts';
import { withTestDatabase } from '../database.ts';
import { createTestRun } from './enrolled-run.ts';
import { buildAudit, buildFlush, HOUSEHOLD, RUN } from './flushes.ts';
import { readColumn, readValue, withStore } from './with-store.ts';

interface Link {
  readonly seq: number;
  readonly text: string;
  readonly hash: string;
}

async function chainOf(db: Pool, instance = HOUSEHOLD): Promise<readonly Link[]> {
  const { rows } = await db.query<Link>(
    `select seq, audit_text(a) as text, encode(hash, 'hex') as hash from audit a where run_id = $1 and instance = $2 order by seq limit 100`,
    [RUN, instance],
  );
  return rows;
}

/** The hashes as anybody can make them: SHA-256 of the hash before, as bytes, and the row's text. */
function hashesOf(texts: readonly string[]): string[] {
  let before = Buffer.alloc(0);
  return texts.map((text) => {
    before = createHash('sha256').update(before).update(text).digest();
    return before.toString('hex');
  });
}

const endOf = (db: Pool, instance = HOUSEHOLD): Promise<string | null> =>
  readValue(db, `select encode(audit_hash, 'hex') from instances where id = '${instance}'`);

const opened = buildAudit({ detail: { deadline: 1_602_000_000_000, holder: 'cadre-wu' } });
const returned = buildAudit({ kind: 'taskReturned', command: 's-2', actor: 'head-1', detail: { reason: 's-2', step: 0 } });
const INSERT = `insert into audit (run_id, instance, seq, flush_number, flush_digest, at, kind, actor, hash)
                values ($1, $2, $3, 1, 'state-1', 0, 'made-up', 'nobody', '\\x00')`;

describe('the audit of an instance', () => {
  it('is a chain: each hash covers its row and the hash before it, over the rows of one flush and of the next', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ audit: [opened, buildAudit({ kind: 'rungReached', detail: { rung: 'first' } })] }));
      await writeFlush(worker, buildFlush({ number: 2, audit: [returned] }));
      const chain = await chainOf(worker);
      expect(chain.map(({ seq }) => seq)).toEqual([1, 2, 3]);
      expect(chain.map(({ hash }) => hash)).toEqual(hashesOf(chain.map(({ text }) => text)));
    }));

  it('hashes every column of a row, in one fixed order', () =>
    withStore(async ({ worker }) => {
      await createTestRun(worker);
      await makeAnchor(worker, { run: RUN, reason: 'export' });
      await writeFlush(worker, buildFlush({ audit: [opened, returned] }));
      const [first, second] = (await chainOf(worker)).map(({ text }) => JSON.parse(text) as Record<string, unknown>);
      const columns = await readColumn<string>(
        worker,
        `select column_name::text from information_schema.columns where table_name = 'audit' and column_name <> 'hash' order by ordinal_position`,
      );
      expect(Object.keys(first!)).toHaveLength(columns.length);
      expect(first).toMatchObject({ run: RUN, instance: HOUSEHOLD, seq: 1, flush: 1, digest: 'state-1', kind: 'taskOpened' });
      expect(first).toMatchObject({ task: 'visit', command: null, actor: 'time', detail: opened.detail });
      expect(second).toMatchObject({ seq: 2, command: 's-2', actor: 'head-1', detail: returned.detail });
      expect(first!['written']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    }));

  it('goes on from each instance by itself', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ audit: [opened] }));
      await writeFlush(worker, buildFlush({ instance: 'h/2002', audit: [opened] }));
      const [chain, other] = [await chainOf(worker), await chainOf(worker, 'h/2002')];
      expect(other.map(({ hash }) => hash)).toEqual(hashesOf(other.map(({ text }) => text)));
      expect(other[0]!.hash).not.toBe(chain[0]!.hash);
    }));

  it('keeps the rows of a superseded flush in the chain', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush({ digest: 'lost', audit: [returned] }));
      await writeFlush(worker, buildFlush({ digest: 'held', audit: [opened] }));
      const chain = await chainOf(worker);
      expect(chain.map(({ text }) => (JSON.parse(text) as { kind: string }).kind)).toEqual([
        'taskReturned',
        'void',
        'taskOpened',
      ]);
      expect(chain.map(({ hash }) => hash)).toEqual(hashesOf(chain.map(({ text }) => text)));
    }));

  it('ends, for the instance, with the hash of the last row', () =>
    withStore(async ({ worker }) => {
      await writeFlush(worker, buildFlush());
      expect(await endOf(worker)).toBeNull();
      await writeFlush(worker, buildFlush({ number: 2, audit: [opened, returned] }));
      expect(await endOf(worker)).toBe((await chainOf(worker))[1]!.hash);
      await writeFlush(worker, buildFlush({ number: 3 }));
      expect(await endOf(worker)).toBe((await chainOf(worker))[1]!.hash);
    }));

  it('takes no hash from a writer, neither of a row nor of the end', () =>
    withStore(async ({ worker }) => {
      await worker.query(INSERT, [RUN, HOUSEHOLD, 1]);
      const chain = await chainOf(worker);
      expect(chain[0]!.hash).toBe(hashesOf([chain[0]!.text])[0]);
      await writeFlush(worker, buildFlush({ instance: 'h/2002', audit: [opened] }));
      const end = await endOf(worker, 'h/2002');
      await worker.query(`update instances set audit_hash = '\\x00'`);
      expect(await endOf(worker, 'h/2002')).toBe(end);
    }));

  it('takes no row that has none before it', () =>
    withStore(async ({ worker }) => {
      await expect(worker.query(INSERT, [RUN, HOUSEHOLD, 3])).rejects.toThrow('there is none before it');
    }));
});

describe('a database that has audit rows from before there were hashes', () => {
  const folder = join(import.meta.dirname, '../../store/migrations');
  const files = readdirSync(folder).sort();
  const before = files.slice(0, files.indexOf(files.find((name) => name.endsWith('_audit_chain.sql'))!));

  it('has the same chain as if they had been written with them', () =>
    withTestDatabase(async ({ ownerUrl, workerUrl }) => {
      await withClient(ownerUrl, async (owner) => {
        await owner.query(
          'create table migrations (id serial primary key, name varchar(255) not null, run_on timestamp not null)',
        );
        for (const name of before) {
          await owner.query(readFileSync(join(folder, name), 'utf8'));
          await owner.query('insert into migrations (name, run_on) values ($1, now())', [name.replace('.sql', '')]);
        }
      });
      const worker = createPool(workerUrl, { max: 2, applicationName: 'test-worker' });
      try {
        await writeFlush(worker, buildFlush({ audit: [opened, returned] }));
        await writeFlush(worker, buildFlush({ instance: 'h/2002', audit: [opened] }));
        await migrate(ownerUrl);
        await writeFlush(worker, buildFlush({ number: 2, audit: [returned] }));
        const chain = await chainOf(worker);
        expect(chain.map(({ hash }) => hash)).toEqual(hashesOf(chain.map(({ text }) => text)));
        expect(await findBrokenTrails(worker, { run: RUN, limit: 10 })).toEqual([]);
        await expect(worker.query(`update audit set kind = 'x'`)).rejects.toThrow('permission denied');
      } finally {
        await worker.end();
      }
    }));
});

describe('the quick look at the trails of a run', () => {
  const broken = (worker: Pool) => findBrokenTrails(worker, { run: RUN, limit: 10 });
  const tampered = (how: string, found: object) =>
    withStore(async ({ worker, database }) => {
      await writeFlush(worker, buildFlush({ audit: [opened, returned, opened] }));
      await writeFlush(worker, buildFlush({ instance: 'h/2002', audit: [opened] }));
      expect(await broken(worker)).toEqual([]);
      await withClient(database.adminUrl, async (superuser) => {
        await superuser.query(`set session_replication_role = replica; ${how}`);
      });
      expect(await broken(worker)).toMatchObject([{ instance: HOUSEHOLD, ...found }]);
    });

  it('finds a row taken out', () =>
    tampered(`delete from audit where instance = 'h/2001' and seq = 2`, { expected: 3, found: 2 }));

  it('finds a row put in', () =>
    tampered(
      `insert into audit select (a).* from (select jsonb_populate_record(a, '{"seq": 4}') as a from audit a where instance = 'h/2001' and seq = 3) as b`,
      { expected: 3, found: 4 },
    ));

  it('finds that the last row is another than the instance wrote', () =>
    tampered(`update audit set hash = sha256('other') where instance = 'h/2001' and seq = 3`, {
      expected: 3,
      found: 3,
      endsRight: false,
    }));
});
