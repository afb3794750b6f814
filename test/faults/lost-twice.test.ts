/** Two flushes of one workflow task are lost together: what they wrote gives way, and the instance goes on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../model/command.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import { type AuditRow, findAudit } from '../../store/audit.ts';
import { findFlushMark } from '../../store/books.ts';
import { atRest } from '../running/books.ts';
import { beijing, drill } from '../running/drill.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';
import { handIn } from '../running/people.ts';
import { misdelivered, persisting } from '../running/play-drill.ts';
import { until } from '../running/until.ts';

const run = newRunId();
const instance = 'h/h-001';
/** The household alone is reminded then, of its visit. */
const REMINDED = beijing('10-13 09:00');
/** Half a minute until then, for a worker to open three instances; and more than that until anybody has anything else to do. */
const SPEED = 2_880;
const OPENED = REMINDED - 30_000 * SPEED;

let engine: Engine;
let before: number;
let lost: number;
let answered: Answer;
let trail: readonly AuditRow[];

/** A worker that dies once it has written so many flushes, before the workflow task that they are of has ended. */
async function dieAfter(commits: number): Promise<void> {
  const worker = await engine.startWorkerProcess({ failpoint: `after-commit:${commits}` });
  expect(await worker.ended).toBe('SIGKILL');
}

const numberOf = async (): Promise<number> => (await findFlushMark(engine.pool, { run, instance }))!.number;

beforeAll(async () => {
  engine = await openEngine({ host: false });
  const first = await engine.startWorkerProcess();
  // Time goes by as it does for everybody: a workflow task that is tried again finds another instant, and proposes another state.
  const clock = { kind: 'scaled', anchor: OPENED, startedAt: Date.now(), speed: SPEED } as const;
  const roster = createSampleRoster({ seed: 7, unions: 1, households: 1, earlier: 0 });
  await engine.client.start({ compiled: drill, roster, run, clock, author: 'operator' });
  await until('all instances are open', async () => (await engine.client.status(run)).instances.open === 3);
  await atRest(engine, run);
  await first.kill();
  before = await numberOf();
  await dieAfter(1);
  // Its flush makes the first void, and what answers the conflict follows in the same workflow task.
  await dieAfter(2);
  lost = await numberOf();
  await engine.startWorkerProcess();
  const visit = { run, task: `${instance}/visit`, id: 'visit-1', lateReason: '示例' };
  answered = await persisting(() => handIn(engine.client, visit))();
  await atRest(engine, run);
  trail = await findAudit(engine.pool, { run, instance, limit: 1_000 });
}, 300_000);
afterAll(() => engine?.close());

describe('an instance whose workflow lost two flushes together', () => {
  it('had them in the books', () => expect(lost).toBe(before + 2));

  it('takes commands again', () => expect(answered).toMatchObject({ task: 'visit', status: 'done' }));

  it('has in the books what its history has', async () =>
    expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true, discrepancies: [] }));

  it('has said once what each of them meant to say, and tells in its audit which did not happen', async () => {
    expect(await misdelivered(engine, run)).toEqual([]);
    const reminders = trail.filter(({ kind, at }) => kind === 'rungReached' && at === REMINDED);
    expect(reminders.map((row) => row.void)).toEqual([true, true, false]);
  });
});
