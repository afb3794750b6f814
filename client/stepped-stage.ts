/** The real engine as a stage for scenarios: a run on a stepped clock, on Temporal and Postgres. */
import type { FormIssue } from '../forms/form-issue.ts';
import type { Instant } from '../model/plan.ts';
import type { Stage, Verdict } from '../scenarios/stage.ts';
import { findIssuedBulletins, findSpokenRungs } from '../store/audit.ts';
import { findInstances, findNextWake } from '../store/instances.ts';
import { findTasks } from '../store/tasks.ts';
import { Invalid, Refused } from './client-error.ts';
import { getRunOf } from './lookup.ts';
import { countIndicators } from './queries.ts';
import type { ShigeyiClient } from './shigeyi.ts';
import { advanceRun } from './stepping.ts';

const ALL = 100_000;

/** The run has been started with a stepped clock at `startsAt`. Whatever an act sets in motion has come to rest when it resolves. */
export function createSteppedStage(
  client: Pick<ShigeyiClient, 'room' | 'complete' | 'review' | 'form' | 'adjust' | 'applyRegister' | 'runningPlan'>,
  { run, startsAt }: { readonly run: string; readonly startsAt: Instant },
): Stage {
  const { room } = client;
  const pool = room.enginePool;
  let now = startsAt;
  const idOf = ({ instance, key }: { instance: string; key: string }): string => `${instance}/${key}`;
  const judged = async (act: () => Promise<unknown>): Promise<Verdict> => {
    const verdict = await act().then(() => null, verdictOf);
    await advanceRun(room, { run, to: now });
    return verdict;
  };
  return {
    now: () => now,
    nextWake: () => findNextWake(pool, { run }),
    async advance(to) {
      await advanceRun(room, { run, to });
      now = Math.max(now, to);
    },
    tasks: () => findTasks(pool, { run, limit: ALL }),
    facts: async () => new Map((await findInstances(pool, { run, limit: ALL })).map(({ instance, facts }) => [instance, facts])),
    spoken: () => findSpokenRungs(pool, { run, limit: ALL }),
    issued: () => findIssuedBulletins(pool, { run, limit: ALL }),
    async indicators() {
      const of = await getRunOf(room, run);
      return await countIndicators(pool, { ...of, asOf: now });
    },
    running: () => client.runningPlan(run),
    form: (task) => client.form(run, idOf(task)),
    complete: ({ task, person, id, answers, lateReason }) =>
      judged(() =>
        client.complete({
          ...{ run, person, answers, task: idOf(task), id: `${run}-${id}`, via: 'rehearsal' },
          ...(lateReason === undefined ? {} : { lateReason }),
        }),
      ),
    admit: ({ household, person }) =>
      judged(async () => {
        const roster = { unions: [], people: [], households: [household] };
        const { results } = await client.applyRegister({ run, roster, onlyNew: true, person, reason: '示例：新建档' });
        const failed = results.find(({ state }) => state !== 'done');
        if (failed !== undefined) throw new Invalid({ code: failed.code!, message: failed.message!, remedy: failed.remedy! });
      }),
    adjust: ({ for: scope, adjustment, person, id, words, next }) =>
      judged(async () => {
        await client.adjust({
          run,
          for: scope,
          adjustment,
          person,
          id: `${run}-${id}`,
          reason: '示例：情况有变',
          ...(words && { words }),
          ...(next && { next }),
        });
      }),
    review: ({ task, person, id, decision }) => {
      const verdict = decision === 'accept' ? ({ accept: true } as const) : { returnFor: '示例：请补充' };
      return judged(() =>
        client.review({ run, person, task: idOf(task), id: `${run}-${id}`, decision: verdict, via: 'rehearsal' }),
      );
    },
  };
}

function verdictOf(failure: unknown): NonNullable<Verdict> {
  if (failure instanceof Refused) return { code: failure.refusal.code, message: failure.refusal.message };
  if (failure instanceof Invalid) {
    const { code, message, details } = failure;
    // A form's issues are its details.
    return code === 'FORM_INVALID'
      ? { code, message, issues: (details as readonly FormIssue[]).map((issue) => issue.code) }
      : { code, message };
  }
  throw failure;
}
