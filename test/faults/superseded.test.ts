/** A flush is a proposal until history holds it: one that Postgres has and history never got is voided by whatever comes instead. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { advanceRun } from '../../client/stepping.ts';
import type { Answer } from '../../model/command.ts';
import { type AuditRow, findAudit } from '../../store/audit.ts';
import { findAnswer } from '../../store/commands.ts';
import { findFlushMark } from '../../store/books.ts';
import { findTask } from '../../store/tasks.ts';
import { atRest, snapshotOf } from '../running/books.ts';
import { MONDAY_MORNING, steppedDrill } from '../running/drill.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';
import { type OwnServers, openOwnServers } from '../running/own-servers.ts';
import { handIn } from '../running/people.ts';
import { misdelivered, persisting } from '../running/play-drill.ts';

const run = newRunId();
const instance = 'h/h-001';
const visit = { run, task: `${instance}/visit`, id: 'visit-1' };
const photo = { run, task: `${instance}/photo`, id: 'photo-1' };
/** In these two, too, the visit is handed in and written, and the workflow then loses it. One is asked again, of the other nobody speaks any more. */
const askedAgain = newRunId();
const silent = newRunId();
let servers: OwnServers;
let engine: Engine;
let lost: { readonly number: number; readonly digest: string | null };
let trail: readonly AuditRow[];
let answered: Answer;

/**
 * The worker dies between commit and answer, the caller with it, and then Temporal, which had the Update in memory only. Temporal dies each time: after some
 * seconds it would hand the Update to the next worker, which would then die of that one.
 */
async function handInAndDie(id: string): Promise<void> {
  const worker = await engine.startWorkerProcess({ failpoint: 'after-commit' });
  const caller = await engine.startClientProcess({ arguments: [id, visit.task, visit.id] });
  expect(await worker.ended).toBe('SIGKILL');
  await caller.kill();
  await servers.killTemporal();
  await servers.startTemporal();
}

beforeAll(async () => {
  servers = await openOwnServers();
  engine = await openEngine({ servers, host: false });
  const first = await engine.startWorkerProcess();
  for (const id of [run, askedAgain, silent]) {
    await engine.client.start(steppedDrill(id));
    await advanceRun(engine.client.room, { run: id, to: MONDAY_MORNING });
    await atRest(engine, id);
  }
  await first.kill();
  for (const id of [run, askedAgain, silent]) await handInAndDie(id);
  lost = (await findFlushMark(engine.pool, { run, instance }))!;
  // Asked while nobody can say what history holds: the books alone are no answer.
  const asking = persisting(() => handIn(engine.client, { ...visit, run: askedAgain }))();
  await engine.startWorkerProcess();
  answered = await asking;
  await persisting(() => handIn(engine.client, photo))();
  await atRest(engine, run);
  trail = await findAudit(engine.pool, { run, instance, limit: 1_000 });
}, 300_000);
afterAll(async () => {
  await engine?.close();
  await servers?.stop();
});

describe('a flush whose workflow task was lost', () => {
  it('is void, and the trail says so', () => {
    const [note, ...others] = trail.filter(({ kind }) => kind === 'void');
    expect(others).toEqual([]);
    expect(note).toMatchObject({ flush: lost.number, detail: { number: lost.number, digest: lost.digest } });
    const itsOwn = trail.filter(({ command }) => command === visit.id);
    expect(itsOwn.map(({ kind }) => kind)).toEqual(['taskSubmitted', 'taskDone', 'taskOpened']);
    expect(itsOwn.every((row) => row.void)).toBe(true);
  });

  it('leaves the projection as history has it', async () => {
    const { tasks } = await snapshotOf(engine, { run, instance });
    expect(tasks['visit']).toMatchObject({ status: 'open' });
    expect(tasks['photo']).toMatchObject({ status: 'done' });
    expect(tasks['list']).toBeUndefined();
    for (const [key, { status, decidedBy }] of Object.entries(tasks)) {
      expect(await findTask(engine.pool, { run, instance, key })).toMatchObject({ status, decidedBy });
    }
    expect(await findTask(engine.pool, { run, instance, key: 'list' })).toBeUndefined();
    expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true, discrepancies: [] });
  });

  it('has answered nobody and told nobody', async () => {
    expect(await findAnswer(engine.pool, { run, id: visit.id })).toBeUndefined();
    expect(await misdelivered(engine, run)).toEqual([]);
  });

  it('does not keep its command from being sent again, and taken then', async () => {
    expect(await handIn(engine.client, visit)).toMatchObject({ command: visit.id, status: 'done' });
    await atRest(engine, run);
    const counting = (await findAudit(engine.pool, { run, instance, limit: 1_000 })).filter(
      (row) => row.command === visit.id && !row.void,
    );
    expect(counting.map(({ kind }) => kind)).toEqual(['taskSubmitted', 'taskDone', 'taskOpened']);
    expect(await misdelivered(engine, run)).toEqual([]);
    expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true, discrepancies: [] });
  });
});

describe('a command whose answer is written and whose workflow task was lost', () => {
  it('is not called done when it is sent again, but taken', async () => {
    expect(answered).toMatchObject({ command: visit.id, status: 'done' });
    expect((await snapshotOf(engine, { run: askedAgain, instance })).tasks['visit']).toMatchObject({ status: 'done' });
  });

  it('is still there after whatever comes next', async () => {
    await handIn(engine.client, { ...photo, run: askedAgain });
    await atRest(engine, askedAgain);
    const visited = await findTask(engine.pool, { run: askedAgain, instance, key: 'visit' });
    expect(visited).toMatchObject({ status: 'done', decidedBy: visit.id });
    expect(await misdelivered(engine, askedAgain)).toEqual([]);
    expect(await engine.client.verify(askedAgain, { repair: false })).toMatchObject({ clean: true, discrepancies: [] });
  });

  it('of which nobody speaks any more is taken out of the books by itself', async () => {
    await atRest(engine, silent);
    expect(await findTask(engine.pool, { run: silent, instance, key: 'visit' })).toMatchObject({
      status: 'open',
      decidedBy: null,
    });
    expect(await findAnswer(engine.pool, { run: silent, id: visit.id })).toBeUndefined();
    expect(await misdelivered(engine, silent)).toEqual([]);
    expect(await engine.client.verify(silent, { repair: false })).toMatchObject({ clean: true, discrepancies: [] });
  });
});
