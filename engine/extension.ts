/** What an extension says of a task: whether it is about it, and the deadline it gives. */
import type { NewDeadline, TasksOf } from '../model/adjustment.ts';
import { clampedOffset } from '../model/offset.ts';
import type { Instant, Program } from '../model/plan.ts';
import type { TaskState } from '../model/snapshot.ts';
import type { Draft } from './draft.ts';
import { indexOf } from './program-index.ts';

export function isOf(program: Program, of: TasksOf, { key, template }: { key: string; template: string }): boolean {
  if ('task' in of) return key === of.task;
  if ('template' in of) return template === of.template;
  return 'all' in of || indexOf(program).tasks.get(template)?.phase === of.phase;
}

export function newDeadline(program: Program, deadline: Instant, moved: NewDeadline): Instant {
  return 'to' in moved ? moved.to : clampedOffset(program, { from: deadline, offset: moved.by, timeless: 'same-time' });
}

/** A deadline put on a time is a date from then on; one that was moved by so much is counted as it was. */
export const countedIn = (moved: NewDeadline, counted: Pick<TaskState, 'budget'>): Pick<TaskState, 'budget'> =>
  'to' in moved ? { budget: 'date' } : counted;

/** The deadline of a task that comes up now, after everything that was said of such tasks before. One that would be past already is left out. */
export function extendedDeadline(
  draft: Draft,
  { key, template, deadline }: { key: string; template: string; deadline: Instant },
): Pick<TaskState, 'deadline' | 'extended' | 'budget'> {
  const own = draft.extensions.filter(({ of }) => isOf(draft.program, of, { key, template }));
  if (own.length === 0) return { deadline };
  const moved = own.reduce((at, extension) => newDeadline(draft.program, at, extension.deadline), deadline);
  if (moved <= draft.now) return { deadline };
  return { deadline: moved, extended: own.length, ...own.reduce((counted, { deadline: by }) => countedIn(by, counted), {}) };
}
