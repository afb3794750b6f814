/** What cannot be taken is refused with a code and a remedy, and leaves everything as it was: rows, state and history. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { advanceRun } from '../../client/stepping.ts';
import { stateOf } from '../running/books.ts';
import { MONDAY_MORNING, OPENS, SECOND_PHASE, steppedDrill, VISITS_LATE } from '../running/drill.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';
import { accept, answersFor, handIn, sendBack } from '../running/people.ts';

const run = newRunId();
let engine: Engine;
/** Of the first household. */
let officer: string;
const visit = { run, task: 'h/h-001/visit', via: 'cli' } as const;
const answers = () => answersFor(engine.client, { run, task: 'h/h-001/visit', id: 'visit' });

interface Attempt {
  readonly what: string;
  readonly code: string;
  try(): Promise<unknown>;
}

/** To the instance itself, past everything that the client looks at first. */
const send = (instance: string, body: object, person = officer) =>
  engine.client.room.sender.send({
    run,
    instance,
    id: `sent-${JSON.stringify(body)}`.slice(0, 150),
    by: { person, via: 'cli' },
    body: body as never,
  });
const completion = (task: string) => ({ kind: 'complete', task, submission: 's', facts: {}, rows: [], lateReason: false });

function refuses(attempts: readonly Attempt[]): void {
  it.each(attempts)('refuses $what', async ({ code, try: attempt }) => {
    const before = await stateOf(engine, run);
    const failure = await attempt().then(
      (answer) => expect.fail(`it was taken: ${JSON.stringify(answer)}`),
      (error: { code?: string; remedy?: string; refusal?: { code: string; remedy: string } }) => error.refusal ?? error,
    );
    expect(failure).toMatchObject({ code, remedy: expect.stringMatching(/\w/) });
    expect(await stateOf(engine, run)).toEqual(before);
  });
}

beforeAll(async () => {
  engine = await openEngine();
  await engine.client.start(steppedDrill(run));
});
afterAll(() => engine?.close());

describe('before the campaign opens, the client', () => {
  refuses([
    { what: 'a task of a phase to come', code: 'NOT_OPEN_YET', try: () => engine.client.complete({ ...visit, answers: {} }) },
    { what: 'the same, asked of the instance', code: 'NOT_OPEN_YET', try: () => send('h/h-001', completion('visit')) },
  ]);
  beforeAll(() => advanceRun(engine.client.room, { run, to: MONDAY_MORNING - 86_400_000 }));
});

