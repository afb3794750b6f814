/** A Temporal server and a Postgres of one's own, to be killed and started again on the same ports. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '../../platform/postgres.ts';
import { startTemporal, type TemporalServer } from '../../platform/temporal-server.ts';
import { migrate } from '../../store/migrate.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';
import type { Servers } from './engine.ts';

export interface OwnServers extends Servers {
  /** Of Temporal's state. */
  readonly sqliteFile: string;
  killTemporal(): Promise<void>;
  startTemporal(): Promise<void>;
  killPostgres(): Promise<void>;
  startPostgres(): Promise<void>;
  stop(): Promise<void>;
}

/** Whoever opens them stops them, in `afterAll` or the like. */
export async function openOwnServers(): Promise<OwnServers> {
  const directory = makeTemporaryDirectory();
  const sqliteFile = join(directory, 'temporal', 'temporal.sqlite');
  const postgresAt = (port: number): Promise<PostgresServer> => startPostgres({ dataDir: directory, port });
  const temporalAt = (port: number): Promise<TemporalServer> => startTemporal({ dataDir: directory, dbFile: sqliteFile, port });
  let [postgres, temporal] = await Promise.all([postgresAt(0), temporalAt(0)]);
  await migrate(postgres.ownerUrl);
  return {
    address: temporal.address,
    urls: postgres,
    sqliteFile,
    killTemporal: () => temporal.kill(),
    async startTemporal() {
      temporal = await temporalAt(temporal.port);
    },
    killPostgres: () => postgres.kill(),
    async startPostgres() {
      postgres = await postgresAt(postgres.port);
    },
    async stop() {
      await Promise.all([temporal.stop(), postgres.stop()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
