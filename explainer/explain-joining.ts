/** What becomes of a task for whoever is enrolled after it had begun. */
import { daysLate } from '../engine/joining.ts';
import type { Instant, Plan, Program, TaskTemplate } from '../model/plan.ts';
import { dateOf } from '../model/day-table.ts';
import { anchorWords, offsetWords } from './explain-offset.ts';

export interface JoiningExplanation {
  readonly kind: 'shift' | 'skip' | 'due';
  readonly words: string;
  /** By so many days the enrolment that is explained was late; 0 where it was in time. */
  readonly daysLate: number;
}

export function explainJoining(
  { plan, program }: { readonly plan: Plan; readonly program: Program },
  task: TaskTemplate,
  enrolledAt: Instant | undefined,
): JoiningExplanation | null {
  if (task.joining === undefined) return null;
  return {
    kind: task.joining.kind,
    words: joiningWords(plan, task, (at) => dateOf(program.days, at))!,
    daysLate: enrolledAt === undefined ? 0 : daysLate(program, task, { enrolledAt }),
  };
}

/** Undefined for what simply comes up at once. */
export function joiningWords(
  plan: Plan,
  { id, joining }: Pick<TaskTemplate, 'id' | 'joining'>,
  dayOf: (at: Instant) => string,
): string | undefined {
  if (joining === undefined) return undefined;
  if (joining.kind === 'skip') return 'it does not come up';
  if (joining.kind === 'shift') return 'its deadline moves by as many days as they joined late';
  const { due } = joining;
  if (due.kind === 'afterOpening') return `it is due ${due.workingDays} working days after it opens`;
  if (due.kind === 'from') return `it is due ${offsetWords(due.offset, anchorWords(plan, { due, id })!)}`;
  return due.kind === 'at' ? `it is due ${dayOf(due.at)}` : undefined;
}
