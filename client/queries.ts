/** What the office sees of runs: summaries, tasks and reports, all read from Postgres as it stands. */
import { campaignNow } from '../model/campaign-now.ts';
import { findTemplate } from '../model/assigned.ts';
import { groupBy } from '../model/group.ts';
import type { Instant, Plan } from '../model/plan.ts';
import type { TaskStatus } from '../model/snapshot.ts';
import { countTaskStatuses } from '../store/books.ts';
import { tallyIndicators } from '../store/indicators.ts';
import { countHouseholdsByUnion, countInstances, countPaused } from '../store/instances.ts';
import { type Queryable, withIdentity } from '../store/pool.ts';
import { findUnions, UNIONS_AT_MOST } from '../store/register.ts';
import { countMessages, countTarget, countTasks, type MessageCount, type TaskCount } from '../store/report.ts';
import { findRuns, type Run } from '../store/runs.ts';
import { type FoundTask, findTasks } from '../store/tasks.ts';
import type { IndicatorCount, RunReport, RunSummary, TaskFilter, TaskView, TargetCount, UnionReport } from './api.ts';
import { OPEN, questionOf } from './choose-tasks.ts';
import { getRunOf } from './lookup.ts';
import { OPERATOR } from './operator.ts';
import type { ClientRoom } from './parts.ts';
import { findRowTitles } from './row-titles.ts';
import { refuseUnknownNames } from './unknown-names.ts';
import { scopeOf, taskIdOf } from './workflow-ids.ts';

const RUNS_AT_MOST = 100;
const NO_TASKS: Readonly<Record<TaskStatus, number>> = {
  waiting: 0,
  open: 0,
  returned: 0,
  inReview: 0,
  done: 0,
  missed: 0,
  waived: 0,
  dropped: 0,
};

export async function summarise(room: ClientRoom): Promise<readonly RunSummary[]> {
  const runs = await withIdentity(room.appPool, OPERATOR, (db) => findRuns(db, { limit: RUNS_AT_MOST }));
  return await Promise.all(runs.map((run) => summaryOf(room, run)));
}

export async function summaryOf({ appPool, plans }: ClientRoom, run: Run): Promise<RunSummary> {
  const plan = await plans.getPlan(run.planHash);
  const now = campaignNow(run, Date.now());
  return await withIdentity(appPool, OPERATOR, async (db) => {
    const counts = await countTasks(db, { run: run.id, asOf: now });
    return {
      run: run.id,
      campaign: run.campaign,
      title: run.title,
      status: run.status,
      clock: run.clock.kind,
      now,
      startsAt: run.startsAt,
      endsAt: run.endsAt,
      phase: phaseAt(plan, now),
      instances: await countInstances(db, { run: run.id }),
      paused: await countPaused(db, { run: run.id }),
      tasks: { ...NO_TASKS, ...(await countTaskStatuses(db, { run: run.id })) },
      overdue: counts.reduce((sum, { overdue }) => sum + overdue, 0),
      overdueReviews: counts.reduce((sum, { overdueReviews }) => sum + overdueReviews, 0),
    };
  });
}

function phaseAt(plan: Plan, now: Instant): string | null {
  return plan.phases.findLast(({ startsAt, endsAt }) => startsAt <= now && now <= endsAt)?.id ?? null;
}

export async function listTasks(room: ClientRoom, id: string, filter: TaskFilter): Promise<readonly TaskView[]> {
  const { run, plan } = await getRunOf(room, id);
  const now = campaignNow(run, Date.now());
  return await withIdentity(room.appPool, OPERATOR, async (db) => {
    const tasks = await findTasks(db, questionOf(filter, { run: id, plan, now }));
    if (tasks.length === 0) await refuseUnknownNames(db, { run: id, choice: filter });
    const titles = await findRowTitles(db, { run: id, plan, tasks, sealer: room.sealer });
    return tasks.map((task, index) => viewOf(plan, { task, rowTitle: titles[index]!, now }));
  });
}

