import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newKeyText, parseKeyRing } from '../../platform/keys.ts';
import { clientCodecs, createDataConverter, workerCodecs } from '../../platform/payload-codec.ts';
import { textsIn } from '../running/texts-in.ts';

const CANARY = 'canary-7f3a';
const ring = parseKeyRing(newKeyText('test'), 'the test');
const loadPlan = () => Promise.reject(new Error('no plan is used here'));

describe('the history that Temporal keeps', () => {
  const taskQueue = `sealed-${randomUUID()}`;
  let connection: Connection;
  let workerConnection: NativeConnection;
  let worker: Worker;
  let running: Promise<void>;
  let client: Client;

  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    const address = inject('temporalAddress');
    connection = await Connection.connect({ address });
    workerConnection = await NativeConnection.connect({ address });
    worker = await Worker.create({
      connection: workerConnection,
      taskQueue,
      workflowsPath: fileURLToPath(new URL('./sealed-workflow.ts', import.meta.url)),
      dataConverter: createDataConverter({ codecs: workerCodecs({ ring, loadPlan }) }),
    });
    running = worker.run();
    client = new Client({ connection, dataConverter: createDataConverter({ codecs: clientCodecs({ ring }) }) });
  });

  afterAll(async () => {
    worker.shutdown();
    await running;
    await workerConnection.close();
    await connection.close();
  });

  const run = async (fail: boolean) => {
    const handle = await client.workflow.start('echoWorkflow', { taskQueue, workflowId: randomUUID(), args: [CANARY, { fail }] });
    const outcome = await handle.result().then(String, (error: Error) => String((error.cause as Error).message));
    return { outcome, history: textsIn(await handle.fetchHistory()) };
  };

  it('does not show arguments and results, which the client reads all the same', async () => {
    const { outcome, history } = await run(false);
    expect(outcome).toBe(CANARY);
    expect(history).not.toContain(CANARY);
  });

  it('does not show messages of failures, which the client reads all the same', async () => {
    const { outcome, history } = await run(true);
    expect(outcome).toBe(`failed with ${CANARY}`);
    expect(history).not.toContain(CANARY);
  });

  it('would be seen to show them without the codecs', async () => {
    const plain = new Client({ connection });
    const handle = await plain.workflow.start('echoWorkflow', {
      taskQueue,
      workflowId: randomUUID(),
      args: [CANARY, { fail: false }],
    });
    await handle.result().catch(() => undefined);
    expect(textsIn(await handle.fetchHistory())).toContain(CANARY);
  });
});
