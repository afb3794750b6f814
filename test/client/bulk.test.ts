/** Many adjustments at once on the running engine: all seen first, each done or refused by itself, those that failed tried again, nothing done twice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyBulk } from '../../client/bulk-apply.ts';
import { previewBulk } from '../../client/bulk-preview.ts';
import type { BulkItem, BulkOutcome, BulkRequest, BulkWatch } from '../../client/bulk.ts';
import { Unavailable } from '../../client/client-error.ts';
import { advanceRun } from '../../client/stepping.ts';
import { refusesCampaign } from '../../engine/leaving.ts';
import { pauseCauseOf } from '../../model/adjustment.ts';
import { createRevision } from '../../store/revisions.ts';
import { findSnapshots } from '../../store/snapshots.ts';
import { findSubmission } from '../../store/submissions.ts';
import { tell } from '../cli/fake-host.ts';
import { snapshotOf, stateOf } from '../running/books.ts';
import { beijing, MONDAY_MORNING } from '../running/drill.ts';
import { type Engine, newRunId } from '../running/engine.ts';
import { openOnMonday } from '../running/monday.ts';
import { until } from '../running/until.ts';

const run = newRunId();
let engine: Engine;

const reason = '示例：结对关系有变';
const reassign = (instance: string, to: string, more: Partial<BulkItem> = {}): BulkItem => ({
  for: { instance },
  adjustment: { kind: 'reassign', task: 'visit', to },
  reason,
  ...more,
});
const dayLater = (instance: string, task: string): BulkItem => ({
  for: { instance },
  adjustment: { kind: 'extend', of: { task }, deadline: { by: { unit: 'days', count: 1 } } },
  reason,
});

const unwatched = (): BulkWatch => ({ onSettled: () => undefined, signal: new AbortController().signal });
const apply = (request: Omit<BulkRequest, 'run'>) => engine.client.applyBulk({ run, ...request }, unwatched());
const asSeen = async (items: readonly BulkItem[], id?: string) => {
  const request = { items, ...(id !== undefined && { id }) };
  const { hash } = await engine.client.previewBulk({ run, ...request });
  return await apply({ ...request, expect: hash });
};
const statesOf = (outcomes: readonly BulkOutcome[]) =>
  outcomes.map((outcome) => (outcome.state === 'done' ? 'done' : outcome.code));
const taskOf = async (instance: string, key: string) => (await snapshotOf(engine, { run, instance })).tasks[key]!;

beforeAll(async () => {
  engine = await openOnMonday(run);
});
afterAll(() => engine?.close());

describe('a choice of tasks', () => {
  it('is what the list of tasks shows for the same words', async () => {
    for (const choice of [
      { union: 'union-01' },
      { phase: 'visits' },
      { template: 'visit' },
      { phase: 'visits', template: 'sweep', status: 'open' },
      { status: 'overdue' },
      { status: 'done' },
    ] as const) {
      const listed = (await engine.client.tasks(run, { ...choice, limit: 100 })).map(({ task }) => task);
      expect(await engine.client.chooseTasks(run, choice)).toEqual(listed);
    }
    expect(await engine.client.chooseTasks(run, { template: 'visit' })).toEqual(['h/h-001/visit', 'h/h-002/visit']);
  });

  it.each([
    [{ phase: 'nowhere' }, 'UNKNOWN_PHASE'],
    [{ template: 'nothing' }, 'UNKNOWN_TEMPLATE'],
  ])('of what the plan does not have is refused: %o', async (choice, code) =>
    expect(engine.client.chooseTasks(run, choice)).rejects.toMatchObject({ code }),
  );

  it.each([
    [{ union: 'union-1' }, 'UNKNOWN_UNION', "did you mean 'union-01'?"],
    [{ union: 'nope' }, 'UNKNOWN_UNION', 'name a union by its id in the register'],
    [{ household: 'h-01' }, 'UNKNOWN_HOUSEHOLD', "did you mean 'h-001'?"],
    [{ holder: 'union-02-haed' }, 'UNKNOWN_PERSON', "did you mean 'union-02-head'?"],
  ])('of what the register does not have is refused with what is near, in lists too: %o', async (choice, code, remedy) => {
    await expect(engine.client.chooseTasks(run, choice)).rejects.toMatchObject({ code, remedy });
    await expect(engine.client.tasks(run, { ...choice, limit: 100 })).rejects.toMatchObject({ code, remedy });
  });

  it('of a household that is there and has nothing of the kind is empty', async () =>
    expect(await engine.client.tasks(run, { household: 'h-001', status: 'waived', limit: 100 })).toEqual([]));
});

describe('several things asked of one instance', () => {
  it('are seen one after another, and done as they were seen', async () => {
    const before = (await taskOf('h/h-001', 'visit')).deadline;
    const items = [dayLater('h/h-001', 'visit'), reassign('h/h-001', 'union-01-cadre-2'), dayLater('h/h-001', 'visit')];
    const { items: seen } = await engine.client.previewBulk({ run, items });
    const deadlines = seen.map((one) =>
      one.state === 'previewed' && 'differences' in one.touched[0]! ? one.touched[0].differences[0]!.after!.deadline : 0,
    );
    expect(deadlines).toEqual([before + 86_400_000, before + 86_400_000, before + 172_800_000]);
    // The third is the same thing asked again: under an id of its own.
    const outcomes = await asSeen([items[0]!, items[1]!, { ...items[2]!, command: 'third' }]);
    expect(statesOf(outcomes)).toEqual(['done', 'done', 'done']);
    expect(await taskOf('h/h-001', 'visit')).toMatchObject({ deadline: before + 172_800_000, holder: 'union-01-cadre-2' });
  });
});

describe('a bulk of which some are refused', () => {
  const items: readonly BulkItem[] = [
    reassign('h/h-001', 'union-01-cadre-1'),
    reassign('h/h-002', 'nobody'),
    reassign('h/h-404', 'union-01-cadre-1'),
    reassign('h/h-002', 'union-02-cadre-1', { person: 'union-01-head' }),
    reassign('u/union-01', 'union-01-cadre-1'),
  ];
  const codes = ['done', 'UNKNOWN_PERSON', 'UNKNOWN_INSTANCE', 'NO_AUTHORITY', 'UNKNOWN_TASK'];

  it('is only looked at by a preview', async () => {
    const before = await stateOf(engine, run);
    const { items: seen } = await engine.client.previewBulk({ run, items });
    expect(seen.map((one) => (one.state === 'refused' ? one.refusal.code : one.state))).toEqual(['previewed', ...codes.slice(1)]);
    expect(await stateOf(engine, run)).toEqual(before);
  });

  it('does the others, and says of each what became of it', async () => {
    const settled: BulkOutcome[] = [];
    const { hash } = await engine.client.previewBulk({ run, items });
    const outcomes = await engine.client.applyBulk(
      { run, items, id: 'bulk-1', expect: hash },
      { ...unwatched(), onSettled: (outcome) => settled.push(outcome) },
    );
    expect(statesOf(outcomes)).toEqual(codes);
    expect(settled).toHaveLength(items.length);
    expect((await taskOf('h/h-001', 'visit')).holder).toBe('union-01-cadre-1');
    const { command } = outcomes[0]!;
    expect(await findSubmission(engine.pool, { run, id: command }, engine.client.room.sealer)).toMatchObject({
      instance: 'h/h-001',
      content: reason,
    });
  });

  it('does nothing twice when it is asked again under its id, whatever has become of the task since', async () => {
    expect(statesOf(await asSeen([reassign('h/h-001', 'union-01-cadre-2')]))).toEqual(['done']);
    expect(statesOf(await asSeen(items, 'bulk-1'))).toEqual(codes);
    expect((await taskOf('h/h-001', 'visit')).holder).toBe('union-01-cadre-2');
  });

  it('can be tried again with the ids under which it failed, once that may succeed', async () => {
    const first = await apply({ items: [reassign('h/h-001', 'union-01-cadre-2'), reassign('h/h-002', 'union-02-cadre-2')] });
    expect(statesOf(first)).toEqual(['HOLDS_ALREADY', 'done']);
    await apply({ items: [reassign('h/h-001', 'union-01-cadre-1')] });
    const again = first.map(({ command }, index) => ({
      ...[reassign('h/h-001', 'union-01-cadre-2'), reassign('h/h-002', 'union-02-cadre-2')][index]!,
      command,
    }));
    const outcomes = await asSeen(again);
    expect(outcomes).toEqual(first.map(({ index, command }) => ({ index, command, state: 'done', adjusted: 1 })));
    expect((await taskOf('h/h-001', 'visit')).holder).toBe('union-01-cadre-2');
  });
});

describe('what is written, and not known to history yet', () => {
  it('is asked again, and answered as it was', async () => {
    const items = [reassign('h/h-001', 'union-01-cadre-1')];
    const first = await apply({ items, id: 'unheld' });
    const before = await stateOf(engine, run);
    await engine.pool.query(`update flushes set confirmed = false where run_id = $1 and instance = 'h/h-001'`, [run]);
    expect(await apply({ items, id: 'unheld' })).toEqual(first);
    expect(await stateOf(engine, run)).toEqual(before);
    await apply({ items: [reassign('h/h-001', 'union-01-cadre-2')] });
  });

  it('is so on the hash that was agreed to as well, which it would not come to any more', async () => {
    const items = [dayLater('h/h-001', 'photo')];
    const { hash } = await engine.client.previewBulk({ run, items });
    const first = await apply({ items, expect: hash });
    const before = await stateOf(engine, run);
    await engine.pool.query(`update flushes set confirmed = false where run_id = $1 and instance = 'h/h-001'`, [run]);
    expect(await apply({ items, expect: hash })).toEqual(first);
    expect(await stateOf(engine, run)).toEqual(before);
  });
});

describe('what was agreed to', () => {
  it('is not done when anything of it has moved since, not even the rest', async () => {
    const items = [dayLater('h/h-001', 'photo'), dayLater('h/h-002', 'photo')];
    const { hash } = await engine.client.previewBulk({ run, items });
    await apply({ items: [dayLater('h/h-002', 'photo')] });
    const before = await stateOf(engine, run);
    await expect(apply({ items, expect: hash })).rejects.toMatchObject({ refusal: { code: 'STATE_MOVED' } });
    expect(await stateOf(engine, run)).toEqual(before);
  });

  it('is the bulk: the same hash again finds it done', async () => {
    const items = [dayLater('h/h-001', 'photo'), dayLater('h/h-002', 'photo')];
    const { hash } = await engine.client.previewBulk({ run, items });
    const first = await apply({ items, expect: hash });
    const before = await stateOf(engine, run);
    expect(await apply({ items, expect: hash })).toEqual(first);
    expect(await stateOf(engine, run)).toEqual(before);
  });
});

describe('an instance that moves after it was looked at', () => {
  it('refuses what was agreed to of it, and the others do theirs', async () => {
    const items = [dayLater('h/h-001', 'photo'), dayLater('h/h-002', 'photo')];
    const { sender } = engine.client.room;
    const send: typeof sender.send = async (command) => {
      if (command.instance === 'h/h-001') await apply({ items: [dayLater('h/h-001', 'photo')] });
      return await sender.send(command);
    };
    const { hash } = await engine.client.previewBulk({ run, items });
    const room = { ...engine.client.room, sender: { send } };
    expect(statesOf(await applyBulk(room, { run, items, expect: hash }, unwatched()))).toEqual(['STATE_MOVED', 'done']);
  });
});

describe('a part that does not answer', () => {
  const items = [reassign('h/h-001', 'union-01-cadre-1'), dayLater('h/h-001', 'visit')];

  it('leaves what may have been done unanswered, and what comes after it for another time', async () => {
    const away = () =>
      Promise.reject(new Unavailable({ code: 'TEMPORAL_UNREACHABLE', message: 'it does not answer', remedy: 'ask again' }));
    const room = { ...engine.client.room, sender: { send: away } };
    const first = await applyBulk(room, { run, items, id: 'bulk-away' }, unwatched());
    expect(first.map(({ state }) => state)).toEqual(['unanswered', 'left']);
    const again = items.map((item, index) => ({ ...item, command: first[index]!.command }));
    expect(statesOf(await asSeen(again))).toEqual(['done', 'done']);
  });

  it('is asked again with the same id while only the database is away', async () => {
    let asked = 0;
    const { sender } = engine.client.room;
    const send: typeof sender.send = async (command) => {
      asked += 1;
      if (asked === 1) throw new Unavailable({ code: 'STORE_BEHIND', message: 'it is away', remedy: 'ask again' });
      return await sender.send(command);
    };
    const room = { ...engine.client.room, sender: { send } };
    expect(statesOf(await applyBulk(room, { run, items: [dayLater('h/h-001', 'visit')] }, unwatched()))).toEqual(['done']);
    expect(asked).toBe(2);
  });

  it('is not asked at all once somebody wants it to end', async () => {
    const before = await stateOf(engine, run);
    const due = [dayLater('h/h-001', 'visit'), dayLater('h/h-002', 'visit')];
    const outcomes = await engine.client.applyBulk({ run, items: due }, { ...unwatched(), signal: AbortSignal.abort() });
    expect(statesOf(outcomes)).toEqual(['TURN_NOT_COME', 'TURN_NOT_COME']);
    expect(await stateOf(engine, run)).toEqual(before);
  });
});

describe('the command line', () => {
  it('takes a file from a preview to the last of those that failed', async () => {
    const holders = Object.fromEntries(
      (await engine.client.tasks(run, { limit: 100 })).map(({ task, holder }) => [task, holder]),
    );
    const [one, other] = ['union-01-cadre-1', 'union-01-cadre-2'].sort((a) => (a === holders['h/h-001/visit'] ? 1 : -1));
    const list = `task,to\nh/h-001/visit,${other}\nh/h-002/visit,union-01-cadre-1\n`;
    const machine = { client: engine.client, files: { 'list.csv': list } };
    const words = `reassign ${run} --tasks list.csv --reason "the pairings were changed"`;
    const written: Record<string, string> = {};
    // The first has it already.
    expect((await tell(words, machine)).out).toContain('HOLDS_ALREADY');
    const [, hash] = /--apply ([0-9a-f]{64})/.exec((await tell(words, machine)).out)!;
    const first = await tell(`${words} --apply ${hash} --results out.jsonl`, { ...machine, written });
    expect(first).toMatchObject({ exit: 1, out: expect.stringContaining('Done: 1 of 2, 1 task; 1 not.') });
    await apply({ items: [reassign('h/h-001', one!)] });
    const again = await tell(`reassign ${run} --retry out.jsonl --apply now --json`, { ...machine, files: written });
    expect(again.exit).toBe(0);
    expect(again.out.split('\n').map((line) => JSON.parse(line) as object)).toMatchObject([
      { line: 2, state: 'done', item: { task: 'h/h-001/visit', to: other } },
      { end: { items: 1, states: { done: 1 } } },
    ]);
    expect((await taskOf('h/h-001', 'visit')).holder).toBe(other);
  });
});

describe('several people who are away', () => {
  const cover = (person: string, by: string): BulkItem => ({
    for: { all: true },
    adjustment: { kind: 'cover', person, by, until: beijing('10-22 00:00') },
    reason,
  });
  const items = [
    cover('union-01-officer-1', 'union-01-officer-2'),
    cover('union-02-officer-1', 'union-02-cadre-1'),
    // Seen after the first: they would act for whoever acts for them.
    cover('union-01-officer-2', 'union-01-officer-1'),
  ];

  it('are covered everywhere, one after another, but for whom that may not be', async () => {
    const { items: seen } = await engine.client.previewBulk({ run, items });
    expect(seen.map(({ state }) => state)).toEqual(['previewed', 'previewed', 'refused']);
    const outcomes = await asSeen(items);
    expect(statesOf(outcomes)).toEqual(['done', 'done', 'COVERS_IN_A_CIRCLE']);
    expect((await snapshotOf(engine, { run, instance: 'u/union-02' })).covers).toContainEqual(
      expect.objectContaining({ person: 'union-02-officer-1', by: 'union-02-cadre-1' }),
    );
  });

  it('are covered once, however often the same is asked', async () => {
    const back = [{ ...items[1]!, adjustment: { kind: 'uncover', person: 'union-02-officer-1' } as const }];
    const first = await asSeen(back, 'back');
    expect(statesOf(first)).toEqual(['done']);
    const before = await stateOf(engine, run);
    expect(await asSeen(back, 'back')).toEqual(first);
    expect(await stateOf(engine, run)).toEqual(before);
  });
});

describe('what concerns many, and was refused by some of them', () => {
  const adjustment = { kind: 'cover', person: 'union-02-head', by: 'union-02-cadre-2', until: beijing('10-22 00:00') } as const;
  const item: BulkItem = { for: { all: true }, adjustment, reason, command: 'cover-1' };

  it('is done by those once it is agreed to again, and by nobody twice', async () => {
    const asked = {
      run,
      command: 'cover-1',
      for: item.for,
      adjustment,
      authority: 'office',
      author: 'office-1',
      reason: 'cover-1',
    };
    const expects = new Map([['h/h-002', 'what is no more']]);
    const { revision } = await createRevision(engine.pool, { ...asked, at: MONDAY_MORNING }, { expects });
    await until('it is refused', async () => (await engine.client.revisionProgress(run, revision)).pending === 0);
    expect(await engine.client.revisionProgress(run, revision)).toMatchObject({ refused: 1 });
    expect(statesOf(await asSeen([item]))).toEqual(['done']);
    expect(await engine.client.revisionProgress(run, revision)).toMatchObject({ refused: 0 });
    const { covers = [] } = await snapshotOf(engine, { run, instance: 'h/h-002' });
    expect(covers.filter(({ person }) => person === 'union-02-head')).toHaveLength(1);
  });

  it('is told as refused, with how many and why, when they refuse again', async () => {
    const other = { ...adjustment, person: 'union-01-head', by: 'union-01-cadre-2' } as const;
    const asked = { run, command: 'cover-2', for: item.for, adjustment: other, authority: 'nobody', author: 'office-1' };
    const { revision } = await createRevision(engine.pool, { ...asked, reason: 'cover-2', at: MONDAY_MORNING });
    await until('it is refused', async () => (await engine.client.revisionProgress(run, revision)).pending === 0);
    const [outcome] = await asSeen([{ ...item, adjustment: other, command: 'cover-2' }]);
    expect(outcome).toMatchObject({ state: 'refused', code: 'NO_AUTHORITY' });
    expect(outcome).toHaveProperty('message', expect.stringMatching(/^5 of 5 instances of revision \d+ refused it, c first: /));
  });
});

describe('a list of households and unions', () => {
  const places = [{ instance: 'h/h-001' }, { union: 'union-02' }] as const;
  const each = (kind: 'pause' | 'resume'): BulkItem[] =>
    places.map((scope) => ({ for: scope, adjustment: { kind, cause: pauseCauseOf(scope) }, reason }));
  const paused = async () =>
    (await findSnapshots(engine.pool, { run, for: { all: true }, limit: 100 }))
      .filter((snapshot) => snapshot.paused !== undefined)
      .map(({ instance }) => instance);

  it('is paused and goes on again, unions with their households', async () => {
    expect(statesOf(await asSeen(each('pause')))).toEqual(['done', 'done']);
    expect(await paused()).toEqual(['h/h-001', 'h/h-002', 'u/union-02']);
    expect(statesOf(await asSeen(each('resume')))).toEqual(['done', 'done']);
    expect(await paused()).toEqual([]);
  });

  it('is seen with those before it, where a household is paused and then its union', async () => {
    const both = (kind: 'pause' | 'resume'): BulkItem[] =>
      [{ instance: 'h/h-002' }, { union: 'union-02' }].map((scope) => ({
        for: scope,
        adjustment: { kind, cause: pauseCauseOf(scope) },
        reason,
      }));
    expect(statesOf(await asSeen(both('pause')))).toEqual(['done', 'done']);
    expect(statesOf(await asSeen(both('resume')))).toEqual(['done', 'done']);
    expect(await paused()).toEqual([]);
  });

  describe('that was agreed to, done and undone', () => {
    const nobody: BulkItem = { ...each('pause')[0]!, for: { instance: 'h/h-404' } };
    const items = [...each('pause'), nobody];
    const outcomes = ['done', 'done', 'UNKNOWN_INSTANCE'];
    let hash = '';

    it('is done again when everything is as it was', async () => {
      ({ hash } = await engine.client.previewBulk({ run, items }));
      for (const id of [`bulk-${hash.slice(0, 16)}`, `bulk-${hash.slice(0, 16)}.2`]) {
        const named: string[] = [];
        const watch = { ...unwatched(), onNamed: (given: string) => named.push(given) };
        expect(statesOf(await engine.client.applyBulk({ run, items, expect: hash }, watch))).toEqual(outcomes);
        expect(named).toEqual([id]);
        expect(await paused()).toEqual(['h/h-001', 'h/h-002', 'u/union-02']);
        const before = await stateOf(engine, run);
        expect(statesOf(await apply({ items, expect: hash }))).toEqual(outcomes);
        expect(await stateOf(engine, run)).toEqual(before);
        expect(statesOf(await asSeen(each('resume')))).toEqual(['done', 'done']);
      }
    });

    it('is refused when it would do something else now', async () => {
      await asSeen([each('pause')[0]!]);
      const before = await stateOf(engine, run);
      await expect(apply({ items, expect: hash })).rejects.toMatchObject({ refusal: { code: 'STATE_MOVED' } });
      expect(await stateOf(engine, run)).toEqual(before);
      await asSeen([each('resume')[0]!]);
    });
  });

  it('is refused one by one where it names what cannot be', async () => {
    const everybody: BulkItem = { for: { all: true }, adjustment: { kind: 'withdraw', cause: 'self' }, reason };
    const nobody: BulkItem = { for: { union: 'union-99' }, adjustment: { kind: 'withdraw', cause: 'union' }, reason };
    const { items: seen } = await engine.client.previewBulk({ run, items: [everybody, nobody] });
    expect(seen).toMatchObject([
      { state: 'refused', refusal: { code: refusesCampaign('withdraw').code } },
      { state: 'refused', refusal: { code: 'UNKNOWN_INSTANCE' } },
    ]);
  });
});

describe('a list of households that move', () => {
  const move = (instance: string, to: string): BulkItem => ({ for: { instance }, adjustment: { kind: 'move', to }, reason });

  it('move one by one, each to where it may', async () => {
    const items = [move('h/h-001', 'union-02'), move('h/h-002', 'union-99'), move('u/union-01', 'union-02')];
    expect(statesOf(await asSeen(items))).toEqual(['done', 'UNKNOWN_UNION', 'NOT_A_HOUSEHOLD']);
    expect((await snapshotOf(engine, { run, instance: 'h/h-001' })).union).toBe('union-02');
    expect(statesOf(await asSeen([move('h/h-001', 'union-01')]))).toEqual(['done']);
  });
});

describe('a list of many households that move', () => {
  it('is looked at without reading the register for each of them', async () => {
    const { room } = engine.client;
    const readFor = async (items: readonly BulkItem[]): Promise<readonly string[]> => {
      const read: string[] = [];
      const query = (text: string, values: readonly unknown[]) => {
        read.push(...[...text.matchAll(/from (people|unions|households|gates\w*)/g)].map(([, table]) => table!));
        return room.enginePool.query(text, [...values]);
      };
      const enginePool = Object.assign(Object.create(room.enginePool) as typeof room.enginePool, { query });
      const { items: seen } = await previewBulk({ ...room, enginePool }, { run, items });
      expect(seen.map(({ state }) => state)).toEqual(items.map(() => 'previewed'));
      return read.sort();
    };
    const move = (instance: string, to: string): BulkItem => ({ for: { instance }, adjustment: { kind: 'move', to }, reason });
    const one = await readFor([move('h/h-001', 'union-02')]);
    expect(one).toContain('households');
    const there = [move('h/h-001', 'union-02'), move('h/h-002', 'union-01'), { ...move('h/h-001', 'union-01'), command: 'back' }];
    expect(await readFor(there)).toEqual(one);
  });
});

describe('what is too much', () => {
  it('is refused before anything is looked at', async () => {
    const items = Array.from({ length: 10_001 }, () => dayLater('h/h-001', 'visit'));
    await expect(engine.client.previewBulk({ run, items })).rejects.toMatchObject({ code: 'BULK_TOO_LARGE' });
  });
});

describe('later, when work is overdue', () => {
  it('what is chosen as overdue is extended, and is not overdue any more', async () => {
    await advanceRun(engine.client.room, { run, to: beijing('10-20 10:00') });
    const overdue = await engine.client.chooseTasks(run, { status: 'overdue' });
    expect(overdue.length).toBeGreaterThan(0);
    const items = overdue.map((task): BulkItem => {
      const cut = task.lastIndexOf('/');
      const by = { unit: 'days', count: 8 } as const;
      return {
        for: { instance: task.slice(0, cut) },
        adjustment: { kind: 'extend', of: { task: task.slice(cut + 1) }, deadline: { by } },
        reason,
      };
    });
    expect(new Set(statesOf(await asSeen(items)))).toEqual(new Set(['done']));
    expect(await engine.client.chooseTasks(run, { status: 'overdue' })).toEqual([]);
  });

  it('the books balance', async () => {
    expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true });
  });
});
