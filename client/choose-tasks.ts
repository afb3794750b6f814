/** Which tasks are meant by a choice, in the words that lists of tasks and bulks share. */
import { campaignNow } from '../model/campaign-now.ts';
import { ASSIGNED, isTemplate } from '../model/assigned.ts';
import type { Instant, Plan } from '../model/plan.ts';
import type { TaskStatus } from '../model/snapshot.ts';
import { withIdentity } from '../store/pool.ts';
import { findTasks, type TasksQuestion } from '../store/tasks.ts';
import type { TaskChoice, TaskFilter } from './api.ts';
import { BULK_AT_MOST } from './bulk.ts';
import { Invalid } from './client-error.ts';
import { getRunOf } from './lookup.ts';
import { OPERATOR } from './operator.ts';
import type { ClientRoom } from './parts.ts';
import { refuseUnknownNames } from './unknown-names.ts';
import { taskIdOf } from './workflow-ids.ts';

/** Somebody can act on it. */
export const OPEN: readonly TaskStatus[] = ['open', 'returned', 'inReview'];

/** @throws Invalid for a phase or a template that the plan does not have. */
export function questionOf(filter: TaskFilter, { run, plan, now }: { run: string; plan: Plan; now: Instant }): TasksQuestion {
  const { union, household, holder, open, status = open === true ? 'open' : undefined, limit } = filter;
  const templates = templatesOf(plan, filter);
  return {
    run,
    limit,
    ...(union === undefined ? {} : { union }),
    ...(household === undefined ? {} : { instance: `h/${household}` }),
    ...(holder === undefined ? {} : { actor: holder }),
    ...(templates === undefined ? {} : { templates }),
    ...(status === 'overdue' ? { overdueAt: now } : {}),
    ...(status === undefined || status === 'overdue' ? {} : { statuses: status === 'open' ? OPEN : [status] }),
  };
}

function templatesOf({ tasks, phases }: Plan, { phase, template }: TaskFilter): readonly string[] | undefined {
  if (phase !== undefined && !phases.some(({ id }) => id === phase))
    throw unknown(
      'UNKNOWN_PHASE',
      `phase '${phase}'`,
      phases.map(({ id }) => id),
    );
  if (template !== undefined && !isTemplate({ tasks }, template))
    throw unknown(
      'UNKNOWN_TEMPLATE',
      `task '${template}'`,
      tasks.map(({ id }) => id),
    );
  if (phase === undefined && template === undefined) return undefined;
  // They are of no phase.
  if (template === ASSIGNED) return phase === undefined ? [ASSIGNED] : [];
  return tasks
    .filter((task) => (phase === undefined || task.phase === phase) && (template === undefined || task.id === template))
    .map(({ id }) => id);
}

const unknown = (code: string, what: string, known: readonly string[]): Invalid =>
  new Invalid({ code, message: `the plan has no ${what}`, remedy: `it has ${known.join(', ')}` });

/** As lists of tasks show them, in that order. @throws Invalid when there are more than a bulk takes, and for names that the run does not have. */
export async function chooseTasks(room: ClientRoom, id: string, choice: TaskChoice): Promise<readonly string[]> {
  const { run, plan } = await getRunOf(room, id);
  const question = questionOf({ ...choice, limit: BULK_AT_MOST + 1 }, { run: id, plan, now: campaignNow(run, Date.now()) });
  const tasks = await withIdentity(room.appPool, OPERATOR, async (db) => {
    const found = await findTasks(db, question);
    if (found.length === 0) await refuseUnknownNames(db, { run: id, choice });
    return found;
  });
  if (tasks.length <= BULK_AT_MOST) return tasks.map(taskIdOf);
  throw new Invalid({
    code: 'BULK_TOO_LARGE',
    message: `more than ${BULK_AT_MOST} tasks are chosen`,
    remedy: 'narrow the choice, and ask for the rest afterwards',
  });
}
