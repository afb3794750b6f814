import { chmodSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { urlAs, withClient, withDatabase } from '../../platform/database.ts';
import type { PostgresServer } from '../../platform/postgres.ts';
import { startPostgres } from '../../platform/postgres.ts';
import { isAlive } from '../../platform/process-identity.ts';
import { makeTemporaryDirectory, withTemporaryDirectory } from '../temporary-directory.ts';
import { holdPort } from './held-port.ts';

const isRoot = process.getuid?.() === 0;

async function queried<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  return withClient(url, async (client) => (await client.query<T>(sql)).rows);
}

describe('a PostgreSQL server of ours', () => {
  let dataDir: string;
  let server: PostgresServer;
  beforeAll(async () => {
    dataDir = makeTemporaryDirectory();
    server = await startPostgres({ dataDir, port: 0 });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true });
  });

  it('listens on the loopback address alone, and on no socket file', async () => {
    const rows = await queried(
      server.adminUrl,
      `select current_setting('listen_addresses') as address, current_setting('unix_socket_directories') as sockets`,
    );
    expect(rows).toEqual([{ address: '127.0.0.1', sockets: '' }]);
  });

  it('lets nobody in without the right password', async () => {
    const wrong = urlAs(server.appUrl, { user: 'shigeyi_app', password: 'guess' });
    await expect(queried(wrong, 'select 1')).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
  });

  it('does not quote a password when it lets somebody not in', async () => {
    const wrong = urlAs(server.appUrl, { user: 'shigeyi_app', password: 'guess' });
    await expect(queried(wrong, 'select 1')).rejects.toMatchObject({ message: expect.not.stringContaining('guess') });
  });

  it('keeps its passwords in a file that only its owner reads', () =>
    expect(statSync(join(dataDir, 'postgres', 'credentials.json')).mode & 0o777).toBe(0o600));

  it('has three roles of which none is above row-level security', async () => {
    const rows = await queried(
      server.adminUrl,
      `select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as powerful
         from pg_roles where rolname like 'shigeyi%' order by 1`,
    );
    expect(rows).toEqual(['app', 'owner', 'worker'].map((name) => ({ name: `shigeyi_${name}`, powerful: false })));
  });

  it('lets the owner make tables', async () => {
    await withDatabase(server, async ({ ownerUrl }) => expect(await queried(ownerUrl, 'create table t (n int)')).toEqual([]));
  });

  it.each(['appUrl', 'workerUrl'] as const)('does not let the role of %s make tables', async (role) => {
    await withDatabase(server, async (urls) => {
      await expect(queried(urls[role], 'create table t (n int)')).rejects.toThrow('permission denied');
    });
  });

  it('drops a database that was lent, also when the work on it failed', async () => {
    const failed = withDatabase(server, () => Promise.reject(new Error('the work failed')));
    await expect(failed).rejects.toThrow('the work failed');
    expect(await queried(server.adminUrl, `select datname from pg_database where datname like 'scratch%'`)).toEqual([]);
  });

  it('is attached to by whoever starts it a second time, and outlives them', async () => {
    const second = await startPostgres({ dataDir });
    await second.stop();
    expect({ attached: second.attached, pid: second.pid, alive: isAlive(second.pid) }).toEqual({
      attached: true,
      pid: server.pid,
      alive: true,
    });
  });
});

describe('a PostgreSQL server that was killed', () => {
  it('has everything that was committed when it is started again', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      const first = await startPostgres({ dataDir, port: 0 });
      await queried(first.ownerUrl, 'create table t as select 7 as n');
      await first.kill();
      const second = await startPostgres({ dataDir, port: 0 });
      const rows = await queried(second.ownerUrl, 'select n from t');
      await second.stop();
      expect(rows).toEqual([{ n: 7 }]);
    });
  });

  it('starts again at once, while connections of the killed one are still busy', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      let server = await startPostgres({ dataDir, port: 0 });
      for (let round = 0; round < 3; round += 1) {
        const busy = new pg.Client({ connectionString: server.ownerUrl });
        busy.on('error', () => undefined);
        await busy.connect();
        const query = busy.query('select count(*) from generate_series(1, 30000000)').catch(() => undefined);
        await server.kill();
        server = await startPostgres({ dataDir, port: 0 });
        await query;
      }
      await server.stop();
      expect(isAlive(server.pid)).toBe(false);
    });
  });
});

describe('starting a PostgreSQL server', () => {
  it('by two at once gives both the same server', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      const servers = await Promise.all([startPostgres({ dataDir, port: 0 }), startPostgres({ dataDir, port: 0 })]);
      expect(servers.filter(({ attached }) => attached)).toHaveLength(1);
      expect(new Set(servers.map(({ pid }) => pid)).size).toBe(1);
      for (const { appUrl } of servers) expect(await queried(appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
      for (const server of servers) await server.stop();
    });
  });

  it('on a port that is taken is refused, with the port', async () => {
    const { port, release } = await holdPort();
    await withTemporaryDirectory(async (dataDir) => {
      await expect(startPostgres({ dataDir, port })).rejects.toMatchObject({
        code: 'PORT_IN_USE',
        message: expect.stringContaining(String(port)),
      });
    });
    release();
  });

  it.runIf(isRoot)('as root below a closed directory is refused, with the directory', async () => {
    await withTemporaryDirectory(async (directory) => {
      const closed = join(directory, 'closed');
      mkdirSync(closed);
      chmodSync(closed, 0o700);
      await expect(startPostgres({ dataDir: join(closed, 'data'), port: 0 })).rejects.toMatchObject({
        code: 'DATA_DIR_UNUSABLE',
        message: expect.stringContaining(`'${closed}'`),
      });
    });
  });

  it('with a setting that the server does not know tells what the server said', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      await expect(startPostgres({ dataDir, port: 0, settings: { no_such_setting: '1' } })).rejects.toMatchObject({
        code: 'POSTGRES_START_FAILED',
        message: expect.stringContaining('no_such_setting'),
      });
    });
  });
});
