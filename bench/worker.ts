/** One side's worker in a process of its own, as shipped: limits, codecs, pool and bundle mode. The rounds beside a worker (relay, reconciler) are not run. */
import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import type { Log } from '../activities/channel.ts';
import { createFlushActivities } from '../activities/flush.ts';
import { parseKeyRing } from '../platform/keys.ts';
import { createDataConverter, workerCodecs } from '../platform/payload-codec.ts';
import { getPlanText } from '../store/plans.ts';
import { createPool } from '../store/pool.ts';
import { bundleWorkflows } from '../worker/bundle.ts';
import { createWorker } from '../worker/worker.ts';
import { ownCpuMs } from './cpu.ts';
import type { Side } from './statistics.ts';

export interface WorkerOrder {
  readonly side: Side;
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly workerUrl: string;
  readonly keys: string;
}

export interface WorkerUsage {
  readonly cpuMs: number;
  readonly rssBytes: number;
}

/** To the worker. */
export type WorkerRequest =
  | { readonly kind: 'begin'; readonly order: WorkerOrder }
  | { readonly kind: 'usage' }
  | { readonly kind: 'stop' };
/** From it. `problem`: a failed workflow task, or a digest that does not come out again; a round with one counts for nothing. */
export type WorkerReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'usage'; readonly usage: WorkerUsage }
  | { readonly kind: 'problem'; readonly text: string };

/** As in worker/host.ts. */
const POOL_MAX = 24;

const report = (message: WorkerReport): void => void process.send?.(message);
const problem = (fields: object, message: string): void =>
  report({ kind: 'problem', text: `${message} ${JSON.stringify(fields)}` });
const log: Log = { info: () => undefined, warn: problem, error: problem };
Runtime.install({ logger: new DefaultLogger('WARN', ({ message, meta }) => problem(meta ?? {}, message)) });

async function begin({ side, address, namespace, taskQueue, workerUrl, keys }: WorkerOrder): Promise<void> {
  const pool = createPool(workerUrl, { max: POOL_MAX, applicationName: `bench-${side}` });
  const connection = await NativeConnection.connect({ address });
  const ring = parseKeyRing(keys, 'the order');
  const worker = await createWorker({
    connection,
    namespace,
    taskQueue,
    dataConverter: createDataConverter({ codecs: workerCodecs({ ring, loadPlan: (hash) => getPlanText(pool, hash) }) }),
    workflowBundle: await bundleWorkflows(
      side === 'engine' ? {} : { workflowsPath: fileURLToPath(new URL('./reference-workflow.ts', import.meta.url)) },
    ),
    activities: createFlushActivities({ pool }),
    log,
  });
  process.on('message', (request: WorkerRequest) => {
    if (request.kind === 'usage') report({ kind: 'usage', usage: { cpuMs: ownCpuMs(), rssBytes: process.memoryUsage.rss() } });
    if (request.kind === 'stop') worker.shutdown();
  });
  const running = worker.run();
  report({ kind: 'ready' });
  await running;
  await connection.close();
  await pool.end();
  process.disconnect();
}

process.once('disconnect', () => process.exit());
process.once('message', (request: WorkerRequest) => {
  if (request.kind !== 'begin') return;
  begin(request.order).catch((failure: unknown) => {
    problem({}, failure instanceof Error ? (failure.stack ?? failure.message) : String(failure));
    process.exit(1);
  });
});
