/** Amending a run that goes on: seen first, taken by every instance, on worker restarts and new histories, and by whoever joins later. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdjustmentRequest } from '../../client/adjust.ts';
import { advanceRun } from '../../client/stepping.ts';
import type { TimerPolicy } from '../../model/adjustment.ts';
import { findSnapshots } from '../../store/snapshots.ts';
import { findTasks } from '../../store/tasks.ts';
import { amendmentOf } from '../running/amended-drill.ts';
import { atRest, instancesOf, snapshotOf, stateOf } from '../running/books.ts';
import { beijing, MONDAY_MORNING, OVER, steppedDrill } from '../running/drill.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';
import { accept, handIn } from '../running/people.ts';
import { until } from '../running/until.ts';

const run = newRunId();
let engine: Engine;

beforeAll(async () => {
  engine = await openEngine({ host: false });
  await engine.startWorkerProcess();
  await engine.client.start(steppedDrill(run));
  await advanceRun(engine.client.room, { run, to: MONDAY_MORNING });
  await handIn(engine.client, { run, task: 'h/h-001/visit', id: 'visit-1' });
  await handIn(engine.client, { run, task: 'h/h-001/list', id: 'list-1' });
}, 60_000);
afterAll(() => engine?.close());

const amendment = (timers?: TimerPolicy): Promise<AdjustmentRequest> => amendmentOf(engine.client, run, timers);
const roll = (instance: string, id: string) =>
  engine.client.room.sender.send({ run, instance, id, by: { system: 'operator' }, body: { kind: 'roll' } });
const taskOf = async (instance: string, key: string) => (await snapshotOf(engine, { run, instance })).tasks[key];

describe('an amendment', () => {
  it('is only looked at by a preview', async () => {
    const before = await stateOf(engine, run);
    const seen = await engine.client.previewAdjustment(await amendment());
    const touched = Object.fromEntries(
      seen.items.map((item) => [item.instance, 'differences' in item ? item.differences.map(({ task }) => task).sort() : []]),
    );
    expect(touched).toEqual({ 'h/h-001': ['photo', 'second-look'], 'h/h-002': ['photo', 'visit'] });
    expect(await stateOf(engine, run)).toEqual(before);
  });

  it.each([
    ['by somebody who may not', { person: 'union-01-head' }, 'NO_AUTHORITY'],
    ['of one instance alone', { for: { instance: 'h/h-001' } }, 'AMEND_FOR_EVERYBODY'],
    ['of one union alone', { for: { union: 'union-01' } }, 'AMEND_FOR_EVERYBODY'],
    ['without a reason', { reason: '' }, 'REASON_REQUIRED'],
    ['that would do something else than was seen', { expect: 'another' }, 'STATE_MOVED'],
  ] as const)('%s is refused, and changes nothing', async (_what, changes, code) => {
    const before = await stateOf(engine, run);
    const failure: unknown = await engine.client
      .adjust({ ...(await amendment()), ...changes })
      .catch((error: { refusal?: object }) => error.refusal ?? error);
    expect(failure).toMatchObject({ code });
    expect(await stateOf(engine, run)).toEqual(before);
  });

  it('that was seen is taken by every instance, whatever is killed meanwhile', async () => {
    const request = await amendment();
    const { hash: expect_ } = await engine.client.previewAdjustment(request);
    await engine.killWorkers();
    const done = await engine.client.adjust({ ...request, expect: expect_, id: 'amend-1' });
    const revision = 'revision' in done ? done.revision.revision : 0;
    await engine.startDyingWorker('after-commit');
    await until('the amendment has been taken', async () => (await engine.client.revisionProgress(run, revision)).pending === 0);
    expect(await engine.client.revisionProgress(run, revision)).toMatchObject({ done: 5, refused: 0 });
  }, 120_000);

  it('moves what is open, ends what the new version has not got, brings up what is new, and leaves what is done', async () => {
    expect(await taskOf('h/h-002', 'visit')).toMatchObject({ status: 'open', deadline: beijing('10-16 23:59') + 59_999 });
    expect(await taskOf('h/h-002', 'photo')).toMatchObject({ status: 'dropped' });
    expect(await taskOf('h/h-001', 'visit')).toMatchObject({ status: 'done', submission: 'visit-1' });
    expect(await taskOf('h/h-001', 'second-look')).toMatchObject({ status: 'open', openedAt: MONDAY_MORNING });
    expect((await engine.client.tasks(run, { limit: 100 })).length).toBeGreaterThan(0);
  });

  it('goes on in new histories and on other workers', async () => {
    for (const instance of await instancesOf(engine.pool, run)) await roll(instance, `roll-1|${instance}`);
    await engine.killWorkers();
    await engine.startWorkerProcess();
    await accept(engine.client, { run, task: 'h/h-001/list', id: 'confirm-1' });
    await accept(engine.client, { run, task: 'h/h-001/list', id: 'accept-1' });
    // The office is asked by the new version alone.
    expect(await taskOf('h/h-001', 'list')).toMatchObject({ status: 'inReview', step: 2, reviewer: 'office-1' });
    await accept(engine.client, { run, task: 'h/h-001/list', id: 'accept-2' });
    await handIn(engine.client, { run, task: 'h/h-001/second-look', id: 'look-1' });
    expect(await taskOf('h/h-001', 'second-look')).toMatchObject({ status: 'done' });
  }, 120_000);

  it('holds of a household that joins later', async () => {
    const known = await instancesOf(engine.pool, run);
    await handIn(engine.client, { run, task: 'u/union-01/sweep', id: 'sweep-1', wishes: { found: 1 } });
    await advanceRun(engine.client.room, { run, to: beijing('10-13 10:00') });
    const joined = (await findSnapshots(engine.pool, { run, for: { all: true }, limit: 100 })).find(
      ({ instance }) => !known.includes(instance),
    )!;
    expect(joined.revision).toBe(2);
    expect(joined.tasks['photo']).toBeUndefined();
    await handIn(engine.client, { run, task: `${joined.instance}/visit`, id: 'visit-joined' });
    expect(await taskOf(joined.instance, 'second-look')).toMatchObject({ status: 'open' });
  });

  it('is followed by another one', async () => {
    const request = await amendment('restart');
    const done = await engine.client.adjust({ ...request, id: 'amend-2' });
    const revision = 'revision' in done ? done.revision.revision : 0;
    await until('the amendment has been taken', async () => (await engine.client.revisionProgress(run, revision)).pending === 0);
    expect((await findTasks(engine.pool, { run, limit: 100 })).filter(({ template }) => template === 'photo')).toHaveLength(2);
  });

  it('lets the run come to its end, with balanced books', async () => {
    await advanceRun(engine.client.room, { run, to: OVER });
    await atRest(engine, run);
    expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true, discrepancies: [] });
  }, 120_000);
});
