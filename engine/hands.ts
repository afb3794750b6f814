/** Tasks in somebody's hands: the holder and the reviewer of a task, with whose place they take. */
import type { TaskState } from '../model/snapshot.ts';

interface Person {
  readonly person: string | null;
  readonly standsFor?: string;
}

export function withHolder(task: TaskState, { person, standsFor }: Person): TaskState {
  if (task.standsFor === undefined && standsFor === undefined) return { ...task, holder: person };
  const { standsFor: _before, ...rest } = task;
  return { ...rest, holder: person, ...(standsFor === undefined ? {} : { standsFor }) };
}

export function withReviewer(task: TaskState, { person, standsFor }: Person): TaskState {
  if (task.reviewsFor === undefined && standsFor === undefined) return { ...task, reviewer: person };
  const { reviewsFor: _before, ...rest } = task;
  return { ...rest, reviewer: person, ...(standsFor === undefined ? {} : { reviewsFor: standsFor }) };
}

/** It changes hands: what is said of it from now on is said to another. */
export const handedOn = (task: TaskState): TaskState => ({ ...task, handRev: (task.handRev ?? 0) + 1 });

/** Whose it is in the end: of work done in somebody's place, theirs. */
export const ownHolder = ({ holder, standsFor }: TaskState): string | null => standsFor ?? holder;
export const ownReviewer = ({ reviewer, reviewsFor }: TaskState): string | null => reviewsFor ?? reviewer;
