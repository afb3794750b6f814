import { describe, expect, it } from 'vitest';
import { choosePort, findFreePort, isPortFree } from '../../platform/port.ts';
import { holdPort } from './held-port.ts';

describe('a port', () => {
  it('is free when nothing listens on it, and not while something does', async () => {
    const { port, release } = await holdPort();
    expect(await isPortFree(port)).toBe(false);
    release();
    expect(await isPortFree(port)).toBe(true);
  });

  it('that is found can be listened on', async () => expect(await isPortFree(await findFreePort())).toBe(true));

  it('is replaced by another when it is only the usual one and taken', async () => {
    const { port, release } = await holdPort();
    expect(await choosePort({ server: 'a test', usual: port })).not.toBe(port);
    release();
  });

  it('is refused when it was asked for and is taken', async () => {
    const { port, release } = await holdPort();
    await expect(choosePort({ server: 'a test', asked: port, usual: 1 })).rejects.toMatchObject({ code: 'PORT_IN_USE' });
    release();
  });

  it('is any free one when zero is asked for', async () =>
    expect(await choosePort({ server: 'a test', asked: 0, usual: 1 })).toBeGreaterThan(1));
});
