import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRole, DATABASE_ROLES, urlAs, withClient } from '../../platform/database.ts';
import { connectExternalDatabase } from '../../platform/external-database.ts';
import { startPostgres } from '../../platform/postgres.ts';
import type { PostgresServer } from '../../platform/postgres.ts';
import { withTestDatabase } from '../database.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';

/** A server on which the working roles do not exist, as one that others keep. */
async function withForeignServer(work: (server: PostgresServer, dataDir: string) => Promise<void>): Promise<void> {
  await withTemporaryDirectory(async (directory) => {
    const server = await startPostgres({ dataDir: join(directory, 'theirs'), port: 0, settings: { fsync: 'off' } });
    try {
      await withClient(server.adminUrl, async (client) => {
        await client.query(`drop database shigeyi`);
        await client.query(`drop role ${DATABASE_ROLES.app}, ${DATABASE_ROLES.worker}`);
        await createRole(client, { name: 'theirs', password: 'pw' });
        await client.query('create database city owner theirs');
      });
      await work(server, join(directory, 'ours'));
    } finally {
      await server.stop();
    }
  });
}

const cityUrl = ({ adminUrl }: PostgresServer) => urlAs(adminUrl, { user: 'theirs', password: 'pw', name: 'city' });

describe('a database that others keep', () => {
  it('is used with the three URLs that are given', async () => {
    await withTestDatabase(async ({ ownerUrl, appUrl, workerUrl }) => {
      await withTemporaryDirectory(async (dataDir) =>
        expect(await connectExternalDatabase({ ownerUrl, appUrl, workerUrl }, dataDir)).toEqual({ ownerUrl, appUrl, workerUrl }),
      );
    });
  });

  it('is given the working roles when its owner may create them, and they are found again', async () => {
    await withForeignServer(async (server, dataDir) => {
      await withClient(server.adminUrl, (client) => client.query('alter role theirs createrole'));
      const first = await connectExternalDatabase({ ownerUrl: cityUrl(server) }, dataDir);
      expect(await connectExternalDatabase({ ownerUrl: cityUrl(server) }, dataDir)).toEqual(first);
      const { rows } = await withClient(first.appUrl, (client) =>
        client.query('select current_user as name, current_database() as database'),
      );
      expect(rows).toEqual([{ name: DATABASE_ROLES.app, database: 'city' }]);
    });
  });

  it('is refused, with what to do, when its owner may not create them', async () => {
    await withForeignServer(async (server, dataDir) => {
      await expect(connectExternalDatabase({ ownerUrl: cityUrl(server) }, dataDir)).rejects.toMatchObject({
        code: 'DATABASE_ROLES_MISSING',
        remedy: expect.stringContaining('DATABASE_APP_URL'),
      });
    });
  });

  it('is refused when a working role of another machine is there, whose password we do not have', async () => {
    await withTestDatabase(async ({ ownerUrl }) => {
      await withTemporaryDirectory(async (dataDir) => {
        await expect(connectExternalDatabase({ ownerUrl }, dataDir)).rejects.toMatchObject({ code: 'DATABASE_ROLES_MISSING' });
      });
    });
  });

  it('is refused when a working role is above row-level security', async () => {
    await withTestDatabase(async ({ adminUrl, ownerUrl, workerUrl }) => {
      await withTemporaryDirectory(async (dataDir) => {
        await expect(connectExternalDatabase({ ownerUrl, appUrl: adminUrl, workerUrl }, dataDir)).rejects.toMatchObject({
          code: 'CONFIG_INVALID',
          message: expect.stringContaining('DATABASE_APP_URL'),
        });
      });
    });
  });

  it('is refused when nothing answers', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      await expect(connectExternalDatabase({ ownerUrl: 'postgres://o:p@127.0.0.1:9/city' }, dataDir)).rejects.toMatchObject({
        code: 'DATABASE_UNREACHABLE',
      });
    });
  });
});
