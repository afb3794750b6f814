/** What a person sees of a task that came back: why, and what they had handed in. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, newRunId } from '../running/engine.ts';
import { openOnMonday } from '../running/monday.ts';
import { answersFor, handIn, sendBack } from '../running/people.ts';

const run = newRunId();
const LIST = { run, task: 'h/h-001/list' };
let engine: Engine;

beforeAll(async () => {
  engine = await openOnMonday(run);
  await handIn(engine.client, { run, task: 'h/h-001/visit', id: 'visit-1' });
});
afterAll(() => engine?.close());

describe('the form of a task', () => {
  it('has nothing of a return before there is one', async () => {
    expect((await engine.client.form(run, LIST.task)).returned).toBeNull();
    await handIn(engine.client, { ...LIST, id: 'list-1' });
    expect((await engine.client.form(run, LIST.task)).returned).toBeNull();
  });

  it('has the words of the last return and the answers of the last form, once it was returned', async () => {
    await sendBack(engine.client, { ...LIST, id: 'return-1', reason: '示例：措施太少' });
    const answers = await answersFor(engine.client, { ...LIST, id: 'list-1' });
    const { returned } = await engine.client.form(run, LIST.task);
    expect(returned).toMatchObject({ by: expect.stringMatching(/cadre/), reason: '示例：措施太少', answers });
    await engine.client.complete({ ...LIST, id: 'list-2', answers: { measures: answers['measures'] }, via: 'cli' });
    await sendBack(engine.client, { ...LIST, id: 'return-2', reason: '示例：日期太晚' });
    expect((await engine.client.form(run, LIST.task)).returned).toMatchObject({ reason: '示例：日期太晚' });
  });

  it('has nothing of it any more once it was handed in again', async () => {
    await handIn(engine.client, { ...LIST, id: 'list-3' });
    expect((await engine.client.form(run, LIST.task)).returned).toBeNull();
  });
});
