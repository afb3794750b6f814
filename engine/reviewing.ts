/** Reviews with a deadline of their own: what is chased meanwhile is the reviewer, and not the work that has been handed in. */
import { evaluate } from '../model/condition.ts';
import { clampedOffset } from '../model/offset.ts';
import type { ProgramTask } from '../model/plan.ts';
import type { TaskState } from '../model/snapshot.ts';
import type { Draft } from './draft.ts';
import type { RungQuestion } from './schedule.ts';

/** A task that comes to the step it is at, with the deadline of that step if it has one. */
export function enterReview(draft: Draft, { task, template }: { task: TaskState; template: ProgramTask }): TaskState {
  const within = template.reviews[task.step]?.within;
  if (within === undefined) return task;
  const deadline = clampedOffset(draft.program, { from: draft.now, offset: within, timeless: 'end-of-day' });
  return { ...task, review: { since: draft.now, deadline, rung: 0 } };
}

/** A task that no longer waits for that reviewer. What its own ladder would have said meanwhile is not made up for. */
export function leaveReview(draft: Draft, task: TaskState): TaskState {
  if (task.review === undefined && task.reviewsFor === undefined) return task;
  const { review, reviewsFor: _left, ...rest } = task;
  return review === undefined ? rest : { ...rest, rungsAfter: draft.now };
}

/** What the next rung is asked of: the review under way, or the task. */
export function chasedNow(task: TaskState, template: ProgramTask): RungQuestion {
  const { review } = task;
  if (review === undefined) {
    const { deadline, openedAt, rungsAfter: after, rung: from } = task;
    return { ladder: template.ladder, deadline, openedAt, after, from };
  }
  return { ladder: template.reviews[task.step]!.ladder!, deadline: review.deadline, openedAt: review.since, from: review.rung };
}

/** The rungs up to a place of what is chased now have been passed. */
export const passRungs = (task: TaskState, rung: number): TaskState =>
  task.review === undefined ? { ...task, rung } : { ...task, review: { ...task.review, rung } };

/** The index of the first review step from `from` that applies to what was submitted; undefined when none is left. */
export function findStep(
  template: ProgramTask,
  { facts, from }: { facts: Readonly<Record<string, unknown>>; from: number },
): number | undefined {
  const index = template.reviews.findIndex(
    ({ when }, at) => at >= from && (when === undefined || evaluate(when, facts as never)),
  );
  return index < 0 ? undefined : index;
}
