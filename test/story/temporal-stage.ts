/** The real engine as a stage: Temporal, Postgres and a worker, on a stepped clock. */
import type { ShigeyiClient } from '../../client/shigeyi.ts';
import { advanceRun } from '../../client/stepping.ts';
import type { Instant } from '../../model/plan.ts';
import { findNextWake } from '../../store/instances.ts';
import { findTasks } from '../../store/tasks.ts';
import type { Stage } from './stage.ts';

const ALL = 100_000;

export function createTemporalStage({ client, run, startsAt }: { client: ShigeyiClient; run: string; startsAt: Instant }): Stage {
  const { room } = client;
  let now = startsAt;
  const idOf = ({ instance, key }: { instance: string; key: string }): string => `${instance}/${key}`;
  return {
    now: () => now,
    nextWake: () => findNextWake(room.enginePool, { run }),
    async advance(to) {
      await advanceRun(room, { run, to });
      now = Math.max(now, to);
    },
    openTasks: () => findTasks(room.enginePool, { run, statuses: ['open', 'returned', 'inReview'], limit: ALL }),
    form: (task) => client.form(run, idOf(task)),
    async complete({ task, person, id, answers, lateReason }) {
      await client.complete({
        run,
        task: idOf(task),
        person,
        id,
        answers,
        via: 'rehearsal',
        ...(lateReason === undefined ? {} : { lateReason }),
      });
      await advanceRun(room, { run, to: now });
    },
    async review({ task, person, id, decision }) {
      const verdict = decision === 'accept' ? ({ accept: true } as const) : { returnFor: '示例：请补充' };
      await client.review({ run, task: idOf(task), person, id, decision: verdict, via: 'rehearsal' });
      await advanceRun(room, { run, to: now });
    },
  };
}
