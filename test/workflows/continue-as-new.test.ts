/** An instance that begins a new history in mid-campaign goes on as if it had not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Stage } from '../story/stage.ts';
import { play } from '../story/play.ts';
import { createTemporalStage } from '../story/temporal-stage.ts';
import { atRest, instancesOf, snapshotOf } from '../running/books.ts';
import { OPENS, steppedDrill } from '../running/drill.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';
import { expectedOutcome, forgiving, misdelivered, outcomeOf, SCRIPT } from '../running/play-drill.ts';

const runs = { straight: newRunId(), rolled: newRunId() };
const startsAt = OPENS - 86_400_000;
let engine: Engine;

/** Rolls every instance after each so many acts. */
function rolling(stage: Stage, everyActs: number, run: string): Stage {
  let acts = 0;
  const roll = async (): Promise<void> => {
    acts += 1;
    if (acts % everyActs !== 0) return;
    for (const instance of await instancesOf(engine.pool, run)) {
      await engine.client.room.sender.send({
        run,
        instance,
        id: `roll|${acts}`,
        by: { system: 'operator' },
        body: { kind: 'roll' },
      });
    }
  };
  return {
    ...stage,
    complete: (hand) => stage.complete(hand).then(roll),
    review: (hand) => stage.review(hand).then(roll),
  };
}

beforeAll(async () => {
  engine = await openEngine();
  await Promise.all(
    Object.entries(runs).map(async ([kind, run]) => {
      await engine.client.start(steppedDrill(run));
      const stage = createTemporalStage({ client: engine.client, run, startsAt });
      await stage.advance(startsAt);
      await play(forgiving(kind === 'rolled' ? rolling(stage, 3, run) : stage), SCRIPT);
      await atRest(engine, run);
    }),
  );
}, 300_000);
afterAll(() => engine?.close());

/**
 * What a snapshot says of the campaign. Left out is what a roll itself adds, a command and a seq, and the count of gate messages: several
 * changes of a gate are told as one when they lie close together in real time. Answers are in the order of their ids, since rows told at one
 * moment arrive in any order.
 */
function comparable({ seq: _seq, answered, gates, ...snapshot }: Snapshot): unknown {
  return {
    ...snapshot,
    gates: Object.entries(gates).map(([id, { version: _version, ...gate }]) => ({ id, ...gate })),
    answered: answered
      .filter(({ command }) => !/^(roll|gate)\|/.test(command))
      .map(({ digest: _digest, ...answer }) => answer)
      .sort((a, b) => (a.command < b.command ? -1 : 1)),
  };
}

async function statesOf(run: string): Promise<unknown> {
  const states: [string, unknown][] = [];
  for (const instance of await instancesOf(engine.pool, run))
    states.push([instance, comparable(await snapshotOf(engine, { run, instance }))]);
  return JSON.parse(JSON.stringify(states).replaceAll(run, 'RUN'));
}

/** Temporal's ids of an instance's histories, the newest first. */
async function historiesOf(run: string, instance: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { runId } of engine.temporal.workflow.list({ query: `WorkflowId = '${run}/${instance}'` })) ids.push(runId);
  return ids;
}

describe('a run whose instances were rolled again and again', () => {
  it('has gone through several histories of each instance', async () => {
    for (const instance of ['c', 'u/union-01', 'h/h-001']) {
      await expect
        .poll(() => historiesOf(runs.rolled, instance).then(({ length }) => length), { timeout: 20_000 })
        .toBeGreaterThan(3);
      expect(await historiesOf(runs.straight, instance)).toHaveLength(1);
    }
  });

  it.each(Object.entries(runs))('does and says what the virtual clock says (%s)', async (_kind, run) => {
    expect(await outcomeOf(engine, run)).toEqual(await expectedOutcome(run));
    expect(await misdelivered(engine, run)).toEqual([]);
  });

  it('ends in the state of one that never was', async () => {
    expect(await statesOf(runs.rolled)).toEqual(await statesOf(runs.straight));
  });

  it('has balanced books', async () => {
    expect(await engine.client.verify(runs.rolled, { repair: false })).toMatchObject({ clean: true, discrepancies: [] });
  });
});
