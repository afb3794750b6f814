/** A client in a process of its own that hands in one form: its arguments are the run, the task and the command's id. */
import { Client, Connection } from '@temporalio/client';
import { createShigeyi } from '../../client/shigeyi.ts';
import { parseKeyRing } from '../../platform/keys.ts';
import { clientCodecs, createDataConverter } from '../../platform/payload-codec.ts';
import { createSealer } from '../../platform/sealer.ts';
import { createPool } from '../../store/pool.ts';
import { handIn } from './people.ts';
import { ORDERS, type ProcessOrders } from './worker-process.ts';

const { address, workerUrl, appUrl, keys } = JSON.parse(process.env[ORDERS]!) as ProcessOrders;
const [run, task, id] = process.argv.slice(2) as [string, string, string];
const ring = parseKeyRing(keys, 'the test');

process.once('disconnect', () => process.exit());
const client = createShigeyi({
  temporal: new Client({
    connection: await Connection.connect({ address }),
    dataConverter: createDataConverter({ codecs: clientCodecs({ ring }) }),
  }),
  enginePool: createPool(workerUrl, { max: 2, applicationName: 'test-client' }),
  appPool: createPool(appUrl, { max: 2, applicationName: 'test-client' }),
  sealer: createSealer(ring),
});
process.send?.('ready');
await handIn(client, { run, task, id });
process.exit(0);
