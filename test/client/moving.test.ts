/** Households that go over to another union on the running engine, while something is said to either union at the same time. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BulkItem, BulkWatch } from '../../client/bulk.ts';
import { advanceRun } from '../../client/stepping.ts';
import type { Adjustment } from '../../model/adjustment.ts';
import { findAudit } from '../../store/audit.ts';
import { admitPerson } from '../../store/register-changes.ts';
import { atRest, snapshotOf } from '../running/books.ts';
import { codeOf } from '../running/code-of.ts';
import { drillRoster, MONDAY_MORNING, steppedDrill } from '../running/drill.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';
import { until } from '../running/until.ts';

const run = newRunId();
let engine: Engine;
const reason = '示例：换了单位';
const HOUSEHOLD = 'h/h-001';

const move = (to: string): Adjustment => ({ kind: 'move', to });
const moveTo = (to: string) => engine.client.adjust({ run, for: { instance: HOUSEHOLD }, adjustment: move(to), reason });
const unionThere = () => snapshotOf(engine, { run, instance: 'u/union-02' });
const household = () => snapshotOf(engine, { run, instance: HOUSEHOLD });

/** A revision whose items are only these: as it is while the others have been brought along, or not yet. */
async function revise(
  kind: 'pause' | 'resume' | 'withdraw' | 'readmit',
  union: string,
  items: readonly string[],
): Promise<number> {
  const detail = { for: { union }, adjustment: { kind, cause: 'union' }, authority: 'office' };
  const author = drillRoster.people.find(({ role }) => role === 'office')!.id;
  const { rows } = await engine.pool.query<{ revision: number }>(
    `with bumped as (update runs set revision = revision + 1 where id = $1 returning revision),
          made as (insert into revisions (run_id, revision, kind, detail, author, command, reason, at)
                   select $1, revision, 'adjust', $2, $3, $4, 'r1', $5 from bumped returning revision),
          items as (insert into revision_items (run_id, revision, instance) select $1, revision, unnest($6::text[]) from made)
     select revision from made`,
    [run, detail, author, `${kind} ${union} ${randomUUID()}`, MONDAY_MORNING, items],
  );
  return rows[0]!.revision;
}

beforeAll(async () => {
  engine = await openEngine();
  await engine.client.start(steppedDrill(run));
  await advanceRun(engine.client.room, { run, to: MONDAY_MORNING });
});
afterAll(() => engine?.close());

describe('a household that moves once the federation has somebody new', () => {
  it('has the post changed as the preview showed', async () => {
    const author = drillRoster.people.find(({ role }) => role === 'office')!;
    const change = { run, command: 'admit-1', author: author.id, authority: 'office', at: MONDAY_MORNING };
    await admitPerson(engine.pool, change, { ...author, id: 'office-0' }, engine.client.room.sealer);
    const asked = { run, for: { instance: HOUSEHOLD }, adjustment: move('union-02'), reason };
    const { hash, items } = await engine.client.previewAdjustment(asked);
    expect(items).toMatchObject([{ posts: expect.arrayContaining([{ role: 'office', before: author.id, after: 'office-0' }]) }]);
    await engine.client.adjust({ ...asked, expect: hash });
    expect(await household()).toMatchObject({ union: 'union-02', roles: { office: 'office-0' } });
    await moveTo('union-01');
  });
});

describe('a household that moves while its unions are paused', () => {
  it('finds there what is so when its turn comes, and not when all was looked at', async () => {
    const moving = (to: string): BulkItem => ({ for: { instance: HOUSEHOLD }, adjustment: move(to), reason });
    const pausing: BulkItem = { for: { union: 'union-02' }, adjustment: { kind: 'pause', cause: 'union' }, reason };
    for (const items of [
      [pausing, moving('union-02')],
      [moving('union-01'), moving('union-02')],
    ]) {
      const watch: BulkWatch = { onSettled: () => undefined, signal: new AbortController().signal };
      const { hash } = await engine.client.previewBulk({ run, items });
      const outcomes = await engine.client.applyBulk({ run, items, expect: hash }, watch);
      expect(outcomes.map(({ state }) => state)).toEqual(['done', 'done']);
      expect(await household()).toMatchObject({ union: 'union-02', paused: { causes: ['union'] } });
    }
  });

  it('goes on where its new union has been let go on, though nobody of that has heard of it yet', async () => {
    await moveTo('union-01');
    await revise('resume', 'union-02', []);
    await moveTo('union-02');
    expect((await household()).paused).toBeUndefined();
  });

  it('stands still where its new union has been paused, though nobody of that has heard of it yet', async () => {
    await moveTo('union-01');
    await revise('resume', 'union-02', ['u/union-02']);
    await until('its union has gone on', async () => (await unionThere()).paused === undefined);
    await atRest(engine, run);
    await revise('pause', 'union-02', []);
    await moveTo('union-02');
    expect((await unionThere()).paused).toBeUndefined();
    expect(await household()).toMatchObject({ paused: { causes: ['union'] } });
  });
});

describe('a revision of a union', () => {
  it('is left by a household that had gone before its turn came', async () => {
    await moveTo('union-01');
    const revision = await revise('pause', 'union-02', [HOUSEHOLD]);
    await until('it is at the revision', async () => (await household()).revision === revision);
    expect((await household()).paused).toBeUndefined();
    await atRest(engine, run);
    const audit = await findAudit(engine.pool, { run, instance: HOUSEHOLD, limit: 100 });
    expect(audit.at(-1)).toMatchObject({ kind: 'adjustmentLeft', detail: { code: 'MOVED_AWAY' } });
  });
});

describe('a household that moves to a union which is told to leave', () => {
  it('is refused before the union has taken that, and taken once the union is let back in', async () => {
    await revise('withdraw', 'union-02', []);
    expect((await unionThere()).withdrawnAt).toBeUndefined();
    expect(await codeOf(moveTo('union-02'))).toBe('WITHDRAWN');
    expect(await household()).toMatchObject({ union: 'union-01' });
    await revise('readmit', 'union-02', []);
    expect(await codeOf(moveTo('union-02'))).toBe('taken');
    await moveTo('union-01');
  });
});

describe('a move in a bulk that was ended before the new union was looked at', () => {
  it('is followed up when the bulk is asked again', async () => {
    const bulk = { run, id: 'moving-1', items: [{ for: { instance: HOUSEHOLD }, adjustment: move('union-02'), reason }] };
    const ask = () => engine.client.applyBulk(bulk, { onSettled: () => undefined, signal: new AbortController().signal });
    const first = await ask();
    expect(await household()).toMatchObject({ union: 'union-02', paused: { causes: ['union'] } });
    await revise('resume', 'union-02', []);
    expect(await ask()).toEqual(first);
    expect((await household()).paused).toBeUndefined();
  });
});
