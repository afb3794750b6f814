/**
 * Every adjustment misused in every way there is: unknown ids, without the right, already final, in the past, against another that came first, and after
 * the run has closed. Each is refused with its code, and nothing has changed.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdjustmentRequest } from '../../client/adjust.ts';
import { advanceRun } from '../../client/stepping.ts';
import type { Adjustment, AdjustmentKind, AdjustmentScope } from '../../model/adjustment.ts';
import { snapshotOf, stateOf } from '../running/books.ts';
import { codeOf } from '../running/code-of.ts';
import { beijing, MONDAY_MORNING, OPENS, OVER } from '../running/drill.ts';
import { type Engine, newRunId } from '../running/engine.ts';
import { openOnMonday } from '../running/monday.ts';
import { handIn } from '../running/people.ts';
import { until } from '../running/until.ts';

const run = newRunId();
let engine: Engine;

/** Amendments have misuses of their own: test/client/amend.test.ts. */
type Kind = Exclude<AdjustmentKind, 'amend'>;
type Asked<K extends Kind> = Extract<Adjustment, { kind: K }>;
interface Misused<K extends Kind> {
  readonly for: AdjustmentScope;
  /** In its turn it is taken; what it needs has come before it. */
  readonly valid: Asked<K> | (() => Promise<Asked<K>>);
  /** Who tries without the right to. */
  readonly without: string;
  /** What the same is refused with once it has been done. */
  readonly again: string;
  /** What is asked of the wrong thing, or too late. */
  readonly wrong: readonly (readonly [what: string, asked: Asked<K>, code: string])[];
}

const DAY = 86_400_000;
const PAST = OPENS - 1;
const [ONE, TWO] = [{ instance: 'h/h-001' }, { instance: 'h/h-002' }] as const;
const EVERYBODY = { all: true } as const;
const DAY_LATER = { by: { unit: 'days', count: 1 } } as const;
const [OFFICER, HEAD] = ['union-02-officer-1', 'union-02-head'];
const BACK = beijing('10-14 00:00');
const SELF = { cause: 'self' } as const;
/** `visit` of h-001 is done; nothing else is. */
const [DONE, NOTHING] = [{ task: 'visit' }, { task: 'nothing' }] as const;

