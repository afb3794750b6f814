/** Work in other hands, on the running engine: one task, a person who is away, a person who leaves. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { advanceRun } from '../../client/stepping.ts';
import type { AdjustmentRequest } from '../../client/adjust.ts';
import { findSnapshots } from '../../store/snapshots.ts';
import { snapshotOf, stateOf } from '../running/books.ts';
import { beijing } from '../running/drill.ts';
import { type Engine, newRunId } from '../running/engine.ts';
import { openOnMonday } from '../running/monday.ts';
import { handIn } from '../running/people.ts';
import { until } from '../running/until.ts';

const run = newRunId();
let engine: Engine;

const reason = '示例：人员有变';
const of = (instance: string) => ({ run, reason, for: { instance } });
const everybody = { run, reason, for: { all: true } } as const;
const holderOf = async (task: string): Promise<string | null | undefined> =>
  (await engine.client.tasks(run, { limit: 1000 })).find((each) => each.task === task)?.holder;
const settled = async (asked: Awaited<ReturnType<Engine['client']['adjust']>>): Promise<void> => {
  const revision = 'revision' in asked ? asked.revision.revision : 0;
  await until('the revision has been taken', async () => (await engine.client.revisionProgress(run, revision)).pending === 0);
};
const asSeen = async (request: AdjustmentRequest) => {
  const { hash } = await engine.client.previewAdjustment(request);
  return await engine.client.adjust({ ...request, expect: hash });
};

beforeAll(async () => {
  engine = await openOnMonday(run);
});
afterAll(() => engine?.close());

describe('a task that its holder delegates', () => {
  const task = 'u/union-01/sweep';

  it('is listed with both, and handed in by whoever had it delegated', async () => {
    const adjustment = { kind: 'delegate', task: 'sweep', to: 'union-01-cadre-1' } as const;
    await asSeen({ ...of('u/union-01'), adjustment, person: 'union-01-officer-1' });
    expect((await engine.client.tasks(run, { limit: 1000 })).find((each) => each.task === task)).toMatchObject({
      holder: 'union-01-cadre-1',
      owner: 'union-01-officer-1',
    });
    await handIn(engine.client, { run, task, id: 'sweep-1', person: 'union-01-officer-1', wishes: { found: 0 } });
    expect((await snapshotOf(engine, { run, instance: 'u/union-01' })).tasks['sweep']).toMatchObject({
      submittedBy: 'union-01-officer-1',
    });
  });
});

describe('the same command asked again', () => {
  it('gets its first answer, also on the hash of a preview that is no longer what it would do', async () => {
    const request = { ...of('h/h-002'), adjustment: { kind: 'reassign', task: 'visit', to: 'union-02-cadre-2' } } as const;
    const { hash } = await engine.client.previewAdjustment(request);
    const first = await engine.client.adjust({ ...request, expect: hash, id: 'reassign-1' });
    expect(await engine.client.adjust({ ...request, expect: hash, id: 'reassign-1' })).toEqual(first);
    expect(await holderOf('h/h-002/visit')).toBe('union-02-cadre-2');
  });
});

describe('a person who is away', () => {
  const away = {
    ...everybody,
    adjustment: {
      kind: 'cover',
      person: 'union-01-officer-2',
      by: 'union-01-officer-1',
      from: beijing('10-13 00:00'),
      until: beijing('10-15 00:00'),
    },
  } as const;

  it('has work everywhere in the hands of their substitute from the first instant to the last', async () => {
    const before = await holderOf('h/h-001/visit');
    await settled(await asSeen({ ...away, adjustment: { ...away.adjustment, person: before! } }));
    expect(await holderOf('h/h-001/visit')).toBe(before);
    await advanceRun(engine.client.room, { run, to: beijing('10-13 00:00') });
    expect(await holderOf('h/h-001/visit')).toBe('union-01-officer-1');
    await advanceRun(engine.client.room, { run, to: beijing('10-15 00:00') });
    expect(await holderOf('h/h-001/visit')).toBe(before);
  });

  it('may be entered by themselves, and nobody else of a union for another union', async () => {
    const request = { ...away, adjustment: { ...away.adjustment, until: beijing('10-23 00:00') } };
    await expect(engine.client.adjust({ ...request, person: 'union-02-officer-1' })).rejects.toMatchObject({
      refusal: { code: 'NO_AUTHORITY' },
    });
    await settled(await engine.client.adjust({ ...request, person: 'union-01-officer-2' }));
    expect((await snapshotOf(engine, { run, instance: 'c' })).covers).toContainEqual(
      expect.objectContaining({ person: 'union-01-officer-2', by: 'union-01-officer-1' }),
    );
  });

  it.each([
    ['is covered already', away.adjustment, 'COVERED_ALREADY'],
    ['nobody knows', { ...away.adjustment, person: 'nobody' }, 'UNKNOWN_PERSON'],
    [
      'would act for whoever acts for them',
      { ...away.adjustment, person: 'union-01-officer-1', by: 'union-01-officer-2' },
      'COVERS_IN_A_CIRCLE',
    ],
  ] as const)('and %s is refused before anything is written', async (_who, adjustment, code) => {
    const request = { ...everybody, adjustment: { ...adjustment, until: beijing('10-23 00:00') } };
    const before = await stateOf(engine, run);
    const failure: unknown = await engine.client.adjust(request).catch((error: { refusal?: object }) => error.refusal ?? error);
    expect(failure).toMatchObject({ code });
    expect(await stateOf(engine, run)).toEqual(before);
  });
});

describe('whoever takes over from somebody who leaves', () => {
  it('has posts and work everywhere, and may do what the post may', async () => {
    const request = {
      ...everybody,
      adjustment: { kind: 'cover', person: 'union-02-head', by: 'union-02-officer-1', until: null },
    } as const;
    const seen = await engine.client.previewAdjustment(request);
    expect(seen.items.flatMap((item) => ('posts' in item ? item.posts : []))).toContainEqual({
      role: 'union-head',
      before: 'union-02-head',
      after: 'union-02-officer-1',
    });
    await settled(await engine.client.adjust({ ...request, expect: seen.hash }));
    expect((await snapshotOf(engine, { run, instance: 'u/union-02' })).roles['union-head']).toBe('union-02-officer-1');
  });

  it('is who has them in instances that join later', async () => {
    const joined = (await findSnapshots(engine.pool, { run, for: { union: 'union-02' }, limit: 100 })).map(({ roles }) => roles);
    for (const roles of joined) expect(roles['union-head']).toBe('union-02-officer-1');
  });
});

describe('the books', () => {
  it('balance, and states read from rows are those of the workflows', async () => {
    expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true });
    for (const snapshot of await findSnapshots(engine.pool, { run, for: { all: true }, limit: 100 }))
      expect(snapshot).toEqual({ ...(await snapshotOf(engine, { run, instance: snapshot.instance })), answered: [] });
  });
});
