/** Clocks that stand still and go on, on the real engine: for a union by a revision, for a household at once, for whoever joins meanwhile. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { advanceRun } from '../../client/stepping.ts';
import type { AdjustmentScope } from '../../model/adjustment.ts';
import { pauseCauseOf } from '../../model/adjustment.ts';
import { findClosing } from '../../store/books.ts';
import { findInstances } from '../../store/instances.ts';
import { deliveredClaims, snapshotOf, stateOf } from '../running/books.ts';
import { codeOf } from '../running/code-of.ts';
import { beijing, OVER, SECOND_PHASE, VISITS_LATE } from '../running/drill.ts';
import { type Engine, newRunId } from '../running/engine.ts';
import { adjustAndRest, openOnMonday } from '../running/monday.ts';
import { handIn } from '../running/people.ts';
import { until } from '../running/until.ts';

const run = newRunId();
let engine: Engine;
const reason = '示例：道路被淹';

const asked = (kind: 'pause' | 'resume', scope: AdjustmentScope, more: { id?: string; expect?: string; person?: string } = {}) =>
  ({ run, for: scope, adjustment: { kind, cause: pauseCauseOf(scope) }, reason, ...more }) as const;

const adjust = (...of: Parameters<typeof asked>): Promise<void> => adjustAndRest(engine, asked(...of));

beforeAll(async () => {
  engine = await openOnMonday(run);
});
afterAll(() => engine?.close());

describe('a union that is paused', () => {
  const union = { union: 'union-01' } as const;

  it('is previewed with all its tasks, whose clocks will stand still', async () => {
    const before = await stateOf(engine, run);
    const seen = await engine.client.previewAdjustment(asked('pause', union));
    expect(seen.items.map(({ instance }) => instance)).toEqual(['h/h-001', 'u/union-01']);
    expect(
      seen.items.flatMap((item) => ('differences' in item ? item.differences : [])).every(({ after }) => after!.paused),
    ).toBe(true);
    expect(await stateOf(engine, run)).toEqual(before);
  });

  it('stands still with its households, and others do not', async () => {
    const { hash } = await engine.client.previewAdjustment(asked('pause', union));
    await adjust('pause', union, { expect: hash, id: 'pause-1' });
    expect(await engine.client.status(run)).toMatchObject({ paused: 2 });
    expect(await snapshotOf(engine, { run, instance: 'h/h-001' })).toMatchObject({ paused: { causes: ['union'] } });
    expect((await snapshotOf(engine, { run, instance: 'h/h-002' })).paused).toBeUndefined();
    // Whoever goes on is asked for by itself.
    expect(await codeOf(engine.client.adjust(asked('resume', { instance: 'h/h-001' })))).toBe('NOT_PAUSED');
  });

  it('is not paused again, and who was not does not go on: both are told, for many as for one, where something must change', async () => {
    const again = { ...asked('pause', union), mustChange: true } as const;
    const refusal = {
      code: 'ALREADY_PAUSED',
      message: "union 'union-01' is paused already",
    };
    await expect(engine.client.previewAdjustment(again)).rejects.toMatchObject({ refusal });
    await expect(engine.client.adjust(again)).rejects.toMatchObject({ refusal });
    const other = { ...asked('resume', { union: 'union-02' }), mustChange: true } as const;
    expect(await codeOf(engine.client.adjust(other))).toBe('NOT_PAUSED');
    expect(await codeOf(engine.client.adjust({ ...asked('resume', { all: true }), mustChange: true }))).toBe('NOT_PAUSED');
    // The same id is the same command.
    expect(await codeOf(engine.client.adjust({ ...again, id: 'pause-1' }))).toBe('taken');
  });

  it('takes no work, and is not overdue', async () => {
    await advanceRun(engine.client.room, { run, to: VISITS_LATE });
    expect(await codeOf(handIn(engine.client, { run, task: 'h/h-001/visit', id: 'visit-1' }))).toBe('PAUSED');
    const tasks = await engine.client.tasks(run, { limit: 100, open: true });
    const of = (household: string) => tasks.find(({ task }) => task === `h/${household}/visit`);
    expect([of('h-001'), of('h-002')]).toMatchObject([
      { paused: true, overdue: false },
      { paused: false, overdue: true },
    ]);
    // The campaign has something overdue as well.
    expect(await engine.client.status(run)).toMatchObject({ overdue: 2 });
    expect((await engine.client.report(run)).unions).toMatchObject([
      { union: null, overdue: 1 },
      { union: 'union-01', overdue: 0 },
      { union: 'union-02', overdue: 1 },
    ]);
  });

  it('is one reason to stand still, and a household has others of its own', async () => {
    await adjust('pause', { instance: 'h/h-002' });
    await advanceRun(engine.client.room, { run, to: beijing('10-15 15:00') });
    expect(await codeOf(engine.client.adjust(asked('pause', { instance: 'h/h-002' })))).toBe('ALREADY_PAUSED');
    expect(await engine.client.status(run)).toMatchObject({ paused: 3 });
  });

  it('goes on with what was left, as it was seen, though time has gone on since', async () => {
    const { hash, items } = await engine.client.previewAdjustment(asked('resume', union));
    expect(items.map(({ instance }) => instance)).toEqual(['h/h-001', 'u/union-01']);
    await advanceRun(engine.client.room, { run, to: beijing('10-15 18:00') });
    await adjust('resume', union, { expect: hash, id: 'resume-1' });
    expect(await engine.client.status(run)).toMatchObject({ paused: 1 });
    expect(await codeOf(handIn(engine.client, { run, task: 'h/h-001/visit', id: 'visit-2' }))).toBe('taken');
  });

  it('is told to each person once when it stands still and once when it goes on', async () => {
    const claims = await until('messages are delivered', () => {
      const found = deliveredClaims(engine, run).filter((claim) => /^(paused|resumed)\|revision/.test(claim));
      return found.length > 0 && found;
    });
    expect([...claims].sort()).toEqual([...new Set(claims)].sort());
    expect(claims.filter((claim) => claim.startsWith('paused')).length).toBeGreaterThan(0);
  });
});

describe('a run with somebody who is paused', () => {
  it('does not close, and does once they have gone on', async () => {
    await advanceRun(engine.client.room, { run, to: SECOND_PHASE });
    await advanceRun(engine.client.room, { run, to: OVER + 40 * 86_400_000 });
    const campaignNow = OVER + 40 * 86_400_000;
    expect(await findClosing(engine.pool, { run, campaignNow })).toMatchObject({ ended: true, paused: 1, closable: false });
    await adjust('resume', { instance: 'h/h-002' });
    await until('the run has closed', async () => (await engine.client.status(run)).status === 'closed');
    expect((await findInstances(engine.pool, { run, limit: 100 })).every(({ status }) => status === 'closed')).toBe(true);
    expect(await codeOf(engine.client.adjust(asked('pause', { all: true })))).toBe('RUN_CLOSED');
  });

  it('leaves the books balanced', async () => {
    expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true });
  });
});
