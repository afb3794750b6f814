/** An adjustment that is asked again under its own id: it gets its first answer, though it could not be made any more. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdjustmentRequest } from '../../client/adjust.ts';
import { tell } from '../cli/fake-host.ts';
import { stateOf } from '../running/books.ts';
import { codeOf } from '../running/code-of.ts';
import { type Engine, newRunId } from '../running/engine.ts';
import { openOnMonday } from '../running/monday.ts';
import { handIn } from '../running/people.ts';

const run = newRunId();
let engine: Engine;

const reason = '示例：填错了户';
const of = (instance: string) => ({ run, reason, for: { instance } });

/** Asks again, and finds that nothing has changed. */
async function again<T>(ask: () => Promise<T>): Promise<T> {
  const before = await stateOf(engine, run);
  const answer = await ask();
  expect(await stateOf(engine, run)).toEqual(before);
  return answer;
}

beforeAll(async () => {
  engine = await openOnMonday(run);
});
afterAll(() => engine?.close());

describe('a form that was taken back', () => {
  const task = 'h/h-001/list';
  const words = `retract ${run} ${task} --reason "${reason}" --id retract-1 --apply now --json`;
  let first: Awaited<ReturnType<typeof tell>>;

  it('is taken back once', async () => {
    await handIn(engine.client, { run, task: 'h/h-001/visit', id: 'visit-1' });
    await handIn(engine.client, { run, task, id: 'list-1' });
    first = await tell(words, { client: engine.client });
    expect(first.exit).toBe(0);
    expect(await again(() => tell(words, { client: engine.client }))).toEqual(first);
  });

  it('is not taken back again once another has been handed in', async () => {
    await handIn(engine.client, { run, task, id: 'list-2' });
    expect(await again(() => tell(words, { client: engine.client }))).toEqual(first);
    const other = { ...of('h/h-001'), adjustment: { kind: 'retract', task: 'list', submission: 'list-2' } } as const;
    expect(await codeOf(engine.client.adjust({ ...other, id: 'retract-1' }))).toBe('COMMAND_ID_REUSED');
  });
});

describe('forms that were taken back together', () => {
  it('are taken back once, under the same id and by the same hash', async () => {
    const files = { 'list.csv': 'task\nh/h-001/list\n' };
    const words = `retract ${run} --tasks list.csv --reason "${reason}"`;
    const [, hash] = /--apply ([0-9a-f]{64})/.exec((await tell(words, { client: engine.client, files })).out)!;
    for (const more of [`--apply ${hash}`, '--id many-1 --apply now']) {
      const first = await tell(`${words} ${more} --json`, { client: engine.client, files });
      expect(first.exit).toBe(0);
      expect(await again(() => tell(`${words} ${more} --json`, { client: engine.client, files }))).toEqual(first);
      await handIn(engine.client, { run, task: 'h/h-001/list', id: `list-${more.length}` });
    }
  });
});

describe('a household that has moved', () => {
  const move: AdjustmentRequest = { ...of('h/h-001'), adjustment: { kind: 'move', to: 'union-02' }, id: 'move-1' };

  it('has moved, though its union has left since', async () => {
    const first = await engine.client.adjust(move);
    await engine.client.adjust({ ...of('u/union-02'), adjustment: { kind: 'withdraw', cause: 'self' } });
    expect(await again(() => engine.client.adjust(move))).toEqual(first);
  });

  it('has not by the same command of somebody else, elsewhere or for another reason', async () => {
    for (const other of [
      { person: 'union-01-head' },
      { adjustment: { kind: 'move', to: 'union-01' } },
      { reason: '示例：别的' },
      { for: { instance: 'h/h-002' } },
      { for: { all: true }, adjustment: { kind: 'pause', cause: 'run' } },
    ] as const)
      expect(await again(() => codeOf(engine.client.adjust({ ...move, ...other })))).toBe('COMMAND_ID_REUSED');
  });
});

describe('a revision', () => {
  const pause: AdjustmentRequest = {
    ...{ run, reason, for: { union: 'union-01' }, adjustment: { kind: 'pause', cause: 'union' }, person: 'office-2' },
    id: 'pause-1',
  };

  it('is made once, though whoever made it has left since', async () => {
    const first = await engine.client.adjust(pause);
    await engine.pool.query(`update people set left_at = 1 where run_id = $1 and id = 'office-2'`, [run]);
    expect(await again(() => engine.client.adjust(pause))).toEqual(first);
    expect(await codeOf(engine.client.adjust({ ...pause, person: 'office-1' }))).toBe('COMMAND_ID_REUSED');
    expect(await codeOf(engine.client.adjust({ ...pause, for: { union: 'union-02' } }))).toBe('COMMAND_ID_REUSED');
  });
});
