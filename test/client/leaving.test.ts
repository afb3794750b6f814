/** Households and unions taken out of a run, and let back in, on the real engine. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdjustmentScope, leavingCauseOf } from '../../model/adjustment.ts';
import { snapshotOf, stateOf } from '../running/books.ts';
import { codeOf } from '../running/code-of.ts';
import { type Engine, newRunId } from '../running/engine.ts';
import { adjustAndRest, openOnMonday } from '../running/monday.ts';
import { handIn } from '../running/people.ts';

const run = newRunId();
let engine: Engine;

const asked = (
  kind: 'withdraw' | 'readmit',
  scope: AdjustmentScope,
  more: { id?: string; expect?: string; person?: string } = {},
) => ({ run, for: scope, adjustment: { kind, cause: leavingCauseOf(scope) }, reason: '示例：已迁出', ...more }) as const;

const adjust = (...of: Parameters<typeof asked>): Promise<void> => adjustAndRest(engine, asked(...of));

const isOut = async (instance: string): Promise<boolean> =>
  (await snapshotOf(engine, { run, instance })).withdrawnAt !== undefined;

beforeAll(async () => {
  engine = await openOnMonday(run);
});
afterAll(() => engine?.close());

describe('a household', () => {
  const household = { instance: 'h/h-001' } as const;

  it('is withdrawn as the preview showed, and its work is over', async () => {
    const before = await stateOf(engine, run);
    const { hash, items } = await engine.client.previewAdjustment(asked('withdraw', household));
    expect(items.map(({ instance }) => instance)).toEqual(['h/h-001']);
    expect(await stateOf(engine, run)).toEqual(before);
    await adjust('withdraw', household, { expect: hash, id: 'withdraw-1' });
    expect(await isOut('h/h-001')).toBe(true);
    expect(await codeOf(handIn(engine.client, { run, task: 'h/h-001/visit', id: 'visit-1' }))).toBe('ALREADY_FINAL');
  });

  it('is not withdrawn twice, and the same command gets its first answer', async () => {
    expect(await codeOf(engine.client.adjust(asked('withdraw', household)))).toBe('ALREADY_WITHDRAWN');
    expect(await codeOf(engine.client.adjust(asked('withdraw', household, { id: 'withdraw-1' })))).toBe('taken');
  });

  it('is readmitted, and has its visit to do once more', async () => {
    await adjust('readmit', household);
    expect(await isOut('h/h-001')).toBe(false);
    expect(await codeOf(handIn(engine.client, { run, task: 'h/h-001/visit.2', id: 'visit-2' }))).toBe('taken');
  });
});

describe('a union', () => {
  const union = { union: 'union-02' } as const;

  it('leaves with its households, and comes back with them', async () => {
    await adjust('withdraw', union);
    expect([await isOut('u/union-02'), await isOut('h/h-002'), await isOut('h/h-001')]).toEqual([true, true, false]);
    await adjust('readmit', union);
    expect([await isOut('u/union-02'), await isOut('h/h-002')]).toEqual([false, false]);
  });
});

describe('it is refused', () => {
  it.each([
    ['for the whole run', { all: true }, {}, 'NOT_FOR_CAMPAIGN'],
    ['for the campaign', { instance: 'c' }, {}, 'NOT_FOR_CAMPAIGN'],
    ['for a household that there is not', { instance: 'h/h-999' }, {}, 'UNKNOWN_INSTANCE'],
    ['to whom has no right to it', { instance: 'h/h-001' }, { person: 'union-01-head' }, 'NO_AUTHORITY'],
  ] as const)('%s', async (_whom, scope, more, code) => {
    const before = await stateOf(engine, run);
    expect(await codeOf(engine.client.adjust(asked('withdraw', scope, more)))).toBe(code);
    expect(await stateOf(engine, run)).toEqual(before);
  });
});

it('leaves the books balanced', async () => {
  expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true });
});
