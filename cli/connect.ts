/** A client of the parts that run: of those the environment names, else of those another process keeps on this machine. */
import { Client as TemporalClient, Connection } from '@temporalio/client';
import { createShigeyi, type ShigeyiClient } from '../client/shigeyi.ts';
import { readConfig, type Config, type Environment } from '../platform/config.ts';
import { readKeyRing } from '../platform/keys.ts';
import { findParts, type Parts } from '../platform/parts.ts';
import { clientCodecs, createDataConverter } from '../platform/payload-codec.ts';
import { createSealer } from '../platform/sealer.ts';
import { createPool } from '../store/pool.ts';
import { CliError, EXIT } from './failure.ts';
import type { Client } from './host.ts';

/** Connections at most, as each role. A rehearsal's people work side by side. */
const POOL_MAX = 10;

export async function connect(env: Environment): Promise<Client> {
  const config = readConfig(env);
  return await connectTo(await getParts(config), config);
}

/** @throws CliError PARTS_NOT_RUNNING */
export async function getParts(config: Config): Promise<Parts> {
  const parts = await findParts(config);
  if (parts !== undefined) return parts;
  throw new CliError({
    exit: EXIT.unreachable,
    code: 'PARTS_NOT_RUNNING',
    message: 'shigeyi is not running on this machine, and the environment names no servers (TEMPORAL_ADDRESS, DATABASE_URL)',
    remedy: 'start them with: npx shigeyi up',
  });
}

export async function connectTo({ temporal, database }: Parts, config: Config): Promise<ShigeyiClient> {
  const ring = readKeyRing(config);
  const connection = await Connection.connect({ address: temporal.address });
  const pools = {
    enginePool: createPool(database.workerUrl, { max: POOL_MAX, applicationName: 'shigeyi-client' }),
    appPool: createPool(database.appUrl, { max: POOL_MAX, applicationName: 'shigeyi-client' }),
  };
  const client = createShigeyi({
    ...pools,
    temporal: new TemporalClient({
      connection,
      namespace: temporal.namespace,
      dataConverter: createDataConverter({ codecs: clientCodecs({ ring }) }),
    }),
    sealer: createSealer(ring),
  });
  return {
    ...client,
    async close() {
      await client.close();
      await Promise.all([pools.enginePool.end(), pools.appPool.end(), connection.close()]);
    },
  };
}
