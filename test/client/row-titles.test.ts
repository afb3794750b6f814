/** Tasks that rows made are called by the words of their rows, and the words are nowhere but in the form. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { advanceRun } from '../../client/stepping.ts';
import { MONDAY_MORNING } from '../running/drill.ts';
import { type Engine, newRunId } from '../running/engine.ts';
import { openOnMonday } from '../running/monday.ts';
import { accept, handIn } from '../running/people.ts';

const run = newRunId();
let engine: Engine;
const titles = async (): Promise<Record<string, string | null>> => {
  const tasks = await engine.client.tasks(run, { limit: 1_000 });
  return Object.fromEntries(tasks.map(({ task, rowTitle }) => [task, rowTitle]));
};
const work = { run, id: 'w' };

beforeAll(async () => {
  engine = await openOnMonday(run);
  await handIn(engine.client, { ...work, task: 'h/h-001/visit', id: 'visit' });
  const list = { ...work, task: 'h/h-001/list', id: 'list', wishes: { measures: 1, 'measures.what': '示例：安装扶手\n和门铃' } };
  await handIn(engine.client, list);
  await accept(engine.client, { ...work, task: 'h/h-001/list', id: 'confirmed' });
  await accept(engine.client, { ...work, task: 'h/h-001/list', id: 'accepted' });
  const wishes = { items: 1, 'items.union': 'union-02', 'items.what': '示例：核对名单'.padEnd(200, '；再核对') };
  await handIn(engine.client, { ...work, task: 'c/instruction', id: 'instruction', wishes });
  await advanceRun(engine.client.room, { run, to: MONDAY_MORNING + 60_000 });
});
afterAll(() => engine?.close());

describe('the list of tasks', () => {
  it('calls a task by its row, in one line', async () =>
    expect(await titles()).toMatchObject({ 'h/h-001/measure:list.1': '示例：安装扶手 和门铃', 'h/h-001/visit': null }));

  it('cuts long words', async () => {
    const title = (await titles())['u/union-02/item:c.instruction.1']!;
    expect(title).toMatch(/^示例：核对名单；.*…$/);
    expect(title).toHaveLength(80);
  });

  it('gives the form of such a task its row as well', async () => {
    expect(await engine.client.form(run, 'h/h-001/measure:list.1')).toMatchObject({ rowTitle: '示例：安装扶手 和门铃' });
    expect(await engine.client.form(run, 'h/h-001/photo')).toMatchObject({ rowTitle: null });
  });

  it('keeps the words out of every row that is not sealed', async () => {
    for (const table of ['tasks', 'outbox', 'audit', 'instances', 'commands', 'gate_items']) {
      const { rows } = await engine.pool.query(`select row_to_json(t)::text as row from ${table} t where run_id = $1`, [run]);
      expect(JSON.stringify(rows), table).not.toMatch(/安装扶手|核对名单/);
    }
  });

  it('has no title for words whose key was erased', async () => {
    await engine.pool.query(`delete from data_keys where run_id = $1 and holder = 'h/h-001'`, [run]);
    expect(await titles()).toMatchObject({ 'h/h-001/measure:list.1': null });
  });
});