/** In the order in which they are done. */
const MISUSES: { readonly [K in Kind]: Misused<K> } = {
  extend: {
    for: TWO,
    valid: { kind: 'extend', of: { task: 'visit' }, deadline: DAY_LATER },
    ...{ without: HEAD, again: 'STATE_MOVED' },
    wrong: [
      ['an unknown task', { kind: 'extend', of: NOTHING, deadline: DAY_LATER }, 'UNKNOWN_TASK'],
      ['a deadline in the past', { kind: 'extend', of: { task: 'photo' }, deadline: { to: PAST } }, 'DEADLINE_PAST'],
    ],
  },
  reassign: {
    for: TWO,
    valid: { kind: 'reassign', task: 'visit', to: HEAD },
    ...{ without: OFFICER, again: 'HOLDS_ALREADY' },
    wrong: [
      ['an unknown task', { kind: 'reassign', ...NOTHING, to: HEAD }, 'UNKNOWN_TASK'],
      ['an unknown person', { kind: 'reassign', task: 'visit', to: 'nobody' }, 'UNKNOWN_PERSON'],
    ],
  },
  delegate: {
    for: TWO,
    valid: { kind: 'delegate', task: 'visit', to: OFFICER },
    ...{ without: OFFICER, again: 'DELEGATED_ALREADY' },
    wrong: [
      ['an unknown task', { kind: 'delegate', ...NOTHING, to: OFFICER }, 'UNKNOWN_TASK'],
      ['an unknown person', { kind: 'delegate', task: 'visit', to: 'nobody' }, 'UNKNOWN_PERSON'],
    ],
  },
  recall: {
    for: TWO,
    valid: { kind: 'recall', task: 'visit' },
    ...{ without: 'union-01-head', again: 'NOT_DELEGATED' },
    wrong: [['an unknown task', { kind: 'recall', ...NOTHING }, 'UNKNOWN_TASK']],
  },
  cover: {
    for: EVERYBODY,
    valid: { kind: 'cover', person: OFFICER, by: HEAD, until: BACK },
    ...{ without: HEAD, again: 'COVERED_ALREADY' },
    wrong: [
      ['an unknown person', { kind: 'cover', person: 'nobody', by: HEAD, until: BACK }, 'UNKNOWN_PERSON'],
      ['an absence that is over', { kind: 'cover', person: OFFICER, by: HEAD, until: PAST }, 'PERIOD_PAST'],
    ],
  },
  uncover: {
    for: EVERYBODY,
    valid: { kind: 'uncover', person: OFFICER },
    ...{ without: HEAD, again: 'NOT_COVERED' },
    wrong: [['an unknown person', { kind: 'uncover', person: 'nobody' }, 'UNKNOWN_PERSON']],
  },
  pause: { for: TWO, valid: { kind: 'pause', ...SELF }, without: HEAD, again: 'ALREADY_PAUSED', wrong: [] },
  resume: { for: TWO, valid: { kind: 'resume', ...SELF }, without: HEAD, again: 'NOT_PAUSED', wrong: [] },
  withdraw: { for: TWO, valid: { kind: 'withdraw', ...SELF }, without: HEAD, again: 'ALREADY_WITHDRAWN', wrong: [] },
  readmit: { for: TWO, valid: { kind: 'readmit', ...SELF }, without: HEAD, again: 'NOT_WITHDRAWN', wrong: [] },
  move: {
    for: TWO,
    valid: { kind: 'move', to: 'union-01' },
    ...{ without: HEAD, again: 'THERE_ALREADY' },
    wrong: [['an unknown union', { kind: 'move', to: 'union-99' }, 'UNKNOWN_UNION']],
  },
  waive: {
    for: ONE,
    valid: { kind: 'waive', task: 'photo' },
    ...{ without: 'union-01-head', again: 'ALREADY_FINAL' },
    wrong: [
      ['an unknown task', { kind: 'waive', ...NOTHING }, 'UNKNOWN_TASK'],
      ['what is done', { kind: 'waive', ...DONE }, 'ALREADY_FINAL'],
    ],
  },
  reopen: {
    for: ONE,
    valid: { kind: 'reopen', task: 'photo' },
    ...{ without: 'union-01-head', again: 'CANNOT_REOPEN' },
    wrong: [
      ['an unknown task', { kind: 'reopen', ...NOTHING }, 'UNKNOWN_TASK'],
      ['a deadline in the past', { kind: 'reopen', ...DONE, deadline: PAST }, 'DEADLINE_PAST'],
      ['what is open', { kind: 'reopen', task: 'list' }, 'CANNOT_REOPEN'],
    ],
  },
  retract: {
    for: ONE,
    async valid() {
      await handIn(engine.client, { run, task: 'h/h-001/list', id: 'list-1' });
      return { kind: 'retract', task: 'list', submission: 'list-1' };
    },
    ...{ without: 'union-01-head', again: 'NOTHING_TO_RETRACT' },
    wrong: [
      ['a task that is not there, and nobody can hold', { kind: 'retract', ...NOTHING, submission: 'list-1' }, 'NO_AUTHORITY'],
      ['another form than the one that stands', { kind: 'retract', task: 'list', submission: 'list-0' }, 'STALE_SUBMISSION'],
      ['what is done, and may not be taken back', { kind: 'retract', ...DONE, submission: 'visit-1' }, 'TOO_LATE_TO_RETRACT'],
    ],
  },
  assign: {
    for: ONE,
    valid: { kind: 'assign', due: BACK, words: '' },
    ...{ without: 'union-01-head', again: 'STATE_MOVED' },
    wrong: [
      ['an unknown person', { kind: 'assign', due: BACK, words: '', to: 'nobody' }, 'UNKNOWN_PERSON'],
      ['somebody of another union', { kind: 'assign', due: BACK, words: '', to: HEAD }, 'NOT_OF_UNION'],
      ['a deadline in the past', { kind: 'assign', due: PAST, words: '' }, 'DEADLINE_PAST'],
      ['an unknown ladder', { kind: 'assign', due: BACK, words: '', ladder: 'nothing' }, 'UNKNOWN_LADDER'],
      ['an unknown reviewer', { kind: 'assign', due: BACK, words: '', review: 'nobody' }, 'UNKNOWN_ROLE'],
    ],
  },
};

