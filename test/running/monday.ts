/** What tests of the client begin with and share: a drill on its first morning, what leaves it as it is, and what brings it to rest. */
import { expect } from 'vitest';
import type { AdjustmentRequest } from '../../client/adjust.ts';
import { advanceRun } from '../../client/stepping.ts';
import { snapshotOf } from './books.ts';
import { MONDAY_MORNING, steppedDrill } from './drill.ts';
import { type Engine, openEngine } from './engine.ts';

/** With a drill that is at work and of which nothing is late. Whoever asks for it closes it. */
export async function openOnMonday(run: string): Promise<Engine> {
  const engine = await openEngine();
  try {
    await engine.client.start(steppedDrill(run));
    await advanceRun(engine.client.room, { run, to: MONDAY_MORNING });
    return engine;
  } catch (failure) {
    await engine.close();
    throw failure;
  }
}

/** Why it is refused, which leaves the instance that it is for as it is. */
export async function refusalOf(
  engine: Engine,
  request: AdjustmentRequest & { readonly for: { readonly instance: string } },
): Promise<unknown> {
  const { run, for: at } = request;
  const before = await snapshotOf(engine, { run, ...at });
  const failure: unknown = await engine.client.adjust(request).catch((error: { refusal?: object }) => error.refusal ?? error);
  expect(await snapshotOf(engine, { run, ...at })).toEqual(before);
  return failure;
}

/** Resolves when everybody has taken it, and what it set in motion has come to rest. */
export async function adjustAndRest({ client }: Engine, request: AdjustmentRequest): Promise<void> {
  const { run } = request;
  await client.adjust(request);
  await advanceRun(client.room, { run, to: (await client.status(run)).now });
}
