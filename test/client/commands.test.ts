/** One id, one answer: whatever happens between asking and asking again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { advanceRun } from '../../client/stepping.ts';
import type { Answer } from '../../model/command.ts';
import { findAudit } from '../../store/audit.ts';
import { findSubmission } from '../../store/submissions.ts';
import { historyLengthOf, snapshotOf, stateOf } from '../running/books.ts';
import { MONDAY_MORNING, OVER } from '../running/drill.ts';
import { type Engine, newRunId } from '../running/engine.ts';
import { openOnMonday } from '../running/monday.ts';
import { accept, answersFor, handIn, sendBack } from '../running/people.ts';
import { until } from '../running/until.ts';

const DAY = 86_400_000;
const run = newRunId();
let engine: Engine;
const hand = (task: string, id: string) => ({ run, task, id });
const refusal = (code: string) => ({ refusal: expect.objectContaining({ code }) });
/** Sent past the client's own look into the books, as another client might. */
const send = (instance: string, id: string, body: object) =>
  engine.client.room.sender.send({ run, instance, id, by: { person: 'union-01-officer-1', via: 'cli' }, body: body as never });

const roll = (instance: string) =>
  engine.client.room.sender.send({ run, instance, id: 'roll-1', by: { system: 'operator' }, body: { kind: 'roll' } });
/** Temporal's id of the history that an instance writes now. */
const historyOf = async (instance: string) => (await engine.temporal.workflow.getHandle(`${run}/${instance}`).describe()).runId;

beforeAll(async () => {
  engine = await openOnMonday(run);
});
afterAll(() => engine?.close());

describe('a command sent many times at once', () => {
  const id = 'visit-1';
  let answers: readonly Answer[];
  let events: number;

  beforeAll(async () => {
    const before = await historyLengthOf(engine, { run, instance: 'h/h-001' });
    const completion = {
      ...hand('h/h-001/visit', id),
      answers: await answersFor(engine.client, hand('h/h-001/visit', id)),
      via: 'cli',
    } as const;
    answers = await Promise.all(Array.from({ length: 100 }, () => engine.client.complete(completion)));
    events = (await historyLengthOf(engine, { run, instance: 'h/h-001' })) - before;
  });

  it('is answered alike every time', () => {
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ command: id, task: 'visit', status: 'done', late: false, at: MONDAY_MORNING });
  });

  it('changes state once, as the audit trail tells', async () => {
    const trail = await findAudit(engine.pool, { run, instance: 'h/h-001', limit: 1_000 });
    expect(trail.filter(({ command }) => command === id).map(({ kind }) => kind)).toEqual([
      'taskSubmitted',
      'taskDone',
      'taskOpened',
    ]);
  });

  it('costs as much history as if it had been sent once', async () => {
    const before = await historyLengthOf(engine, { run, instance: 'h/h-002' });
    await handIn(engine.client, hand('h/h-002/visit', 'visit-2'));
    expect(events).toBe((await historyLengthOf(engine, { run, instance: 'h/h-002' })) - before);
  });
});

describe('a second completion', () => {
  it('is refused while the first is in review', async () => {
    await handIn(engine.client, hand('h/h-001/list', 'list-1'));
    await expect(handIn(engine.client, hand('h/h-001/list', 'list-1b'))).rejects.toMatchObject(refusal('IN_REVIEW'));
  });

  it('is refused once the task is done', async () => {
    await expect(handIn(engine.client, hand('h/h-001/visit', 'visit-1b'))).rejects.toMatchObject(refusal('ALREADY_FINAL'));
  });

  it('leaves nothing behind but the form, marked as refused', async () => {
    const before = await stateOf(engine, run);
    await expect(handIn(engine.client, hand('h/h-001/visit', 'visit-1c'))).rejects.toMatchObject(refusal('ALREADY_FINAL'));
    expect(await stateOf(engine, run)).toEqual(before);
    expect(await findSubmission(engine.pool, { run, id: 'visit-1c' }, engine.client.room.sealer)).toMatchObject({
      state: 'refused',
    });
  });
});

describe('a command id used again for something else', () => {
  it('is refused when the form says something else', async () => {
    const other = handIn(engine.client, { ...hand('h/h-001/visit', 'visit-1'), wishes: { told: '示例：另有情况' } });
    await expect(other).rejects.toMatchObject(refusal('COMMAND_ID_REUSED'));
  });

  it('is refused when it names another task', async () => {
    await expect(handIn(engine.client, hand('h/h-001/photo', 'visit-1'))).rejects.toMatchObject(refusal('COMMAND_ID_REUSED'));
  });

  it('is refused when it says the same of another task', async () => {
    const said = { run, id: 'photo-both', answers: { words: '示例' }, via: 'cli' } as const;
    await engine.client.complete({ ...said, task: 'h/h-002/photo' });
    await expect(engine.client.complete({ ...said, task: 'h/h-001/photo' })).rejects.toMatchObject(refusal('COMMAND_ID_REUSED'));
  });

  it('is refused when somebody else says it', async () => {
    const other = handIn(engine.client, { ...hand('h/h-001/visit', 'visit-1'), person: 'union-01-head' });
    await expect(other).rejects.toMatchObject(refusal('COMMAND_ID_REUSED'));
  });

  it('is refused by the instance itself, in the history that took the first', async () => {
    const body = { kind: 'complete', task: 'visit', submission: 'visit-1', facts: {}, rows: [], lateReason: false };
    await expect(send('h/h-001', 'visit-1', body)).rejects.toMatchObject(refusal('COMMAND_ID_REUSED'));
  });
});

