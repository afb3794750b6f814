/**
 * The reconciler brings every instance of a run to where its revision says it should be: planned ones are started, a finished run's are closed.
 * It is one loop that may be interrupted anywhere and run anywhere: ids are deterministic, and doing a thing twice is doing it once.
 */
import type { Pool } from 'pg';
import { inParallel } from '../model/in-parallel.ts';
import type { Instant, Plan, Scope } from '../model/plan.ts';
import { isAbove } from '../model/scope.ts';
import { findLevels, type KnownLevel } from '../store/gates.ts';
import { makeAnchor } from '../store/anchors.ts';
import { findInstances, findPlannedInstances } from '../store/instances.ts';
import { findPeople, PEOPLE_AT_MOST } from '../store/register.ts';
import { findPendingItems, findStanding, type ItemOutcome, type PendingItem, settleItem } from '../store/revisions.ts';
import { getRun, markClosed, markRunning, type Run } from '../store/runs.ts';
import type { InstanceStart } from '../workflows/instance-start.ts';
import { campaignNow } from '../model/campaign-now.ts';
import { type EnrolledInstance, factsAtEnrolment, postsAround, type PostHolder } from '../model/enrolment.ts';
import type { Log } from './channel.ts';
import type { PlanShelf } from '../store/plan-shelf.ts';

/** Instances started or closed at once. */
const WIDTH = 16;
const PAGE = 500;
/** Gates on unions times unions. */
const LEVELS_AT_MOST = 100_000;
/** Adjustments that an instance which joins late begins with. Documented limit of the product. */
const STANDING_AT_MOST = 500;
/** An instance asked to start has written by then, or is asked again. */
const ASK_AGAIN_MS = 15_000;

export interface ReconcilerParts {
  readonly pool: Pool;
  /** The rules by which an instance goes that begins now. */
  readonly rulesVersion: number;
  readonly plans: PlanShelf;
  readonly log: Log;
  startInstance(to: { run: string; instance: string; start: InstanceStart }): Promise<void>;
  closeInstance(to: { run: Run; instance: string }): Promise<void>;
  /** What became of one instance's part of a revision; rejects when it may be asked again. */
  adjustInstance(to: { run: Run; item: PendingItem }): Promise<ItemOutcome['outcome']>;
  /** Whether nothing more will happen in the run by itself. */
  isOver(question: { run: string; now: Instant }): Promise<boolean>;
}

export interface Reconciler {
  /**
   * True when anything was done. The run may have been read a while ago: whoever is started or adjusted is at the instant and the revision that it
   * has by now, because what asks for it was written then.
   */
  turn(run: Run): Promise<boolean>;
}

