/** Adjusting a run that goes on: seen first, done as it was seen, by whom may, to everybody it is for, also who joins later. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { advanceRun } from '../../client/stepping.ts';
import { findSnapshots } from '../../store/snapshots.ts';
import { findSubmission } from '../../store/submissions.ts';
import { findTasks } from '../../store/tasks.ts';
import { snapshotOf, stateOf } from '../running/books.ts';
import { codeOf } from '../running/code-of.ts';
import { beijing } from '../running/drill.ts';
import { type Engine, newRunId } from '../running/engine.ts';
import { openOnMonday } from '../running/monday.ts';
import { handIn } from '../running/people.ts';
import { until } from '../running/until.ts';

const run = newRunId();
let engine: Engine;

const DAY_LATER = { by: { unit: 'days', count: 1 } } as const;
const reason = '示例：入户时户主外出';
const visit = {
  run,
  for: { instance: 'h/h-001' },
  adjustment: { kind: 'extend', of: { task: 'visit' }, deadline: DAY_LATER },
  reason,
} as const;
const phase = {
  run,
  for: { all: true },
  adjustment: { kind: 'extend', of: { phase: 'visits' }, deadline: DAY_LATER },
  reason,
} as const;

const deadlinesOf = async (template: string) =>
  (await findTasks(engine.pool, { run, limit: 100 }))
    .filter((task) => task.template === template)
    .map(({ deadline }) => deadline);
const settled = (revision: number) =>
  until('the revision has been taken', async () => (await engine.client.revisionProgress(run, revision)).pending === 0);

beforeAll(async () => {
  engine = await openOnMonday(run);
});
afterAll(() => engine?.close());

describe('the states that previews are taken from', () => {
  it('are those of the workflows, but for the answers that were given', async () => {
    const rows = await findSnapshots(engine.pool, { run, for: { all: true }, limit: 100 });
    expect(rows.length).toBe(5);
    for (const snapshot of rows)
      expect({ ...snapshot }).toEqual({ ...(await snapshotOf(engine, { run, instance: snapshot.instance })), answered: [] });
  });
});

describe('one task', () => {
  it('is only looked at by a preview', async () => {
    const before = await stateOf(engine, run);
    const seen = await engine.client.previewAdjustment(visit);
    expect(seen).toMatchObject({ instances: 1, tasks: 1, items: [{ instance: 'h/h-001', differences: [{ task: 'visit' }] }] });
    expect(await stateOf(engine, run)).toEqual(before);
  });

  it('is moved as it was seen, once, and the words of the reason are kept sealed', async () => {
    const { hash } = await engine.client.previewAdjustment(visit);
    const asked = { ...visit, expect: hash, id: 'extend-1' };
    const first = await engine.client.adjust(asked);
    expect(first).toMatchObject({ answer: { command: 'extend-1', adjusted: 1 } });
    expect((await snapshotOf(engine, { run, instance: 'h/h-001' })).tasks['visit']).toMatchObject({
      deadlineRev: 1,
      extended: 1,
    });
    expect(await findSubmission(engine.pool, { run, id: 'extend-1' }, engine.client.room.sealer)).toMatchObject({
      author: 'office-1',
      content: reason,
    });
  });

  it('is not moved when the state has changed since it was seen', async () => {
    const asked = { ...visit, for: { instance: 'h/h-002' } } as const;
    const { hash } = await engine.client.previewAdjustment(asked);
    const task = 'h/h-002/visit';
    await handIn(engine.client, { run, task, id: 'visit-2' });
    await expect(engine.client.adjust({ ...asked, expect: hash })).rejects.toMatchObject({
      refusal: { code: expect.stringMatching(/STATE_MOVED|ALREADY_FINAL|IN_REVIEW/) },
    });
  });
});

describe('who may', () => {
  it.each([
    ['somebody of a union, where the definition names the office', { person: 'union-01-head' }, 'NO_AUTHORITY'],
    ['nobody the register knows', { person: 'nobody' }, 'UNKNOWN_PERSON'],
    ['somebody without a reason', { reason: ' ' }, 'REASON_REQUIRED'],
    ['somebody in a run that is not there', { run: 'nothing' }, 'UNKNOWN_RUN'],
    ['somebody for a union that is not there', { for: { union: 'union-99' } }, 'UNKNOWN_INSTANCE'],
  ] as const)('is not %s', async (_who, changes, code) => {
    const before = await stateOf(engine, run);
    const failure: unknown = await engine.client
      .previewAdjustment({ ...phase, ...changes })
      .then(() => engine.client.adjust({ ...phase, ...changes }))
      .catch((error: { refusal?: object }) => error.refusal ?? error);
    expect(failure).toMatchObject({ code });
    expect(await stateOf(engine, run)).toEqual(before);
  });
});

describe('an instance that has nothing open', () => {
  const asHas = async <T>(status: string, instance: string, work: () => Promise<T>): Promise<T> => {
    const put = (now: string) =>
      engine.pool.query('update instances set status = $3 where run_id = $1 and id = $2', [run, instance, now]);
    await put(status);
    try {
      return await work();
    } finally {
      await put('open');
    }
  };
  const bulk = async () => {
    const { items } = await engine.client.previewBulk({ run, items: [visit] });
    if (items[0]!.state === 'refused') throw items[0]!.refusal;
  };

  it.each([
    ['has closed', 'closed', 'UNKNOWN_INSTANCE'],
    ['has not begun yet', 'planned', 'NOT_BEGUN'],
  ])(
    'because it %s is told as that, before the reason is stored',
    async (_why, status, code) =>
      await asHas(status, 'h/h-001', async () => {
        expect(await codeOf(engine.client.previewAdjustment(visit))).toBe(code);
        expect(await codeOf(engine.client.adjust({ ...visit, id: `nothing-${status}` }))).toBe(code);
        expect(await codeOf(bulk())).toBe(code);
        expect(await findSubmission(engine.pool, { run, id: `nothing-${status}` }, engine.client.room.sealer)).toBeUndefined();
      }),
  );

  it.each([
    ['has closed', 'closed', 'UNKNOWN_UNION'],
    ['has not begun yet', 'planned', 'NOT_BEGUN'],
  ])('and is the union that somebody would move to: it %s', async (_why, status, code) => {
    const move = { ...visit, adjustment: { kind: 'move', to: 'union-02' } } as const;
    expect(await asHas(status, 'u/union-02', () => codeOf(engine.client.previewAdjustment(move)))).toBe(code);
  });
});

describe('a phase of the whole run', () => {
  it('is moved in every instance, by one revision that is made once', async () => {
    const before = await deadlinesOf('photo');
    const { hash } = await engine.client.previewAdjustment(phase);
    const asked = { ...phase, expect: hash, id: 'extend-all' };
    const first = await engine.client.adjust(asked);
    const again = await engine.client.adjust({ ...phase, id: 'extend-all' });
    expect(again).toEqual(first);
    const revision = 'revision' in first ? first.revision.revision : 0;
    await settled(revision);
    expect(await engine.client.revisionItems(run, revision)).toHaveLength(5);
    expect(await deadlinesOf('photo')).toEqual(before.map((deadline) => deadline + 86_400_000));
  });

  it('holds of a household that joins later', async () => {
    const task = 'u/union-01/sweep';
    await handIn(engine.client, { run, task, id: 'sweep-1', wishes: { found: 1 } });
    await advanceRun(engine.client.room, { run, to: beijing('10-13 10:00') });
    const joined = (await findSnapshots(engine.pool, { run, for: { all: true }, limit: 100 })).filter(
      ({ instance }) => !['c', 'h/h-001', 'h/h-002', 'u/union-01', 'u/union-02'].includes(instance),
    );
    expect(joined.length).toBeGreaterThan(0);
    for (const { revision, extensions, tasks } of joined) {
      expect(revision).toBe(2);
      expect(extensions).toHaveLength(1);
      expect(tasks['visit']).toMatchObject({ extended: 1 });
    }
  });

  it('leaves the books balanced', async () => {
    expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true });
  });
});
