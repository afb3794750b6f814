/** Finding runs and tasks by what people type, with refusals that say what to do. */
import { refusesWithdrawn } from '../engine/find-task.ts';
import { wantedOf } from '../engine/occurrences.ts';
import { findTemplate } from '../model/assigned.ts';
import type { Plan, TaskTemplate } from '../model/plan.ts';
import { readKey } from '../model/task-key.ts';
import { findInstance, type InstanceRow } from '../store/instances.ts';
import { withIdentity } from '../store/pool.ts';
import { findRun, type Run } from '../store/runs.ts';
import { type FoundTask, findTask } from '../store/tasks.ts';
import { Invalid, Refused } from './client-error.ts';
import { OPERATOR } from './operator.ts';
import type { ClientRoom } from './parts.ts';
import { parseTaskId, scopeOf } from './workflow-ids.ts';

export async function getRunOf({ appPool, plans }: ClientRoom, id: string): Promise<{ run: Run; plan: Plan }> {
  const run = await withIdentity(appPool, OPERATOR, (db) => findRun(db, id));
  if (run === undefined) {
    throw new Invalid({
      code: 'UNKNOWN_RUN',
      message: `there is no run '${id}'`,
      remedy: 'see what there is with: shigeyi status',
    });
  }
  return { run, plan: await plans.getPlan(run.planHash) };
}

export interface LocatedTask {
  readonly run: Run;
  readonly plan: Plan;
  readonly task: FoundTask;
  readonly template: TaskTemplate;
}

/** @throws Invalid for what is no task of the run, Refused for one that has not come up yet. */
export async function getTaskOf(room: ClientRoom, { run: id, task: text }: { run: string; task: string }): Promise<LocatedTask> {
  const { run, plan } = await getRunOf(room, id);
  const place = parseTaskId(text);
  if (place === undefined) {
    throw new Invalid({
      code: 'UNKNOWN_TASK',
      message: `'${text}' is no task id`,
      remedy: `task ids look like h/<household>/<task>, u/<union>/<task> or c/<task>; list them with: shigeyi tasks ${id}`,
    });
  }
  const found = await withIdentity(room.appPool, OPERATOR, async (db) => ({
    task: await findTask(db, { run: id, ...place }),
    instance: await findInstance(db, { run: id, instance: place.instance }),
  }));
  if (found.task === undefined) throw whyNotFound(plan, { run, text, place, instance: found.instance });
  const template = findTemplate(plan, { template: found.task.template, scope: scopeOf(place.instance) });
  if (template === undefined) throw new Error(`plan ${run.planHash} has no task '${found.task.template}'`);
  return { run, plan, task: found.task, template };
}

type Place = NonNullable<ReturnType<typeof parseTaskId>>;

function whyNotFound(
  plan: Plan,
  { run, text, place, instance }: { run: Run; text: string; place: Place; instance: InstanceRow | undefined },
): Error {
  const { template: named, occurrence } = readKey(place.key);
  const template = plan.tasks.find(
    ({ id, origin, scope }) => id === named && origin === 'plan' && scope === scopeOf(place.instance),
  );
  if (instance === undefined || template === undefined || place.key.includes(':') || occurrence > wantedOf({}, template)) {
    return new Invalid({
      code: 'UNKNOWN_TASK',
      message: `run '${run.id}' has no task '${text}'`,
      remedy: `list its tasks with: shigeyi tasks ${run.id}`,
    });
  }
  if (run.status !== 'closed' && instance.withdrawnAt !== null && template.ofWithdrawn !== true)
    return new Refused(refusesWithdrawn(place.instance));
  return new Refused({
    code: run.status === 'closed' ? 'RUN_CLOSED' : 'NOT_OPEN_YET',
    message: run.status === 'closed' ? `run '${run.id}' is closed` : `task '${text}' is not open yet`,
    remedy:
      run.status === 'closed'
        ? 'nothing more can be done in it'
        : 'wait until its phase has begun and what comes before it is done',
  });
}
