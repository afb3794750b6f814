/** What lies between two states of an instance, task by task, as it concerns people. */
import type { Instant, Program } from '../model/plan.ts';
import type { Snapshot, TaskState, TaskStatus } from '../model/snapshot.ts';
import { isFinal } from './lifecycles.ts';
import { templateOf } from './occurrences.ts';
import { rungsFor } from './schedule.ts';

/** What people see of a task. */
export interface TaskFace {
  readonly status: TaskStatus;
  readonly deadline: Instant;
  readonly holder: string | null;
  readonly reviewer: string | null;
  /** For whom the holder does it, who remains answerable. */
  readonly owner?: string;
  /** In whose place whoever must act does so. */
  readonly standsFor?: string;
  /** What its ladder will still say, as things stand: the next of them. */
  readonly rungs: readonly { readonly rung: string; readonly at: Instant }[];
  /** Its clock stands still. */
  readonly paused?: true;
}

export interface TaskDifference {
  readonly task: string;
  readonly template: string;
  /** Null: it comes up. */
  readonly before: TaskFace | null;
  /** Null: it is not there any more. */
  readonly after: TaskFace | null;
}

/** Nobody reads more of one task, and the difference shows in the first of them. */
const RUNGS_SHOWN = 12;

/** A post of the instance that somebody else has. */
export interface PostDifference {
  readonly role: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** By role. */
export function findPostDifferences(before: Pick<Snapshot, 'roles'>, after: Pick<Snapshot, 'roles'>): readonly PostDifference[] {
  const roles = new Set([...Object.keys(before.roles), ...Object.keys(after.roles)]);
  return [...roles].sort().flatMap((role) => {
    const [was, is] = [before.roles[role] ?? null, after.roles[role] ?? null];
    return was === is ? [] : [{ role, before: was, after: is }];
  });
}

interface State {
  readonly program: Program;
  readonly snapshot: Snapshot;
}

/** By task. Those that look the same to people are left out. */
export function findDifferences(before: State, after: State): readonly TaskDifference[] {
  const keys = new Set([...Object.keys(before.snapshot.tasks), ...Object.keys(after.snapshot.tasks)]);
  return [...keys].sort().flatMap((task) => {
    const [was, is] = [before.snapshot.tasks[task], after.snapshot.tasks[task]];
    const faces = { before: faceOf(before, was), after: faceOf(after, is) };
    return JSON.stringify(faces.before) === JSON.stringify(faces.after)
      ? []
      : [{ task, template: (is ?? was)!.template, ...faces }];
  });
}

function faceOf({ program, snapshot }: State, task: TaskState | undefined): TaskFace | null {
  if (task === undefined) return null;
  const { status, deadline, holder, reviewer, owner, openedAt, rung: place, rungsAfter = -Infinity } = task;
  const standsFor = status === 'inReview' ? task.reviewsFor : task.standsFor;
  const isPaused = snapshot.paused !== undefined && !isFinal(status);
  const times = isFinal(status) || isPaused ? [] : rungsFor(program, { ladder: templateOf(program, task).ladder, deadline });
  const ahead = times.slice(place).filter(({ at }) => at >= openedAt && at > Math.max(rungsAfter, snapshot.advancedTo));
  return {
    status,
    deadline,
    holder,
    reviewer,
    ...(owner === undefined ? {} : { owner }),
    ...(standsFor === undefined ? {} : { standsFor }),
    rungs: ahead.slice(0, RUNGS_SHOWN).map(({ rung: { id }, at }) => ({ rung: id, at })),
    ...(isPaused ? { paused: true } : {}),
  };
}