describe('a review sent again', () => {
  it('gets its first answer, though nobody reviews the task any more', async () => {
    const confirming = hand('h/h-001/list', 'confirm-1');
    const first = await accept(engine.client, confirming);
    expect(await accept(engine.client, confirming)).toEqual(first);
    const accepting = hand('h/h-001/list', 'accept-1');
    const last = await accept(engine.client, accepting);
    expect(last).toMatchObject({ task: 'list', status: 'done' });
    expect(await accept(engine.client, accepting)).toEqual(last);
  });

  it('gets its first answer, though another form stands by now', async () => {
    await handIn(engine.client, hand('h/h-002/list', 'list-2'));
    const returning = hand('h/h-002/list', 'return-2');
    const first = await sendBack(engine.client, returning);
    await handIn(engine.client, hand('h/h-002/list', 'list-2b'));
    expect(await sendBack(engine.client, returning)).toEqual(first);
  });

  it('is refused under an id that stood for another decision', async () => {
    await expect(sendBack(engine.client, hand('h/h-002/list', 'confirm-1'))).rejects.toMatchObject(refusal('COMMAND_ID_REUSED'));
    await expect(accept(engine.client, hand('h/h-002/list', 'return-2'))).rejects.toMatchObject(refusal('COMMAND_ID_REUSED'));
    const otherWords = sendBack(engine.client, { ...hand('h/h-002/list', 'return-2'), reason: '示例：另一个理由' });
    await expect(otherWords).rejects.toMatchObject(refusal('COMMAND_ID_REUSED'));
  });
});

describe('after an instance began a new history', () => {
  const instance = 'h/h-001';
  beforeAll(async () => {
    const before = await historyOf(instance);
    await roll(instance);
    await until('a new history begins', async () => (await historyOf(instance)) !== before);
  });

  it('a command sent again gets its first answer', async () => {
    const again = await handIn(engine.client, hand('h/h-001/visit', 'visit-1'));
    expect(again).toMatchObject({ command: 'visit-1', status: 'done', at: MONDAY_MORNING });
  });

  it('an instance asked past the books gives the same answer, and refuses the id for anything else', async () => {
    const { answered } = await snapshotOf(engine, { run, instance });
    const known = answered.find(({ command }) => command === 'roll-1')!;
    expect(await roll(instance)).toEqual(known);
    const body = { kind: 'complete', task: 'photo', submission: 'visit-1', facts: {}, rows: [], lateReason: false };
    await expect(send(instance, 'visit-1', body)).rejects.toMatchObject(refusal('COMMAND_ID_REUSED'));
  });

  it('the order to begin one, sent again, begins no other', async () => {
    const before = await historyOf(instance);
    await roll(instance);
    await handIn(engine.client, hand('h/h-001/photo', 'photo-1'));
    expect(await historyOf(instance)).toBe(before);
  });
});

describe('after the run was closed', () => {
  beforeAll(async () => {
    await advanceRun(engine.client.room, { run, to: OVER + 20 * DAY });
    await until('the run is closed', async () => (await engine.client.status(run)).status === 'closed');
  });

  it('a command sent again gets its first answer from the books', async () => {
    expect(await handIn(engine.client, hand('h/h-001/visit', 'visit-1'))).toMatchObject({
      command: 'visit-1',
      status: 'done',
      at: MONDAY_MORNING,
    });
    expect(await accept(engine.client, hand('h/h-001/list', 'accept-1'))).toMatchObject({ command: 'accept-1', status: 'done' });
  });

  it('a command id used again for something else is refused', async () => {
    const body = { kind: 'complete', task: 'visit', submission: 'visit-1', facts: {}, rows: [], lateReason: false };
    await expect(send('h/h-001', 'visit-1', body)).rejects.toMatchObject(refusal('COMMAND_ID_REUSED'));
    await expect(handIn(engine.client, hand('h/h-001/photo', 'visit-1'))).rejects.toMatchObject(refusal('COMMAND_ID_REUSED'));
  });

  it('a new command is refused', async () => {
    await expect(handIn(engine.client, hand('h/h-002/result', 'result-2'))).rejects.toMatchObject(refusal('RUN_CLOSED'));
  });
});
