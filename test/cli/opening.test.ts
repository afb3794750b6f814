import { describe, expect, it } from 'vitest';
import { Unavailable } from '../../client/client-error.ts';
import { waitUntilOpen } from '../../cli/opening.ts';
import { SUMMARY } from './fake-host.ts';

/** `counts`: what is open at each look; the last one stays. */
async function wait(
  counts: readonly (number | Error)[],
  { signal = new AbortController().signal } = {},
): Promise<{ seen: number[]; waitedMs: number }> {
  const seen: number[] = [];
  let [now, look] = [0, 0];
  await waitUntilOpen({
    ...{ run: 'autumn', planned: 3, signal },
    status() {
      const open = counts[Math.min(look++, counts.length - 1)]!;
      return typeof open === 'number'
        ? Promise.resolve({ ...SUMMARY, instances: { planned: 3 - open, open, closed: 0 } })
        : Promise.reject(open);
    },
    now: () => now,
    sleep: (ms) => {
      now += ms;
      return Promise.resolve();
    },
    onProgress: (open) => seen.push(open),
  });
  return { seen, waitedMs: now };
}

const away = new Unavailable({ code: 'STORE_BEHIND', message: 'away', remedy: 'again' });
const failing = (code: string) => expect.objectContaining({ failure: expect.objectContaining({ code }) });

describe('waiting until everything is open', () => {
  it('ends when it is, and tells of every look', async () => expect((await wait([0, 1, 3])).seen).toEqual([0, 1, 3]));

  it('sits out a part that is away', async () => expect((await wait([1, away, away, 3])).seen).toEqual([1, 1, 1, 3]));

  it('gives up when nothing moves any more', async () => await expect(wait([1])).rejects.toEqual(failing('OPENING_STALLED')));

  it('goes on as long as something moves, however slowly', async () => {
    const slow = [0, 1, 2, 3].flatMap((count) => Array.from({ length: 200 }, () => count));
    expect((await wait(slow)).waitedMs).toBeGreaterThan(60_000);
  });

  it('ends when the person does not want to wait', async () =>
    await expect(wait([1], { signal: AbortSignal.abort() })).rejects.toEqual(failing('INTERRUPTED')));

  it('does not hide an error that is none of these', async () =>
    await expect(wait([new TypeError('bug')])).rejects.toThrow(TypeError));
});
