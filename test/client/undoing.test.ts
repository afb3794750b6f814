/** Waived, done again and taken back, on the running engine: what is undone here and elsewhere, and what the books say of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSnapshots } from '../../store/snapshots.ts';
import { snapshotOf } from '../running/books.ts';
import { beijing } from '../running/drill.ts';
import { type Engine, newRunId } from '../running/engine.ts';
import { openOnMonday, refusalOf } from '../running/monday.ts';
import { accept, handIn } from '../running/people.ts';
import { until } from '../running/until.ts';

const run = newRunId();
let engine: Engine;

const of = (instance: string) => ({ run, reason: '示例：填错了户', for: { instance } });
const listed = async () => new Map((await engine.client.tasks(run, { limit: 1000 })).map((task) => [task.task, task] as const));
const statusOf = async (task: string): Promise<string | undefined> => (await listed()).get(task)?.status;

beforeAll(async () => {
  engine = await openOnMonday(run);
});
afterAll(() => engine?.close());

describe('a task that is opened again', () => {
  const task = 'h/h-001/visit';
  const request = () => ({ ...of('h/h-001'), adjustment: { kind: 'reopen', task: 'visit' } as const });

  it('takes the row of what came up because of it away', async () => {
    await handIn(engine.client, { run, task, id: 'visit-1' });
    expect(await statusOf('h/h-001/list')).toBe('open');
    const { hash } = await engine.client.previewAdjustment(request());
    await engine.client.adjust({ ...request(), expect: hash });
    expect([...(await listed()).keys()]).not.toContain('h/h-001/list');
    expect(await statusOf(task)).toBe('open');
  });

  it('brings that back when it is done again', async () => {
    await handIn(engine.client, { run, task, id: 'visit-2' });
    expect(await statusOf('h/h-001/list')).toBe('open');
  });

  it('is shown with what stands because somebody has worked on it', async () => {
    await handIn(engine.client, { run, task: 'h/h-001/list', id: 'list-1' });
    const { items } = await engine.client.previewAdjustment(request());
    expect(items).toMatchObject([{ instance: 'h/h-001', stands: ['list'] }]);
  });
});

describe('a form in review', () => {
  const task = 'h/h-001/list';
  const request = async () => {
    const { submission, submittedBy } = await engine.client.handedIn(run, task);
    const adjustment = { kind: 'retract', task: 'list', submission: submission ?? '' } as const;
    return { ...of('h/h-001'), adjustment, person: submittedBy! };
  };

  it('is taken back by nobody but whoever handed it in', async () =>
    expect(await refusalOf(engine, { ...(await request()), person: 'union-01-head' })).toMatchObject({
      code: 'NO_AUTHORITY',
    }));

  it('is open again, and may be handed in anew', async () => {
    await engine.client.adjust(await request());
    expect((await listed()).get(task)).toMatchObject({ status: 'open', submission: null, reviewer: null });
    await handIn(engine.client, { run, task, id: 'list-2' });
    expect(await statusOf(task)).toBe('inReview');
  });

  it('is not taken back once it was accepted, where the definition gives no time', async () => {
    await accept(engine.client, { run, task, id: 'confirm-1' });
    await accept(engine.client, { run, task, id: 'accept-1' });
    expect(await refusalOf(engine, await request())).toMatchObject({ code: 'TOO_LATE_TO_RETRACT' });
  });
});

describe('rows that became tasks elsewhere', () => {
  const made = async () =>
    [...(await listed()).values()].filter(({ task }) => task.includes('/item:')).map(({ status }) => status);

  it('are dropped there when the form they came from is to be filled in again', async () => {
    await handIn(engine.client, { run, task: 'c/instruction', id: 'instruction-1' });
    await until('the unions have the items', async () => (await made()).length > 0);
    await engine.client.adjust({ ...of('c'), adjustment: { kind: 'reopen', task: 'instruction' } });
    await until('the items are dropped', async () => (await made()).every((status) => status === 'dropped'));
  });
});

describe('a waived task', () => {
  const request = () => ({ ...of('u/union-01'), adjustment: { kind: 'waive', task: 'sweep' } as const });

  it('is over, with its reason in the books', async () => {
    await engine.client.adjust(request());
    expect(await statusOf('u/union-01/sweep')).toBe('waived');
  });

  it('is not waived again, nor anything by a post that may not', async () => {
    expect(await refusalOf(engine, request())).toMatchObject({ code: 'ALREADY_FINAL' });
    const others = { ...request(), for: { instance: 'u/union-02' }, person: 'union-02-head' } as const;
    expect(await refusalOf(engine, others)).toMatchObject({ code: 'NO_AUTHORITY' });
  });

  it('may be opened again with a deadline, and not with one that is past', async () => {
    const reopening = (deadline: number) => ({
      ...of('u/union-01'),
      adjustment: { kind: 'reopen', task: 'sweep', deadline } as const,
    });
    expect(await refusalOf(engine, reopening(beijing('10-11 12:00')))).toMatchObject({ code: 'DEADLINE_PAST' });
    await engine.client.adjust(reopening(beijing('10-15 17:00')));
    expect((await listed()).get('u/union-01/sweep')).toMatchObject({ status: 'open', deadline: beijing('10-15 17:00') });
  });

  it.each([
    ['that nobody knows', 'nothing', 'UNKNOWN_TASK'],
    ['that is open', 'sweep', 'CANNOT_REOPEN'],
  ])('%s is not opened again', async (_what, task, code) =>
    expect(await refusalOf(engine, { ...of('u/union-01'), adjustment: { kind: 'reopen', task } })).toMatchObject({
      code,
    }),
  );
});

describe('the books', () => {
  it('balance, and states read from rows are those of the workflows', async () => {
    expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true });
    for (const snapshot of await findSnapshots(engine.pool, { run, for: { all: true }, limit: 100 }))
      expect(snapshot).toEqual({ ...(await snapshotOf(engine, { run, instance: snapshot.instance })), answered: [] });
  });
});