describe('while work is open, the client', () => {
  beforeAll(async () => {
    await advanceRun(engine.client.room, { run, to: MONDAY_MORNING });
    officer = (await engine.client.tasks(run, { household: 'h-001', limit: 1 }))[0]!.holder!;
  });
  refuses([
    {
      what: 'an unknown run',
      code: 'UNKNOWN_RUN',
      try: async () => await engine.client.complete({ ...visit, run: 'no-such-run', answers: await answers() }),
    },
    {
      what: 'an unknown household',
      code: 'UNKNOWN_TASK',
      try: async () => await engine.client.complete({ ...visit, task: 'h/h-999/visit', answers: await answers() }),
    },
    {
      what: 'an unknown task',
      code: 'UNKNOWN_TASK',
      try: async () => await engine.client.complete({ ...visit, task: 'h/h-001/visits', answers: await answers() }),
    },
    {
      what: 'what is no task id',
      code: 'UNKNOWN_TASK',
      try: async () => await engine.client.complete({ ...visit, task: 'visit', answers: await answers() }),
    },
    {
      what: "a task named after an object's own members",
      code: 'UNKNOWN_TASK',
      try: () => send('h/h-001', completion('constructor')),
    },
    { what: 'an instance that is not there', code: 'UNKNOWN_INSTANCE', try: () => send('h/h-999', completion('visit')) },
    { what: 'a form with missing fields', code: 'FORM_INVALID', try: () => engine.client.complete({ ...visit, answers: {} }) },
    {
      what: 'a form with an unknown field',
      code: 'FORM_INVALID',
      try: async () => await engine.client.complete({ ...visit, answers: { ...(await answers()), extra: 1 } }),
    },
    {
      what: 'a further occurrence of a task that comes up once',
      code: 'UNKNOWN_TASK',
      try: async () => await engine.client.complete({ ...visit, task: 'h/h-001/result.2', answers: await answers() }),
    },
    {
      what: 'a form with a wrong answer',
      code: 'FORM_INVALID',
      try: async () => await engine.client.complete({ ...visit, answers: { ...(await answers()), outcome: 'perhaps' } }),
    },
    { what: 'a form that is none', code: 'FORM_INVALID', try: () => engine.client.complete({ ...visit, answers: 'done' }) },
    {
      what: 'a reason of too many words',
      code: 'REASON_TOO_LONG',
      try: async () => await engine.client.complete({ ...visit, answers: await answers(), lateReason: '长'.repeat(2_001) }),
    },
    {
      what: 'a task of a later phase',
      code: 'NOT_OPEN_YET',
      try: () => engine.client.complete({ ...visit, task: 'h/h-001/result', answers: {} }),
    },
    {
      what: 'a task of a later phase, asked of the instance',
      code: 'NOT_OPEN_YET',
      try: () => send('h/h-001', completion('result')),
    },
    {
      what: 'whoever does not hold the task',
      code: 'NOT_HOLDER',
      try: async () => await engine.client.complete({ ...visit, person: 'union-02-officer-1', answers: await answers() }),
    },
    {
      what: 'the same, asked of the instance',
      code: 'NOT_HOLDER',
      try: () => send('h/h-001', completion('visit'), 'union-02-officer-1'),
    },
    {
      what: 'a review of what nobody handed in',
      code: 'NOT_IN_REVIEW',
      try: () => accept(engine.client, { run, task: 'h/h-001/visit', id: 'accept-none', person: 'union-01-head' }),
    },
    {
      what: 'a return without words',
      code: 'REASON_REQUIRED',
      try: () => sendBack(engine.client, { run, task: 'h/h-001/visit', id: 'return-none', person: 'union-01-head', reason: ' ' }),
    },
    {
      what: 'a command of a kind it does not know',
      code: 'MALFORMED_COMMAND',
      try: () => send('h/h-001', { kind: 'celebrate' }),
    },
    {
      what: 'an id of more than 200 characters',
      code: 'MALFORMED_COMMAND',
      try: () =>
        engine.client.room.sender.send({
          run,
          instance: 'h/h-001',
          id: 'x'.repeat(201),
          by: { system: 'operator' },
          body: { kind: 'reflush' },
        }),
    },
    {
      what: 'a clock that goes back',
      code: 'CLOCK_BACKWARDS',
      try: () => send('h/h-001', { kind: 'advanceClock', to: OPENS - 1 }),
    },
  ]);
});

describe('in review, the client', () => {
  const list = { run, task: 'h/h-001/list' };
  beforeAll(async () => {
    await handIn(engine.client, { run, task: 'h/h-001/visit', id: 'visit-1' });
    await handIn(engine.client, { ...list, id: 'list-1' });
  });
  refuses([
    {
      what: 'a decision by somebody who does not review it',
      code: 'NOT_HOLDER',
      try: () => accept(engine.client, { ...list, id: 'accept-other', person: 'union-02-head' }),
    },
    {
      what: 'a decision by whoever handed it in',
      code: 'SELF_REVIEW',
      try: () => accept(engine.client, { ...list, id: 'accept-self', person: officer }),
    },
    {
      what: 'a decision on another submission than stands',
      code: 'STALE_SUBMISSION',
      try: () => send('h/h-001', { kind: 'accept', task: 'list', submission: 'list-0' }),
    },
  ]);
});

describe('past the deadline, the client', () => {
  beforeAll(() => advanceRun(engine.client.room, { run, to: VISITS_LATE }));
  const late = { run, task: 'h/h-002/visit' };
  refuses([
    {
      what: 'late work without a reason',
      code: 'LATE_REASON_REQUIRED',
      try: () => handIn(engine.client, { ...late, id: 'late-1' }),
    },
  ]);

  it('takes late work with a reason, and marks it as late', async () => {
    const answer = await handIn(engine.client, { ...late, id: 'late-2', lateReason: '示例：入户时户主外出' });
    expect(answer).toMatchObject({ status: 'done', late: true, at: VISITS_LATE });
    const [task] = (await engine.client.tasks(run, { household: 'h-002', limit: 10 })).filter(({ task: id }) => id === late.task);
    expect(task).toMatchObject({ status: 'done', late: true });
  });
});

describe('after the phase has ended, the client', () => {
  beforeAll(() => advanceRun(engine.client.room, { run, to: SECOND_PHASE }));
  const photo = { run, task: 'h/h-001/photo' };
  refuses([
    { what: 'work that the phase closed', code: 'PHASE_CLOSED', try: () => handIn(engine.client, { ...photo, id: 'photo-1' }) },
    {
      what: 'it with a reason too',
      code: 'PHASE_CLOSED',
      try: () => handIn(engine.client, { ...photo, id: 'photo-2', lateReason: '示例：忘记' }),
    },
  ]);
});
