import { createServer } from 'node:net';
import { PlatformError, systemCode } from './platform-error.ts';

const LOOPBACK = '127.0.0.1';

/** Whether a server could listen on this port of the loopback address now. */
export function isPortFree(port: number): Promise<boolean> {
  return listenOnce(port).then((bound) => bound !== undefined);
}

/** A port that was free a moment ago. Somebody may still take it first, so whoever uses it must be ready to ask again. */
export async function findFreePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === undefined) throw new Error('the system gave no free port on the loopback address');
  return port;
}

/**
 * The port a server shall listen on: exactly the one asked for, or else the usual one, or else any. Zero asks for any.
 * Only a port that was asked for by number is an error when it is taken.
 */
export async function choosePort({
  server,
  asked,
  usual,
}: {
  server: string;
  asked?: number | undefined;
  usual: number;
}): Promise<number> {
  if (asked === 0) return findFreePort();
  if (asked === undefined) return (await isPortFree(usual)) ? usual : findFreePort();
  if (!(await isPortFree(asked))) throw portInUse({ server, port: asked });
  return asked;
}

export function portInUse({ server, port }: { server: string; port: number }): PlatformError {
  return new PlatformError({
    code: 'PORT_IN_USE',
    message: `port ${port} of ${LOOPBACK}, asked for by ${server}, is already in use.`,
    remedy: 'End the program that holds it, ask for another port, or leave the port out and a free one is taken.',
  });
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.unref();
    server.once('error', (error) => {
      const code = systemCode(error);
      if (code === 'EADDRINUSE' || code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}