export function viewOf(
  plan: Plan,
  { task, rowTitle = null, now }: { task: FoundTask; rowTitle?: string | null; now: Instant },
): TaskView {
  const template = findTemplate(plan, { template: task.template, scope: scopeOf(task.instance) })!;
  const asOf = Math.min(now, task.pausedAt ?? now);
  const overdueReview = task.reviewDeadline !== null && asOf > task.reviewDeadline;
  return {
    task: taskIdOf(task),
    title: template.title,
    rowTitle,
    union: task.union,
    status: task.status,
    openedAt: task.openedAt,
    deadline: task.deadline,
    reviewDeadline: task.reviewDeadline,
    overdue: overdueReview || ((task.status === 'open' || task.status === 'returned') && asOf > task.deadline),
    overdueReview,
    paused: task.pausedAt !== null && OPEN.includes(task.status),
    late: task.late,
    holder: task.holder,
    reviewer: task.reviewer,
    owner: task.owner,
    standsFor: task.standsFor,
    returns: task.returns,
    form: template.form,
    submission: task.submission,
  };
}

export async function reportOf(room: ClientRoom, id: string): Promise<RunReport> {
  const { run, plan } = await getRunOf(room, id);
  // As the engine: the outbox, from which reminders are counted, is not for people's connections.
  const db = room.enginePool;
  return {
    run: id,
    unions: await unionReports(db, { run }),
    targets: (await Promise.all(plan.targets.map((target) => targetCounts(db, { run: id, target })))).flat(),
    indicators: await countIndicators(db, { run, plan }),
  };
}

/** Over all and for each union of the register. */
export async function countIndicators(
  db: Queryable,
  { run, plan, asOf = campaignNow(run, Date.now()) }: { run: Run; plan: Plan; asOf?: Instant },
): Promise<IndicatorCount[]> {
  if (plan.indicators.length === 0) return [];
  const unions = await findUnions(db, { run: run.id, limit: UNIONS_AT_MOST });
  const tally = await tallyIndicators(db, { run: run.id, plan, asOf });
  return tally.values(unions.map(({ id }) => id)).map((value, index) => {
    const { title, rule } = plan.indicators[index]!;
    return { ...value, title, kind: rule.kind };
  });
}

async function unionReports(db: Queryable, { run }: { run: Run }): Promise<UnionReport[]> {
  const tasks = groupBy(await countTasks(db, { run: run.id, asOf: campaignNow(run, Date.now()) }), ({ union }) => union);
  const messages = groupBy(await countMessages(db, { run: run.id }), ({ union }) => union);
  const households = await countHouseholdsByUnion(db, { run: run.id });
  const unions = await findUnions(db, { run: run.id, limit: UNIONS_AT_MOST });
  return [{ id: null, name: '区总工会' }, ...unions].map(({ id, name }) =>
    unionReport({
      union: id,
      name,
      households: households.get(id) ?? 0,
      tasks: tasks.get(id) ?? [],
      messages: messages.get(id) ?? [],
    }),
  );
}

function unionReport(of: {
  union: string | null;
  name: string;
  households: number;
  tasks: readonly TaskCount[];
  messages: readonly MessageCount[];
}): UnionReport {
  const sum = (count: (task: TaskCount) => number): number => of.tasks.reduce((total, task) => total + count(task), 0);
  const told = (purpose: string): readonly MessageCount[] => of.messages.filter((message) => message.purpose === purpose);
  const total = (messages: readonly MessageCount[]): number => messages.reduce((count, { claimed }) => count + claimed, 0);
  return {
    union: of.union,
    name: of.name,
    households: of.households,
    onTime: sum(({ onTime }) => onTime),
    late: sum(({ late }) => late),
    missed: sum(({ missed }) => missed),
    open: sum(({ open }) => open),
    overdue: sum(({ overdue }) => overdue),
    overdueReviews: sum(({ overdueReviews }) => overdueReviews),
    returned: total(told('returned')),
    reminders: total(told('reminder')),
    escalations: Object.fromEntries(told('escalation').map(({ rung, claimed }) => [rung ?? '', claimed])),
  };
}

async function targetCounts(
  db: Queryable,
  { run, target }: { run: string; target: Plan['targets'][number] },
): Promise<TargetCount[]> {
  const groups = await countTarget(db, { run, target });
  return groups.map(({ union, by, of, counts }) => ({
    target: target.id,
    union: union ?? '',
    by: Object.fromEntries(Object.entries(by).map(([fact, value]) => [fact, String(value)])),
    of,
    counts,
    neither: of - Object.values(counts).reduce((sum, count) => sum + count, 0),
  }));
}