export function createReconciler(parts: ReconcilerParts): Reconciler {
  const { pool, plans } = parts;
  const asked = new Map<string, number>();
  return {
    async turn(run) {
      const started = await startPlanned(run);
      if (run.status === 'starting' && !started.left) await markRunning(pool, { run: run.id, at: campaignNow(run, Date.now()) });
      const adjusted = await bringOn(run);
      const closed = run.status === 'running' && (await closeWhenOver(run));
      return started.did || adjusted || closed;
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
      const now = await getRun(pool, run.id);
      const people = await findPeople(pool, { run: run.id, limit: PEOPLE_AT_MOST });
      const levels = await levelsAbove(now);
      await inParallel(due, { width: WIDTH, work: (entry) => start(now, { entry, people, levels }) });
    }
    return { did: due.length > 0, left: planned.length > 0 };
  }

  /** How the gates stand that wait for one above. Whoever is not open yet is not told by the relay for good until it is, so nothing is missed between. */
  async function levelsAbove(run: Run): Promise<readonly KnownLevel[]> {
    const { tasks } = await plans.getPlan(run.planHash);
    const gates = tasks.flatMap(({ scope, gate }) => (gate !== undefined && isAbove(gate.of, scope) ? [gate.id] : []));
    return gates.length === 0 ? [] : await findLevels(pool, { run: run.id, gates, limit: LEVELS_AT_MOST });
  }

  async function start(
    run: Run,
    { entry, people, levels }: { entry: EnrolledInstance; people: readonly PostHolder[]; levels: readonly KnownLevel[] },
  ): Promise<void> {
    const plan = await plans.getPlan(run.planHash);
    const { instance, scope, union } = entry;
    const gates = levels.filter((level) => isFor(plan, { level, scope, union }));
    const question = { run: run.id, instance, union, upTo: run.revision, limit: STANDING_AT_MOST };
    // It begins with the plan that the amendments have made.
    const standing =
      run.revision === 1 ? [] : (await findStanding(pool, question)).filter(({ adjustment }) => adjustment.kind !== 'amend');
    const enrolment = {
      run: run.id,
      instance,
      union,
      revision: run.revision,
      rulesVersion: parts.rulesVersion,
      roles: postsAround(entry, people),
      facts: factsAtEnrolment(plan, entry),
      ...(gates.length === 0 ? {} : { gates: Object.fromEntries(gates.map(({ gate, union: _of, ...level }) => [gate, level])) }),
      ...(standing.length === 0
        ? {}
        : { adjustments: standing.map(({ revision, adjustment, at }) => ({ revision, adjustment, at })) }),
      at: campaignNow(run, Date.now()),
      // Before a stepped clock has been moved for the first time.
      startedAt: campaignNow({ clock: run.clock, steppedTo: null }, run.createdAt),
    };
    await parts.startInstance({
      run: run.id,
      instance,
      start: { programHash: run.programs[scope], clock: run.clock, enrolment },
    });
    asked.set(`${run.id}/${instance}`, Date.now());
  }

  /** Takes what is pending of revisions a page further. One instance's trouble stays its own: its item is asked again. */
  async function bringOn(run: Run): Promise<boolean> {
    if (run.revision === 1) return false;
    const items = await findPendingItems(pool, { run: run.id, limit: PAGE });
    if (items.length === 0) return false;
    const now = await getRun(pool, run.id);
    let did = false;
    await inParallel(items, {
      width: WIDTH,
      work: async (item) => {
        const { instance, revision } = item;
        const outcome = await parts.adjustInstance({ run: now, item }).catch((failure: unknown) => {
          parts.log.warn(
            { run: run.id, instance, failure: String(failure) },
            'an instance could not be adjusted and is asked again',
          );
        });
        if (outcome === undefined) return;
        await settleItem(pool, { run: run.id, revision: revision.revision, instance, outcome });
        did = true;
      },
    });
    return did;
  }

  /** Households first, the campaign last, so that what closing settles still finds somebody to count it. */
  async function closeWhenOver(run: Run): Promise<boolean> {
    if (run.clock.kind === 'stepped' && run.clock.staysOpen === true) return false;
    const now = campaignNow(run, Date.now());
    if (now <= run.endsAt || !(await parts.isOver({ run: run.id, now }))) return false;
    for (const scope of ['household', 'union', 'campaign'] as const) {
      for (let after = ''; ; ) {
        const page = await findInstances(pool, { run: run.id, scope, status: 'open', after, limit: PAGE });
        await inParallel(page, { width: WIDTH, work: ({ instance }) => parts.closeInstance({ run, instance }) });
        if (page.length < PAGE) break;
        after = page.at(-1)!.instance;
      }
    }
    // Each is asked once in a turn. One that has answered and is open in the books still is asked again in the next.
    if ((await findInstances(pool, { run: run.id, status: 'open', limit: 1 })).length > 0) return true;
    // Nothing more is written: the last anchor covers the whole audit.
    await makeAnchor(pool, { run: run.id, reason: 'closing' });
    await markClosed(pool, { run: run.id });
    return true;
  }
}

/** Whether somebody of that scope and union waits at the gate, and for this one. */
function isFor({ tasks }: Plan, { level, scope, union }: { level: KnownLevel; scope: Scope; union: string | null }): boolean {
  const task = tasks.find(({ gate }) => gate?.id === level.gate);
  return task?.scope === scope && (level.union === null || level.union === union);
}
