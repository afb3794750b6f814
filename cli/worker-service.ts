/** `shigeyi worker`: one worker in this process, with its log on standard error and its messages in files. */
import { join } from 'node:path';
import { pino } from 'pino';
import { createFileChannel, createLogChannel } from '../activities/channel.ts';
import { readConfig } from '../platform/config.ts';
import { readKeyRing } from '../platform/keys.ts';
import { migrate } from '../store/migrate.ts';
import { startHost } from '../worker/host.ts';
import { getParts } from './connect.ts';
import { shapeOfParts } from './everything.ts';
import type { Services } from './host.ts';
import { untilAborted } from './interruption.ts';

export const runWorker: Services['worker'] = async ({ host, signal, onReady }) => {
  const config = readConfig(host.env);
  const parts = await getParts(config);
  // A worker that is first after an upgrade brings the database along; the others wait for it.
  await migrate(parts.database.ownerUrl);
  const log = pino(
    { level: host.env['SHIGEYI_LOG'] ?? 'info', base: { pid: process.pid } },
    pino.destination({ dest: 2, sync: true }),
  );
  const worker = await startHost({
    temporal: parts.temporal,
    workerUrl: parts.database.workerUrl,
    ring: readKeyRing(config),
    channels: [createLogChannel(log), createFileChannel(join(config.dataDir, 'messages'))],
    log,
  });
  onReady(shapeOfParts({ parts, worker: process.pid }));
  // A parent that started us hears that we are ready, and when it is gone, we are not needed.
  process.send?.('ready');
  await Promise.race([worker.ended, untilAborted(signal), untilParentLeft()]);
  await worker.stop();
};

function untilParentLeft(): Promise<void> {
  return new Promise((resolve) => {
    if (process.channel !== undefined) process.once('disconnect', () => resolve());
  });
}
