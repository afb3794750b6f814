/** A way to a server that can fall silent: connections stay, and nothing passes any more, as when a machine is gone without a word. */
import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';

export interface SilentProxy {
  readonly port: number;
  fallSilent(): void;
  speakAgain(): void;
  close(): void;
}

export async function openSilentProxy({ host, port }: { host: string; port: number }): Promise<SilentProxy> {
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((near) => {
    const far = connect(port, host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (data) => {
        if (!silent) to.write(data);
      });
      from.on('error', () => undefined);
      from.on('close', () => to.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as { port: number }).port,
    fallSilent: () => {
      silent = true;
    },
    speakAgain: () => {
      silent = false;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
