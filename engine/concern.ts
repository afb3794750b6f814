/** Whom a task concerns at all. What can never come up in an instance waits for nothing, and nobody needs to wait for it. */
import { evaluate } from '../model/condition.ts';
import type { Facts, Instant, Program, ProgramTask } from '../model/plan.ts';
import type { TaskState } from '../model/snapshot.ts';
import { isFinal, isSatisfied } from './lifecycles.ts';
import { countingOf, getTemplate, hasAll, isPassedOver, type Occurring } from './occurrences.ts';
import { indexOf } from './program-index.ts';

/** What rules ask an instance about. A draft has it, and so has a snapshot beside its program. */
export interface Case extends Occurring {
  readonly withdrawnAt?: Instant | undefined;
  readonly program: Program;
  readonly instance: string;
  readonly facts: Facts;
}

/** Whether the condition of a task says of this instance, once and for all, that it never comes up. */
export function isRuledOut({ facts }: Pick<Case, 'facts'>, { fixed, when }: ProgramTask): boolean {
  return fixed === true && !evaluate(when!, facts);
}

/** Whether a task that has not come up still may: its sample takes the instance, and neither it nor what it comes after is ruled out or left undone. */
export function concerns(at: Case, template: ProgramTask): boolean {
  return !isPassedOver(at, template) && mayBeBehind(at, template);
}

function mayBeBehind(at: Case, template: ProgramTask): boolean {
  if (isPassedOver(at, template)) return true;
  // Before an amendment said that it never would, perhaps.
  if (template.origin === 'plan' && hasAll(at, template)) return true;
  if (isRuledOut(at, template)) return false;
  return beforeOf(at.program, template).every((id) => !isLost(at, id) && mayBeBehind(at, getTemplate(at.program, id)));
}

/** Ended, but not so that anything may follow. */
function isLost(at: Case, id: string): boolean {
  const template = getTemplate(at.program, id);
  if (isPassedOver(at, template)) return false;
  const counting =
    template.origin === 'plan' ? countingOf(at, template) : Object.values(at.tasks).filter((task) => task.template === id);
  const isEnded = ({ status }: Pick<TaskState, 'status'>): boolean => isFinal(status) && !isSatisfied(status);
  // What was asked for again may yet be done.
  return counting.some(isEnded) && (template.repeats !== undefined || template.origin === 'row' || hasAll(at, template));
}

/** What must be behind a task before it comes up: its predecessors or, if rows make it, the tasks of the same program whose rows do. */
function beforeOf(program: Program, { id: made, origin, after }: ProgramTask): readonly string[] {
  if (origin === 'plan') return after;
  return (indexOf(program).sources.get(made) ?? []).filter((id) => id !== made);
}

/** The tasks that come after one, or after what comes after it. */
export function findFollowers(program: Program, id: string): readonly string[] {
  const found = new Set<string>([id]);
  for (const current of found) {
    for (const template of program.tasks) if (beforeOf(program, template).includes(current)) found.add(template.id);
  }
  found.delete(id);
  return [...found];
}
