import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';

/** Waits until the frontend serves the namespace; false at the deadline or as soon as `isOver` says that there is no more hope. */
export async function waitForTemporal({
  address,
  namespace,
  deadline,
  isOver = () => false,
}: {
  address: string;
  namespace: string;
  deadline: number;
  isOver?: () => boolean;
}): Promise<boolean> {
  while (Date.now() < deadline && !isOver()) {
    // A closed port is seen at once this way; the gRPC client would wait a second before it tried again.
    if ((await accepts(address)) && (await serves({ address, namespace }))) return true;
    await delay(25);
  }
  return false;
}

/** Whether a Temporal frontend answers at the address and knows the namespace. */
export async function serves({ address, namespace }: { address: string; namespace: string }): Promise<boolean> {
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: '3s' });
    const open = connection;
    await open.withDeadline(Date.now() + 3_000, () => open.workflowService.describeNamespace({ namespace }));
    return true;
  } catch {
    return false;
  } finally {
    await connection?.close();
  }
}

function accepts(address: string): Promise<boolean> {
  const colon = address.lastIndexOf(':');
  return new Promise((resolve) => {
    const socket = connect({
      host: address.slice(0, colon).replace(/^\[|\]$/g, ''),
      port: Number(address.slice(colon + 1)),
      timeout: 2_000,
    });
    const answer = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
    socket.once('timeout', () => answer(false));
  });
}
