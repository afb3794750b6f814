/** A fleet of workers is replaced by one with other rules: every instance keeps its own until the run is rolled. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { advanceRun } from '../../client/stepping.ts';
import { findAudit } from '../../store/audit.ts';
import type { Host } from '../../worker/host.ts';
import { atRest, instancesOf, snapshotOf } from '../running/books.ts';
import { bundleWith } from '../running/changed-bundle.ts';
import { MONDAY_MORNING, steppedDrill } from '../running/drill.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';
import { handIn } from '../running/people.ts';
import { misdelivered, persisting } from '../running/play-drill.ts';
import { until } from '../running/until.ts';

const run = newRunId();
const instance = 'h/h-001';
const PATIENCE_MS = 240_000;

let engine: Engine;
let later: WorkflowBundleWithSourceMap;
let host: Host;

/** Today's workers end in good order, and others take their place. */
async function deploy(code?: WorkflowBundleWithSourceMap): Promise<void> {
  await host?.stop();
  host = await engine.startHost(code === undefined ? {} : { workflowBundle: code });
}

const historiesNow = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(
      (await instancesOf(engine.pool, run)).map(async (id) => [
        id,
        (await engine.temporal.workflow.getHandle(`${run}/${id}`).describe()).runId,
      ]),
    ),
  );
const rolledBy = async (revision: number): Promise<number> =>
  (await findAudit(engine.pool, { run, instance, limit: 1_000 })).filter(
    ({ kind, detail }) => kind === 'rolled' && detail?.['revision'] === revision,
  ).length;
const done = (revision: number) =>
  until('everybody has rolled', async () => (await engine.client.revisionProgress(run, revision)).pending === 0);

beforeAll(async () => {
  engine = await openEngine({ host: false });
  later = await bundleWith({
    file: /engine\/rules-version\.ts$/,
    was: 'export const RULES_VERSION = 1;',
    becomes: 'export const RULES_VERSION = 2;',
  });
  await deploy();
  await engine.client.start(steppedDrill(run));
  await advanceRun(engine.client.room, { run, to: MONDAY_MORNING });
  await atRest(engine, run);
}, PATIENCE_MS);
afterAll(() => engine?.close());

describe.sequential('a run whose workers are replaced by later ones', { timeout: PATIENCE_MS }, () => {
  it('goes on by the rules that its instances have', async () => {
    await deploy(later);
    await handIn(engine.client, { run, task: `${instance}/visit`, id: 'visit-1' });
    expect((await snapshotOf(engine, { run, instance })).rulesVersion).toBe(1);
    expect(await engine.client.rules(run)).toEqual({ 1: 5 });
  });

  it('goes by the new rules once it is rolled, every instance in a new history', async () => {
    const before = await historiesNow();
    const { revision, resumed } = await engine.client.roll(run, { author: 'operator' });
    expect(resumed).toBe(false);
    await done(revision);
    await until('all go by the new rules', async () => (await engine.client.rules(run))['2'] === 5);
    const after = await historiesNow();
    for (const [id, history] of Object.entries(before)) expect(after[id], id).not.toBe(history);
    expect(await snapshotOf(engine, { run, instance })).toMatchObject({ rulesVersion: 2, revision });
  });

  it('tells of it in the audit', async () => {
    const trail = await findAudit(engine.pool, { run, instance, limit: 1_000 });
    expect(trail.filter(({ kind }) => kind === 'rulesMoved').map(({ actor, detail }) => [actor, detail])).toEqual([
      ['operator', { from: 1, to: 2 }],
    ]);
  });

  it('is rolled once, however often that is asked for while no worker runs', async () => {
    await host.stop();
    const first = await engine.client.roll(run, { author: 'operator' });
    expect(await engine.client.roll(run, { author: 'operator' })).toEqual({ ...first, resumed: true });
    await deploy(later);
    await done(first.revision);
    await atRest(engine, run);
    expect(await rolledBy(first.revision)).toBe(1);
  });

  it('is left alone by a worker that does not have its rules, and loses nothing by it', async () => {
    await deploy();
    const photo = { run, task: `${instance}/photo`, id: 'photo-1' };
    await expect(handIn(engine.client, photo)).rejects.toMatchObject({ code: 'TEMPORAL_UNREACHABLE' });
    await deploy(later);
    expect(await persisting(() => handIn(engine.client, photo))()).toMatchObject({ task: 'photo', status: 'done' });
  });

  it('has balanced books afterwards, and has said everything once', async () => {
    await atRest(engine, run);
    // Asked again where a worker has gone that an instance was last with.
    const books = await persisting(() => engine.client.verify(run, { repair: false }))();
    expect(books).toMatchObject({ clean: true, discrepancies: [] });
    expect(await misdelivered(engine, run)).toEqual([]);
  });
});
