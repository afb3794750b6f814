/** What worker-process.ts starts: a worker as production hosts it, logging to its standard output. */
import { createFileChannel, type Log } from '../../activities/channel.ts';
import { parseKeyRing } from '../../platform/keys.ts';
import { startHost } from '../../worker/host.ts';
import { ORDERS, type ProcessOrders } from './worker-process.ts';

const { address, taskQueue, workerUrl, keys, messages, codePath } = JSON.parse(process.env[ORDERS]!) as ProcessOrders;
const write =
  (level: string) =>
  (entry: object, text: string): void =>
    void process.stdout.write(`${JSON.stringify({ level, text, ...entry })}\n`);
const log: Log = { info: write('info'), warn: write('warn'), error: write('error') };

process.once('disconnect', () => process.exit());
await startHost({
  temporal: { address, namespace: 'default', taskQueue },
  workerUrl,
  ring: parseKeyRing(keys, 'the test'),
  channels: [createFileChannel(messages)],
  log,
  workflowBundle: { codePath },
});
process.send?.('ready');
