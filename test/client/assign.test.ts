/** Items assigned on the running engine: tasks with a title and words that nobody reads but whoever has them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdjustmentRequest } from '../../client/adjust.ts';
import type { BulkItem } from '../../client/bulk.ts';
import { advanceRun } from '../../client/stepping.ts';
import type { Assignment } from '../../model/adjustment.ts';
import { findSnapshots } from '../../store/snapshots.ts';
import { snapshotOf } from '../running/books.ts';
import { beijing } from '../running/drill.ts';
import { type Engine, newRunId } from '../running/engine.ts';
import { openOnMonday, refusalOf } from '../running/monday.ts';
import { accept, handIn } from '../running/people.ts';

const run = newRunId();
let engine: Engine;

const WORDS = { title: '示例：补报名单', words: '示例：请于周三前\n补报名单', from: '示例：领导小组' };
const DUE = beijing('10-14 17:00');
type Asked = AdjustmentRequest & { readonly for: { readonly instance: string } };
const request = (over: Partial<Assignment> = {}, instance = 'u/union-01'): Asked => ({
  ...{ run, for: { instance }, words: WORDS },
  adjustment: { kind: 'assign', due: DUE, words: '', ...over },
});
const listed = async () => new Map((await engine.client.tasks(run, { limit: 1000 })).map((task) => [task.task, task] as const));

beforeAll(async () => {
  engine = await openOnMonday(run);
});
afterAll(() => engine?.close());

describe('an item', () => {
  it('is seen before it is assigned, and assigned as it was seen, whatever its command is called', async () => {
    const { hash, items } = await engine.client.previewAdjustment(request());
    expect(items).toMatchObject([
      { instance: 'u/union-01', differences: [{ task: 'assigned:1', before: null, after: { status: 'open', deadline: DUE } }] },
    ]);
    const other = { ...request(), words: { ...WORDS, words: '示例：别的事' } };
    expect(await refusalOf(engine, { ...other, expect: hash })).toMatchObject({ code: 'STATE_MOVED' });
    expect(await engine.client.adjust({ ...request(), id: 'item-1', expect: hash })).toMatchObject({
      answer: { command: 'item-1', task: 'assigned:1', adjusted: 1 },
    });
  });

  it('is on the list of its union under its title, with what is to be done beside the form', async () => {
    expect((await listed()).get('u/union-01/assigned:1')).toMatchObject({
      ...{ title: { zh: '交办事项' }, rowTitle: WORDS.title, status: 'open', deadline: DUE, form: 'assigned' },
      ...{ holder: 'union-01-officer-1', union: 'union-01' },
    });
    const { form, words } = await engine.client.form(run, 'u/union-01/assigned:1');
    expect([form.id, words]).toEqual(['assigned', WORDS]);
    expect(await engine.client.form(run, 'u/union-01/sweep')).toMatchObject({ words: null });
  });

  it('is assigned once by one command, and by that nothing else is', async () => {
    const again = { ...request(), id: 'item-1' };
    expect(await engine.client.adjust(again)).toMatchObject({ answer: { task: 'assigned:1' } });
    expect((await listed()).has('u/union-01/assigned:2')).toBe(false);
    const other = { ...again, words: { ...WORDS, title: '示例：别的' } };
    expect(await refusalOf(engine, other)).toMatchObject({ code: 'COMMAND_ID_REUSED' });
    expect(await refusalOf(engine, { ...again, ...request({ due: DUE + 60_000 }) })).toMatchObject({ code: 'COMMAND_ID_REUSED' });
  });

  it('keeps its words out of every row that is not sealed, and out of the workflow', async () => {
    for (const table of ['tasks', 'outbox', 'audit', 'instances', 'commands', 'deliveries', 'submissions']) {
      const { rows } = await engine.pool.query(`select row_to_json(t)::text as row from ${table} t where run_id = $1`, [run]);
      expect(JSON.stringify(rows), table).not.toMatch(/补报名单|领导小组/);
    }
    expect(JSON.stringify(await snapshotOf(engine, { run, instance: 'u/union-01' }))).not.toMatch(/补报名单|领导小组/);
  });

  it('says in its message that there is one, when it is due and where to look', async () => {
    const { rows } = await engine.pool.query(
      `select payload ->> 'purpose' as purpose, payload ->> 'recipient' as recipient from outbox
        where run_id = $1 and payload ->> 'task' = 'assigned:1' and kind = 'message'`,
      [run],
    );
    expect(rows).toEqual([{ purpose: 'instructed', recipient: 'union-01-officer-1' }]);
  });

  it('is handed in and accepted, and counts as other tasks do', async () => {
    const before = (await engine.client.status(run)).tasks.done;
    await engine.client.adjust({ ...request({ review: 'union-head', to: 'union-01-officer-1' }), id: 'item-2' });
    const task = 'u/union-01/assigned:2';
    await handIn(engine.client, { run, task, id: 'done-2' });
    await accept(engine.client, { run, task, id: 'accept-2' });
    expect((await listed()).get(task)).toMatchObject({ status: 'done', holder: 'union-01-officer-1' });
    expect((await engine.client.status(run)).tasks.done).toBe(before + 1);
  });

  it('may be of a household or of the federation itself', async () => {
    await engine.client.adjust(request({}, 'h/h-001'));
    await engine.client.adjust(request({}, 'c'));
    expect((await listed()).get('h/h-001/assigned:1')).toMatchObject({ rowTitle: WORDS.title, union: 'union-01' });
    expect((await listed()).get('c/assigned:1')).toMatchObject({ rowTitle: WORDS.title, union: null });
  });

  it('is overdue once its deadline has passed, in reports too', async () => {
    const overdue = async () => (await engine.client.report(run)).unions.find(({ union }) => union === 'union-01')!.overdue;
    const before = await overdue();
    await advanceRun(engine.client.room, { run, to: DUE + 60_000 });
    expect((await listed()).get('u/union-01/assigned:1')).toMatchObject({ overdue: true });
    expect(await overdue()).toBeGreaterThanOrEqual(before + 2);
  });
});

describe('many items at once', () => {
  const due = beijing('10-16 17:00');
  const item = (instance: string, words: Partial<typeof WORDS> = {}): BulkItem => ({
    ...{ for: { instance }, words: { ...WORDS, ...words } },
    adjustment: { kind: 'assign', due, words: '' },
  });
  const items = [item('u/union-02'), item('u/union-02', { title: '示例：再报一次' }), item('c', { words: ' ' })];
  const watch = { onSettled: () => undefined, signal: new AbortController().signal };

  it('are assigned one by one, as they were seen, and once by the same agreement', async () => {
    const { hash, items: seen } = await engine.client.previewBulk({ run, items });
    expect(seen).toMatchObject([
      { state: 'previewed', touched: [{ differences: [{ task: 'assigned:1' }] }] },
      { state: 'previewed', touched: [{ differences: [{ task: 'assigned:2' }] }] },
      { state: 'refused', refusal: { code: 'WORDS_REQUIRED' } },
    ]);
    const first = await engine.client.applyBulk({ run, items, expect: hash }, watch);
    expect(first.map(({ state }) => state)).toEqual(['done', 'done', 'refused']);
    expect(await engine.client.applyBulk({ run, items, expect: hash }, watch)).toEqual(first);
    const titles = [...(await listed())].flatMap(([task, { rowTitle }]) =>
      task.startsWith('u/union-02/assigned') ? [rowTitle] : [],
    );
    expect(new Set(titles)).toEqual(new Set([WORDS.title, '示例：再报一次']));
    expect((await engine.client.form(run, 'u/union-02/assigned:1')).words).toEqual(WORDS);
  });

  it('are not agreed to with other words', async () => {
    const { hash } = await engine.client.previewBulk({ run, items: [item('u/union-02')] });
    const other = [item('u/union-02', { words: '示例：别的事' })];
    await expect(engine.client.applyBulk({ run, items: other, expect: hash }, watch)).rejects.toMatchObject({
      refusal: { code: 'STATE_MOVED' },
    });
  });
});

describe('no item is assigned', () => {
  const later = { due: beijing('10-16 17:00') };

  it.each([
    ['to a union that there is not', request(later, 'u/union-99'), 'UNKNOWN_INSTANCE'],
    ['to a household that there is not', request(later, 'h/h-999'), 'UNKNOWN_INSTANCE'],
    ['to somebody whom nobody knows', request({ ...later, to: 'nobody-1' }), 'UNKNOWN_PERSON'],
    ['to somebody of another union', request({ ...later, to: 'union-02-head' }), 'NOT_OF_UNION'],
    ['to be done yesterday', request({ due: beijing('10-11 17:00') }), 'DEADLINE_PAST'],
    ['by a post that may not', { ...request(later), person: 'union-01-head' }, 'NO_AUTHORITY'],
    ['with a ladder that there is not', request({ ...later, ladder: 'steps' }), 'UNKNOWN_LADDER'],
    ['without a title', { ...request(later), words: { ...WORDS, title: ' ' } }, 'WORDS_REQUIRED'],
    ['without words', { ...request(later), words: { ...WORDS, words: '' } }, 'WORDS_REQUIRED'],
    ['with a book for words', { ...request(later), words: { ...WORDS, words: '示'.repeat(5_001) } }, 'WORDS_TOO_LONG'],
  ])('%s', async (_what, asked, code) => {
    const failure: unknown = await engine.client.adjust(asked).catch((error: { refusal?: object }) => error.refusal ?? error);
    expect(failure).toMatchObject({ code });
  });

  it('to many at once', async () =>
    expect(
      await engine.client.adjust({ ...request(later), for: { all: true } }).catch((error: { refusal: object }) => error.refusal),
    ).toMatchObject({
      code: 'ASSIGN_TO_ONE',
    }));

  it('to whoever has left, or is paused', async () => {
    const for_ = { instance: 'h/h-002' } as const;
    await engine.client.adjust({ run, for: for_, reason: '示例', adjustment: { kind: 'pause', cause: 'self' } });
    expect(await refusalOf(engine, request(later, 'h/h-002'))).toMatchObject({ code: 'PAUSED' });
    await engine.client.adjust({ run, for: for_, reason: '示例', adjustment: { kind: 'resume', cause: 'self' } });
    await engine.client.adjust({ run, for: for_, reason: '示例', adjustment: { kind: 'withdraw', cause: 'self' } });
    expect(await refusalOf(engine, request(later, 'h/h-002'))).toMatchObject({ code: 'WITHDRAWN' });
  });
});

describe('the books', () => {
  it('balance, and states read from rows are those of the workflows', async () => {
    expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true });
    for (const snapshot of await findSnapshots(engine.pool, { run, for: { all: true }, limit: 100 }))
      expect(snapshot).toEqual({ ...(await snapshotOf(engine, { run, instance: snapshot.instance })), answered: [] });
  });

  it('say nothing of an item once the key that sealed it is gone', async () => {
    await engine.pool.query(`delete from data_keys where run_id = $1 and holder = 'h/h-001'`, [run]);
    expect((await listed()).get('h/h-001/assigned:1')).toMatchObject({ rowTitle: null });
    expect(await engine.client.form(run, 'h/h-001/assigned:1').catch(() => ({ words: null }))).toMatchObject({ words: null });
  });
});
