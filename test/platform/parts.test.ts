import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { readConfig } from '../../platform/config.ts';
import { findParts, openParts } from '../../platform/parts.ts';
import { isAlive } from '../../platform/process-identity.ts';
import { withTestDatabase } from '../database.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';

const ports = {
  SHIGEYI_TEMPORAL_PORT: '0',
  SHIGEYI_POSTGRES_PORT: '0',
  HOME: process.env['HOME'],
  XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'],
};

describe('the parts of an installation', () => {
  it('are started where the environment names none, found by others, and stopped', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      const config = readConfig({ ...ports, SHIGEYI_DATA: dataDir });
      const parts = await openParts(config);
      const pids = [parts.temporal.pid ?? 0, parts.database.pid ?? 0];
      expect(await findParts(config)).toMatchObject({ temporal: parts.temporal, database: parts.database });
      await parts.stop();
      expect(pids.map(isAlive)).toEqual([false, false]);
      expect(await findParts(config)).toBeUndefined();
    });
  });

  it('are the ones that the environment names, and these are not stopped', async () => {
    await withTestDatabase(async ({ ownerUrl, appUrl, workerUrl }) => {
      await withTemporaryDirectory(async (dataDir) => {
        const database = { DATABASE_URL: ownerUrl, DATABASE_APP_URL: appUrl, DATABASE_WORKER_URL: workerUrl };
        const config = readConfig({ ...ports, ...database, SHIGEYI_DATA: dataDir, TEMPORAL_ADDRESS: inject('temporalAddress') });
        const parts = await openParts(config);
        await parts.stop();
        expect(parts).toMatchObject({
          temporal: { address: inject('temporalAddress') },
          database: { ownerUrl, appUrl, workerUrl },
        });
        expect(await findParts(config)).toMatchObject({ database: { ownerUrl } });
      });
    });
  });

  it('are not left running when one of them cannot be had', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      const config = readConfig({ ...ports, SHIGEYI_DATA: dataDir, DATABASE_URL: 'postgres://o:p@127.0.0.1:9/none' });
      await expect(openParts(config)).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
      expect(existsSync(join(dataDir, 'temporal', 'temporal.sqlite.server.json'))).toBe(false);
    });
  });
});
