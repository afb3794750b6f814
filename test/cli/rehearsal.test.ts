import { describe, expect, it } from 'vitest';
import { Refused, Unavailable } from '../../client/client-error.ts';
import { emptyTally, rehearse, type RehearsalClient, type Tally } from '../../cli/rehearsal.ts';
import type { RefusalCode } from '../../model/command.ts';
import { ALL_IN_TIME, type Habits } from '../../simulator/people.ts';
import { createFakeClient } from './fake-host.ts';

type OpenTask = Awaited<ReturnType<RehearsalClient['openTasksSince']>>['tasks'][number];

const DAY = 86_400_000;
/** A minute takes as long as a day. */
const CLOCK = { kind: 'scaled', anchor: 0, startedAt: 0, speed: 1_440 } as const;

const task = (given: Partial<OpenTask> = {}): OpenTask => ({
  ...{
    run: 'autumn',
    instance: 'h/h-001',
    key: 'visit',
    template: 'visit',
    union: 'union-01',
    status: 'open',
    openedAt: 0,
    deadline: 8 * DAY,
  },
  ...{
    deadlineRev: 0,
    holder: 'cadre-1',
    reviewer: null,
    owner: null,
    standsFor: null,
    item: null,
    step: 0,
    rung: 0,
    returns: 0,
    submission: null,
    submittedAt: null,
    submittedBy: null,
  },
  ...{ settledAt: null, decidedBy: null, late: false, held: null, source: null, reviewDeadline: null, pausedAt: null },
  ...given,
});
const refusal = (code: RefusalCode) => new Refused({ code, message: 'no', remedy: 'look' });
const away = new Unavailable({ code: 'STORE_BEHIND', message: 'away', remedy: 'again' });

interface Rehearsal {
  readonly tasks: readonly OpenTask[];
  readonly client?: Partial<RehearsalClient>;
  readonly habits?: Habits;
  readonly until?: number;
}

/** Lets the people live until so many campaign days have passed. */
async function live({
  tasks,
  client: overrides = {},
  habits = ALL_IN_TIME,
  until = 20,
}: Rehearsal): Promise<{ tally: Tally; asked: unknown[] }> {
  const { client, asked } = createFakeClient({
    openTasksSince: (_run, { cursor }) => Promise.resolve({ tasks: cursor === '' ? tasks : [], cursor: 'next' }),
    ...overrides,
  });
  const tally = emptyTally();
  let now = 0;
  await rehearse({
    ...{ client, run: 'autumn', clock: CLOCK, seed: 1, habits, endsAt: 80 * DAY, tally },
    now: () => now,
    sleep: async (ms) => {
      now += ms * 10;
      await new Promise(setImmediate);
    },
    isOver: () => now * CLOCK.speed > until * DAY,
  });
  return { tally, asked };
}

/** Answers as told, one after another, and remembers what it was asked. */
function scripted(answers: readonly (Error | undefined)[]): {
  complete: RehearsalClient['complete'];
  asked: Parameters<RehearsalClient['complete']>[0][];
} {
  const asked: Parameters<RehearsalClient['complete']>[0][] = [];
  const left = [...answers];
  return {
    asked,
    complete(completion) {
      asked.push(completion);
      const failure = left.shift();
      return failure === undefined ? Promise.resolve({ command: 'c', digest: 'd', at: 0 }) : Promise.reject(failure);
    },
  };
}

