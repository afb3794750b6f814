/**
 * The reconciler brings every instance of a run to where its revision says it should be: planned ones are started, a finished run's are closed.
 * It is one loop that may be interrupted anywhere and run anywhere: ids are deterministic, and doing a thing twice is doing it once.
 */
import type { Pool } from 'pg';
import { inParallel } from '../model/in-parallel.ts';
import type { Instant } from '../model/plan.ts';
import { findInstances, findPlannedInstances } from '../store/instances.ts';
import { findPeople } from '../store/register.ts';
import { markClosed, markRunning, type Run } from '../store/runs.ts';
import type { InstanceStart } from '../workflows/instance-start.ts';
import { campaignNow } from '../model/campaign-now.ts';
import { type EnrolledInstance, factsAtEnrolment, postsAround, type PostHolder } from '../model/enrolment.ts';
import type { PlanShelf } from '../store/plan-shelf.ts';

/** Instances started or closed at once. */
const WIDTH = 16;
const PAGE = 500;
const PEOPLE_AT_MOST = 100_000;
/** An instance asked to start has written by then, or is asked again. */
const ASK_AGAIN_MS = 15_000;

export interface ReconcilerParts {
  readonly pool: Pool;
  readonly plans: PlanShelf;
  startInstance(to: { run: string; instance: string; start: InstanceStart }): Promise<void>;
  closeInstance(to: { run: Run; instance: string }): Promise<void>;
  /** Whether nothing more will happen in the run by itself. */
  isOver(question: { run: string; now: Instant }): Promise<boolean>;
}

export interface Reconciler {
  /** True when anything was done. */
  turn(run: Run): Promise<boolean>;
}

export function createReconciler(parts: ReconcilerParts): Reconciler {
  const { pool, plans } = parts;
  const asked = new Map<string, number>();
  return {
    async turn(run) {
      const started = await startPlanned(run);
      if (run.status === 'starting' && !started.left) await markRunning(pool, { run: run.id, at: campaignNow(run, Date.now()) });
      const closed = run.status === 'running' && (await closeWhenOver(run));
      return started.did || closed;
    },
  };

  async function startPlanned(run: Run): Promise<{ did: boolean; left: boolean }> {
    const planned: EnrolledInstance[] = [];
    for (let after = ''; ; after = planned.at(-1)!.instance) {
      const page = await findPlannedInstances(pool, { run: run.id, after, limit: PAGE });
      planned.push(...page);
      if (page.length < PAGE) break;
    }
    const real = Date.now();
    const due = planned.filter(({ instance }) => (asked.get(`${run.id}/${instance}`) ?? 0) < real - ASK_AGAIN_MS);
    if (due.length > 0) {
      const people = await findPeople(pool, { run: run.id, limit: PEOPLE_AT_MOST });
      await inParallel(due, { width: WIDTH, work: (entry) => start(run, { entry, people }) });
    }
    return { did: due.length > 0, left: planned.length > 0 };
  }

  async function start(run: Run, { entry, people }: { entry: EnrolledInstance; people: readonly PostHolder[] }): Promise<void> {
    const plan = await plans.getPlan(run.planHash);
    const { instance, scope, union } = entry;
    const enrolment = {
      run: run.id,
      instance,
      union,
      revision: run.revision,
      roles: postsAround(entry, people),
      facts: factsAtEnrolment(plan, entry),
      at: campaignNow(run, Date.now()),
    };
    await parts.startInstance({
      run: run.id,
      instance,
      start: { programHash: run.programs[scope], clock: run.clock, enrolment },
    });
    asked.set(`${run.id}/${instance}`, Date.now());
  }

  /** Households first, the campaign last, so that what closing settles still finds somebody to count it. */
  async function closeWhenOver(run: Run): Promise<boolean> {
    const now = campaignNow(run, Date.now());
    if (now <= run.endsAt || !(await parts.isOver({ run: run.id, now }))) return false;
    for (const scope of ['household', 'union', 'campaign'] as const) {
      for (;;) {
        const page = await findInstances(pool, { run: run.id, scope, status: 'open', limit: PAGE });
        if (page.length === 0) break;
        await inParallel(page, { width: WIDTH, work: ({ instance }) => parts.closeInstance({ run, instance }) });
      }
    }
    await markClosed(pool, { run: run.id });
    return true;
  }
}
