/** Where `test --engine temporal` plays: runs on stepped clocks, on servers of their own that are thrown away, or on those the environment names. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSteppedStage } from '../client/stepped-stage.ts';
import { type Environment, readConfig } from '../platform/config.ts';
import { connectTo } from './connect.ts';
import { openEverything } from './everything.ts';
import type { Services } from './host.ts';
import { createLive, silentLive } from './screen.ts';

export const openStages: Services['stages'] = async ({ host, signal, quiet }) => {
  const live = quiet ? silentLive : createLive(host.screen, () => host.now());
  const { env, discard } = await ownFolder(host.env);
  try {
    const everything = await openEverything({ env, signal, live, now: () => host.now() });
    const client = await connectTo(everything.parts, everything.config).catch(async (error: unknown) => {
      await everything.stop();
      throw error;
    });
    live.clear();
    return {
      lost: everything.lost,
      async begin({ compiled, roster, run, startsAt }) {
        // A scenario ends where its steps end, and what stands open there is looked at.
        const clock = { kind: 'stepped', anchor: startsAt, staysOpen: true } as const;
        await client.start({ compiled, roster, run, clock, author: 'operator' });
        const stage = createSteppedStage(client, { run, startsAt });
        await stage.advance(startsAt);
        return stage;
      },
      async close() {
        await client.close();
        await everything.stop();
        await discard();
      },
    };
  } catch (error) {
    await discard();
    throw error;
  }
};

interface Folder {
  readonly env: Environment;
  readonly discard: () => Promise<void>;
}

/** Servers that we start ourselves keep nothing of a test. Where the environment names one, its keys go with it. */
async function ownFolder(env: Environment): Promise<Folder> {
  const { temporal, database } = readConfig(env);
  if (temporal.address !== undefined || database.ownerUrl !== undefined) return { env, discard: () => Promise.resolve() };
  const folder = await mkdtemp(join(tmpdir(), 'shigeyi-scenarios-'));
  return { env: { ...env, SHIGEYI_DATA: folder }, discard: () => rm(folder, { recursive: true, force: true }) };
}
