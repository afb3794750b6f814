/** A process is killed at each named place in mid-campaign. The campaign goes on as if it had not been. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FAILPOINTS, type Failpoint } from '../../platform/failpoint.ts';
import { findAnswer } from '../../store/commands.ts';
import { atRest, instancesOf } from '../running/books.ts';
import { MONDAY_MORNING, OPENS, steppedDrill } from '../running/drill.ts';
import { advanceRun } from '../../client/stepping.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';
import { handIn } from '../running/people.ts';
import { expectedOutcome, misdelivered, outcomeOf, persisting, playDrill } from '../running/play-drill.ts';

const STARTS = OPENS - 86_400_000;
const PATIENCE_MS = 240_000;

/** The n-th time that the worker gets there, so that something is behind it and something is under way. */
const NTH: Readonly<Record<Exclude<Failpoint, 'after-submission'>, number>> = {
  'in-flush': 20,
  'after-commit': 20,
  'before-answer': 8,
  'before-send': 4,
  'after-send': 4,
  'before-continue-as-new': 1,
};

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ host: false });
}, PATIENCE_MS);
afterEach(() => engine.killWorkers());
afterAll(() => engine?.close());

/** Begins a new history of every instance, as the operator does after a release. */
async function rollAll(run: string): Promise<void> {
  for (const instance of await instancesOf(engine.pool, run)) {
    const command = { run, instance, id: 'roll|1', by: { system: 'operator' }, body: { kind: 'roll' } } as const;
    await persisting(() => engine.client.room.sender.send(command))();
  }
}

describe.sequential('a campaign whose worker is killed', () => {
  it.each(Object.entries(NTH))(
    'at %s loses nothing and repeats nothing',
    async (name, nth) => {
      const run = newRunId();
      const dying = await engine.startDyingWorker(`${name}:${nth}`);
      await engine.client.start(steppedDrill(run));
      await persisting(() => advanceRun(engine.client.room, { run, to: STARTS }))();
      await playDrill(engine, run);
      if (name === 'before-continue-as-new') await rollAll(run);
      await atRest(engine, run);
      expect(await Promise.race([dying.ended, Promise.resolve('was never killed')])).toBe('SIGKILL');
      expect(await outcomeOf(engine, run)).toEqual(await expectedOutcome(run));
      expect(await misdelivered(engine, run)).toEqual([]);
      expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true, discrepancies: [] });
    },
    PATIENCE_MS,
  );
});

describe('a client that is killed at after-submission', () => {
  it(
    'has done nothing yet, and what it meant to do is taken when it is asked again',
    async () => {
      const run = newRunId();
      const visit = { run, task: 'h/h-001/visit', id: 'visit-1' };
      await engine.startWorkerProcess();
      await engine.client.start(steppedDrill(run));
      await advanceRun(engine.client.room, { run, to: MONDAY_MORNING });
      const caller = await engine.startClientProcess({
        failpoint: 'after-submission',
        arguments: [visit.run, visit.task, visit.id],
      });
      expect(await caller.ended).toBe('SIGKILL');
      expect(await findAnswer(engine.pool, { run, id: visit.id })).toBeUndefined();
      expect(await handIn(engine.client, visit)).toMatchObject({ command: visit.id });
      await atRest(engine, run);
      expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true, discrepancies: [] });
    },
    PATIENCE_MS,
  );
});

it('names every failpoint that there is', () =>
  expect(new Set([...Object.keys(NTH), 'after-submission'])).toEqual(new Set(FAILPOINTS)));
