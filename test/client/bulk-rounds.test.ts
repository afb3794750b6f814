/** What was agreed to in bulk, and is agreed to again with the same hash: done once more only where it was undone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BulkItem } from '../../client/bulk.ts';
import type { Adjustment } from '../../model/adjustment.ts';
import { snapshotOf, stateOf } from '../running/books.ts';
import { beijing } from '../running/drill.ts';
import { type Engine, newRunId } from '../running/engine.ts';
import { openOnMonday } from '../running/monday.ts';
import { handIn, sendBack } from '../running/people.ts';

const run = newRunId();
let engine: Engine;

const asked = (instance: string, adjustment: Adjustment): BulkItem => ({
  for: { instance },
  adjustment,
  reason: '示例：填错了户',
});
const apply = (items: readonly BulkItem[], agreed: { readonly expect?: string; readonly id?: string } = {}) =>
  engine.client.applyBulk({ run, items, ...agreed }, { onSettled: () => undefined, signal: new AbortController().signal });
const hashOf = async (items: readonly BulkItem[]) => (await engine.client.previewBulk({ run, items })).hash;
const taskOf = async (instance: string, key: string) => (await snapshotOf(engine, { run, instance })).tasks[key]!;

/** Does it, lets something happen, and agrees to it again: nothing is done by that, although everything looks as it did before. */
async function expectDoneOnce(
  items: readonly BulkItem[],
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const hash = await hashOf(items);
  const first = await apply(items, { expect: hash });
  expect(first.map(({ state }) => state)).toEqual(items.map(() => 'done'));
  await meanwhile();
  expect(await hashOf(items)).toBe(hash);
  const before = await stateOf(engine, run);
  expect(await apply(items, { expect: hash })).toEqual(first);
  expect(await stateOf(engine, run)).toEqual(before);
}

beforeAll(async () => {
  engine = await openOnMonday(run);
});
afterAll(() => engine?.close());

describe('the same hash finds it done', () => {
  it('where a task was opened again and has been handed in since', async () => {
    const households = ['h/h-001', 'h/h-002'];
    const handAllIn = async (time: number) => {
      for (const instance of households)
        await handIn(engine.client, { run, task: `${instance}/photo`, id: `${instance} ${time}` });
    };
    await handAllIn(1);
    await expectDoneOnce(
      households.map((instance) => asked(instance, { kind: 'reopen', task: 'photo' })),
      () => handAllIn(2),
    );
    expect(await taskOf('h/h-001', 'photo')).toMatchObject({ status: 'done' });
  });

  it.each<[string, Extract<Adjustment, { kind: 'extend' }>['deadline']]>([
    ['by a day', { by: { unit: 'days', count: 1 } }],
    ['to a day', { to: beijing('10-23 12:00') }],
  ])('where a deadline was moved %s that nothing has yet, and what comes up later shall have', async (_how, deadline) => {
    const { extensions = [] } = await snapshotOf(engine, { run, instance: 'h/h-001' });
    await expectDoneOnce([asked('h/h-001', { kind: 'extend', of: { phase: 'closing' }, deadline })]);
    expect((await snapshotOf(engine, { run, instance: 'h/h-001' })).extensions).toHaveLength(extensions.length + 1);
  });

  it('where a review was given to somebody else, and what was returned is in review anew', async () => {
    const task = 'h/h-001/list';
    await handIn(engine.client, { run, task: 'h/h-001/visit', id: 'visit-1' });
    await handIn(engine.client, { run, task, id: 'list-1' });
    await expectDoneOnce([asked('h/h-001', { kind: 'reassign', task: 'list', to: 'union-01-head' })], async () => {
      await sendBack(engine.client, { run, task, id: 'return-1' });
      await handIn(engine.client, { run, task, id: 'list-2' });
    });
  });
});

describe('what was undone in part, where of the rest it cannot be seen', () => {
  const task = 'h/h-002/photo';
  const items = [asked('h/h-001', { kind: 'pause', cause: 'self' }), asked('h/h-002', { kind: 'reopen', task: 'photo' })];

  it('is refused under the same hash, and done under another id', async () => {
    const hash = await hashOf(items);
    await apply(items, { expect: hash });
    await apply([asked('h/h-001', { kind: 'resume', cause: 'self' })]);
    await handIn(engine.client, { run, task, id: 'photo-3' });
    expect(await hashOf(items)).toBe(hash);
    const before = await stateOf(engine, run);
    await expect(apply(items, { expect: hash })).rejects.toMatchObject({
      refusal: { code: 'STATE_MOVED', remedy: expect.stringContaining('--id') as string },
    });
    expect(await stateOf(engine, run)).toEqual(before);
    expect((await apply(items, { expect: hash, id: 'once-more' })).map(({ state }) => state)).toEqual(['done', 'done']);
    expect(await taskOf('h/h-002', 'photo')).toMatchObject({ status: 'open' });
  });
});