/** An instruction is its own reason. */
const REASON = { reason: '示例：情况有变', words: { title: '示例：补报', words: '示例：请补报名单' } };
const NO_REASON = { reason: ' ', words: { title: '示例：补报', words: ' ' } };

/** The holder takes back what they handed in themselves; everything else is the office's. */
const askerOf = (kind: Kind): { person?: string } => (kind === 'retract' ? { person: 'union-01-officer-2' } : {});

/** The code that it is refused with; fails when anything has changed. */
async function refusedAs(request: AdjustmentRequest): Promise<string> {
  const before = await stateOf(engine, run);
  const code = await codeOf(engine.client.adjust(request));
  expect(await stateOf(engine, run)).toEqual(before);
  return code;
}

async function take(request: AdjustmentRequest): Promise<void> {
  await engine.client.adjust(request);
  await advanceRun(engine.client.room, { run, to: MONDAY_MORNING });
}

beforeAll(async () => {
  engine = await openOnMonday(run);
  await handIn(engine.client, { run, task: 'h/h-001/visit', id: 'visit-1' });
});
afterAll(() => engine?.close());

describe.each(Object.entries(MISUSES) as [Kind, Misused<Kind>][])('%s', (kind, { for: whom, valid, without, again, wrong }) => {
  let asked: AdjustmentRequest;
  beforeAll(async () => {
    const adjustment = typeof valid === 'function' ? await valid() : valid;
    asked = { run, ...REASON, for: whom, adjustment, ...askerOf(kind) };
  });

  it.each(wrong)('is refused for %s', async (_what, adjustment, code) => {
    expect(await refusedAs({ ...asked, adjustment })).toBe(code);
  });
  it.each([
    ['an unknown run', { run: 'nothing' }, 'UNKNOWN_RUN'],
    ['an unknown person who asks', { person: 'nobody' }, 'UNKNOWN_PERSON'],
    ['want of a reason', NO_REASON, kind === 'assign' ? 'WORDS_REQUIRED' : 'REASON_REQUIRED'],
  ])('is refused for %s', async (_what, changes, code) => expect(await refusedAs({ ...asked, ...changes })).toBe(code));
  it('is refused for want of the right to', async () => {
    expect(await refusedAs({ ...asked, person: without })).toBe('NO_AUTHORITY');
  });
  // What is for everybody names no instance. What is not there is nobody's own.
  if (!('all' in whom))
    it('is refused for an unknown instance', async () => {
      const code = kind === 'retract' ? 'NO_AUTHORITY' : 'UNKNOWN_INSTANCE';
      expect(await refusedAs({ ...asked, for: { instance: 'h/h-999' } })).toBe(code);
    });
  it('is refused as it was seen, once the same has come first', async () => {
    const { hash } = await engine.client.previewAdjustment(asked);
    await take({ ...asked, id: `${kind}-first` });
    expect(await refusedAs({ ...asked, expect: hash, id: `${kind}-second` })).toBe(again);
  });
  it('is refused under the id of another command', async () => {
    expect(await refusedAs({ ...asked, id: 'visit-1' })).toBe('COMMAND_ID_REUSED');
  });
});

describe('once the run has closed', () => {
  beforeAll(async () => {
    await advanceRun(engine.client.room, { run, to: OVER + 20 * DAY });
    await until('the run is closed', async () => (await engine.client.status(run)).status === 'closed');
  });
  it.each(Object.entries(MISUSES) as [Kind, Misused<Kind>][])('%s is refused', async (kind, { for: whom, valid }) => {
    const adjustment = typeof valid === 'function' ? ({ kind: 'retract', task: 'list', submission: 'list-1' } as const) : valid;
    expect(await refusedAs({ run, ...REASON, for: whom, adjustment, ...askerOf(kind) })).toBe('RUN_CLOSED');
  });
});

it('a refused adjustment leaves nothing behind of its reason', async () => {
  expect((await snapshotOf(engine, { run, instance: 'h/h-001' })).status).toBe('closed');
  const { rows } = await engine.pool.query(
    `select id from submissions where run_id = $1 and kind in ('reason', 'words') and id like '%-second'`,
    [run],
  );
  expect(rows).toEqual([]);
});
