/**
 * The rungs a set of tasks deserves, reckoned a second time: with plain dates and the State Council's holidays of 2020 and 2021 written out
 * here, not with the plan's day table or the engine's arithmetic.
 */
import type { Plan } from '../../model/plan.ts';
import type { FoundTask } from '../../store/tasks.ts';

const DAY = 86_400_000;
const BEIJING = 8 * 3_600_000;

/** 国办发明电〔2019〕16号 and 〔2020〕27号, as far as the campaign reaches. */
const OFF = new Set([
  '2020-10-01',
  '2020-10-02',
  '2020-10-05',
  '2020-10-06',
  '2020-10-07',
  '2020-10-08',
  '2021-01-01',
  '2021-02-11',
  '2021-02-12',
  '2021-02-15',
  '2021-02-16',
  '2021-02-17',
]);
const WORK = new Set(['2020-09-27', '2020-10-10', '2021-02-07', '2021-02-20']);

const dateOf = (at: number): string => new Date(at + BEIJING).toISOString().slice(0, 10);
const midnight = (date: string): number => Date.parse(`${date}T00:00:00+08:00`);

function isWorking(date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return WORK.has(date) || (weekday !== 0 && weekday !== 6 && !OFF.has(date));
}

function shift(date: string, workingDays: number): string {
  let at = midnight(date);
  for (let left = Math.abs(workingDays); left > 0; ) {
    at += Math.sign(workingDays) * DAY;
    if (isWorking(dateOf(at))) left -= 1;
  }
  return dateOf(at);
}

function rungsOf({ plan, task }: { plan: Plan; task: FoundTask }): { id: string; at: number }[] {
  const { ladder } = plan.tasks.find(({ id }) => id === task.template)!;
  return plan.ladders[ladder]!.rungs.map(({ id, offset }) => ({
    id,
    at: offset === null ? task.deadline + 1 : midnight(shift(dateOf(task.deadline), offset.count)) + offset.atMinute! * 60_000,
  }));
}

/** A rung is deserved when its instant is not before the opening and the task is not settled by then. */
export function expectedRungs({
  plan,
  tasks,
  closedAt,
}: {
  plan: Plan;
  tasks: readonly FoundTask[];
  closedAt: number;
}): string[] {
  return tasks.flatMap((task) => {
    const settledAt = task.status === 'missed' ? closedAt : (task.settledAt ?? Infinity);
    return rungsOf({ plan, task })
      .filter(({ at }) => at >= task.openedAt && at <= settledAt)
      .map(({ id, at }) => `${task.instance}/${task.key} ${id} ${at}`);
  });
}

export function lastRungAt({ plan, tasks }: { plan: Plan; tasks: readonly FoundTask[] }): number {
  return Math.max(
    ...tasks.filter(({ status }) => status === 'missed').flatMap((task) => rungsOf({ plan, task }).map(({ at }) => at)),
  );
}