describe('people of a rehearsal', () => {
  it('hand in what they hold, as themselves, on a form that is filled in', async () => {
    const { asked, tally } = await live({ tasks: [task()] });
    expect(asked).toEqual([
      {
        ...{ run: 'autumn', task: 'h/h-001/visit', person: 'cadre-1', via: 'rehearsal' },
        answers: expect.objectContaining({ visitedOn: expect.any(String) }),
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    ]);
    expect(tally).toMatchObject({ completed: 1, refusals: {}, bug: undefined });
  });

  it('review what was handed in to them', async () => {
    const { asked, tally } = await live({ tasks: [task({ status: 'inReview', reviewer: 'head-1', submittedAt: DAY })] });
    expect(asked).toEqual([expect.objectContaining({ person: 'head-1', decision: { accept: true } })]);
    expect(tally.accepted).toBe(1);
  });

  it('return with a reason', async () => {
    const { asked, tally } = await live({
      tasks: [task({ status: 'inReview', reviewer: 'head-1', submittedAt: DAY })],
      habits: { ...ALL_IN_TIME, returned: 1 },
    });
    expect(asked).toEqual([expect.objectContaining({ decision: { returnFor: expect.stringMatching(/\S/) } })]);
    expect(tally.returned).toBe(1);
  });

  it('say why when they are late', async () => {
    const { asked } = await live({ tasks: [task({ deadline: DAY })], habits: { ...ALL_IN_TIME, late: 1 } });
    expect(asked).toEqual([expect.objectContaining({ lateReason: expect.stringMatching(/\S/) })]);
  });

  it('do nothing where nobody is there to act', async () => {
    const { asked, tally } = await live({ tasks: [task({ holder: null })] });
    expect(asked).toEqual([]);
    expect(tally).toMatchObject({ completed: 0, bug: undefined });
  });

  it('use the same command id in every telling', async () => {
    const [one, other] = [await live({ tasks: [task()] }), await live({ tasks: [task()] })];
    expect(one.asked).toEqual(other.asked);
  });

  it('are no more than sixteen at work at once', async () => {
    let [started, working, most] = [0, 0, 0];
    const waiting: (() => void)[] = [];
    const tasks = Array.from({ length: 100 }, (_, index) => task({ instance: `h/h-${index}` }));
    // Nobody finishes before everybody who can has begun.
    const complete: RehearsalClient['complete'] = async () => {
      [started, working] = [started + 1, working + 1];
      most = Math.max(most, working);
      const begun = new Promise<void>((resolve) => waiting.push(resolve));
      if (working === 16 || started === tasks.length) for (const resolve of waiting.splice(0)) resolve();
      await begun;
      working -= 1;
      return { command: 'c', digest: 'd', at: 0 };
    };
    const { tally } = await live({ tasks, client: { complete } });
    expect(tally.completed).toBe(100);
    expect(most).toBe(16);
  });
});

describe('a refusal', () => {
  it('is counted by its code, and life goes on', async () => {
    const { complete } = scripted([refusal('ALREADY_FINAL'), undefined]);
    const { tally } = await live({ tasks: [task(), task({ instance: 'h/h-002' })], client: { complete } });
    expect(tally).toMatchObject({ completed: 1, refusals: { ALREADY_FINAL: 1 }, bug: undefined });
  });

  it('for want of a reason is answered with one, as another command', async () => {
    const { complete, asked } = scripted([refusal('LATE_REASON_REQUIRED')]);
    const { tally } = await live({ tasks: [task()], client: { complete } });
    expect(asked.map(({ lateReason }) => lateReason !== undefined)).toEqual([false, true]);
    expect(asked[0]!.id).not.toBe(asked[1]!.id);
    expect(tally).toMatchObject({ completed: 1, refusals: {} });
  });
});

describe('a part that is away', () => {
  it('is asked again with the same id and the same answers', async () => {
    const { complete, asked } = scripted([away, away]);
    const { tally } = await live({ tasks: [task()], client: { complete } });
    expect(asked).toHaveLength(3);
    expect(asked[1]).toEqual(asked[0]);
    expect(asked[2]).toEqual(asked[0]);
    expect(tally).toMatchObject({ completed: 1, retries: 2, refusals: {} });
  });

  it('keeps nobody beyond the end of the rehearsal', async () => {
    const { tally } = await live({ tasks: [task()], client: { openTasksSince: () => Promise.reject(away) } });
    expect(tally.completed).toBe(0);
    expect(tally.retries).toBeGreaterThan(0);
  });
});

it('an error that nobody foresaw is kept, and stops nobody', async () => {
  const { complete } = scripted([new TypeError('x is not a function')]);
  const { tally } = await live({ tasks: [task(), task({ instance: 'h/h-002' })], client: { complete } });
  expect(tally.completed).toBe(1);
  expect(tally.bug).toBeInstanceOf(TypeError);
});
