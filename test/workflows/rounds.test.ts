/** The rounds beside the worker serve many runs: trouble in one must not be trouble in all. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { advanceRun } from '../../client/stepping.ts';
import { atRest, deliveredClaims } from '../running/books.ts';
import { MONDAY_MORNING, OVER, steppedDrill } from '../running/drill.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';
import { handIn } from '../running/people.ts';
import { until } from '../running/until.ts';
import { findTask } from '../../store/tasks.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine?.close());

describe('a run that cannot be closed, because somebody ended one of its workflows', () => {
  const broken = newRunId();
  const sound = newRunId();
  beforeAll(async () => {
    await engine.client.start(steppedDrill(broken));
    await advanceRun(engine.client.room, { run: broken, to: MONDAY_MORNING });
    await atRest(engine, broken);
    await engine.temporal.workflow.getHandle(`${broken}/h/h-001`).terminate('by hand');
    // Over, and nothing left to wake for: all that is missing is that every instance is closed.
    await engine.pool.query('update instances set next_wake = null where run_id = $1', [broken]);
    await engine.pool.query('update runs set stepped_to = $2 where id = $1', [broken, OVER]);
    await until('the rounds trip over it', () => engine.logged.some((line) => line.includes(broken)));
  });

  it('does not keep others from being started, played and told', async () => {
    await engine.client.start(steppedDrill(sound));
    await advanceRun(engine.client.room, { run: sound, to: MONDAY_MORNING });
    await handIn(engine.client, { run: sound, task: 'h/h-001/visit', id: 'visit-1' });
    await atRest(engine, sound);
    expect(deliveredClaims(engine, sound)).toContainEqual(expect.stringContaining('h/h-001|list|0|opened'));
  });

  it('stays open, and verify says why', async () => {
    expect((await engine.client.status(broken)).status).toBe('running');
    expect((await engine.client.verify(broken, { repair: false })).discrepancies).toMatchObject([
      { place: `${broken}/h/h-001`, found: 'a terminated workflow' },
    ]);
  });
});

describe('a workflow that cannot be asked', () => {
  it('does not keep what others have handed in from taking effect, when their client died before it could say so', async () => {
    const run = newRunId();
    await engine.client.start(steppedDrill(run));
    await advanceRun(engine.client.room, { run, to: MONDAY_MORNING });
    await atRest(engine, run);
    // Of an instance whose workflow no worker knows, a flush that waits to be confirmed, older than all others.
    await engine.temporal.workflow.start('unheardOf', {
      taskQueue: engine.orders.taskQueue,
      workflowId: `${run}/h/mute`,
      args: [],
    });
    await engine.pool.query(
      `insert into flushes (run_id, instance, number, digest, awaited, written_at) values ($1, 'h/mute', 1, 'x', true, now() - interval '1 hour')`,
      [run],
    );
    const { holder } = (await findTask(engine.pool, { run, instance: 'h/h-001', key: 'visit' }))!;
    // Past the client, which would confirm the answer it gets.
    const body = {
      kind: 'complete',
      task: 'visit',
      submission: 'visit-1',
      facts: { outcome: 'assist' },
      rows: [],
      lateReason: false,
    };
    await engine.temporal.workflow.getHandle(`${run}/h/h-001`).executeUpdate('command', {
      updateId: 'visit-1',
      args: [{ ...body, id: 'visit-1', digest: 'd', by: { person: holder, via: 'cli' } }],
    });
    await until('what it set in motion is said', () => deliveredClaims(engine, run).some((claim) => claim.includes('|list|')), {
      withinMs: 50_000,
    });
    await engine.temporal.workflow.getHandle(`${run}/h/mute`).terminate();
  });
});
