import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { describe, expect, it } from 'vitest';
import { isAlive } from '../../platform/process-identity.ts';
import { startTemporal } from '../../platform/temporal-server.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';
import { holdPort } from './held-port.ts';

async function withTemporalClient<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await work(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

describe('a Temporal server of ours', () => {
  it('still has its workflows when it was killed and is started again', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      const workflowId = randomUUID();
      const first = await startTemporal({ dataDir, port: 0 });
      await withTemporalClient(first.address, (client) => client.workflow.start('any', { taskQueue: 'none', workflowId }));
      await first.kill();
      const second = await startTemporal({ dataDir, port: 0 });
      const { status } = await withTemporalClient(second.address, (client) => client.workflow.getHandle(workflowId).describe());
      await second.stop();
      expect(status.name).toBe('RUNNING');
    });
  });

  it('is attached to by whoever starts it a second time, and outlives them', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      const first = await startTemporal({ dataDir, port: 0 });
      const second = await startTemporal({ dataDir });
      await second.stop();
      expect({ attached: second.attached, pid: second.pid, alive: isAlive(first.pid) }).toEqual({
        attached: true,
        pid: first.pid,
        alive: true,
      });
      await first.stop();
      expect(isAlive(first.pid)).toBe(false);
    });
  });

  it('is one server when two start it at once', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      const servers = await Promise.all([startTemporal({ dataDir, port: 0 }), startTemporal({ dataDir, port: 0 })]);
      expect(servers.filter(({ attached }) => attached)).toHaveLength(1);
      for (const server of servers) await server.stop();
    });
  });

  it('serves a namespace and search attributes that were asked for, also the second time', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      const options = { dataDir, port: 0, namespace: 'rehearsal', searchAttributes: { ShigeyiRun: 'Keyword' } };
      await (await startTemporal(options)).stop();
      const server = await startTemporal(options);
      const { address } = server;
      const connection = await Connection.connect({ address });
      const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'rehearsal' });
      await connection.close();
      await server.stop();
      expect(Object.keys(customAttributes)).toContain('ShigeyiRun');
    });
  });

  it('on a port that is taken is refused, with the port', async () => {
    const { port, release } = await holdPort();
    await withTemporaryDirectory(async (dataDir) => {
      await expect(startTemporal({ dataDir, port })).rejects.toMatchObject({
        code: 'PORT_IN_USE',
        message: expect.stringContaining(String(port)),
      });
    });
    release();
  });

  it('that does not start tells what the program said', async () => {
    await withTemporaryDirectory(async (dataDir) => {
      await expect(startTemporal({ dataDir, port: 0, searchAttributes: { Bad: 'NoSuchType' } })).rejects.toMatchObject({
        code: 'TEMPORAL_START_FAILED',
        message: expect.stringContaining('NoSuchType'),
      });
    });
  });
});
