/** Tasks that hold their phase open: as long as one of them is to be settled, nothing of a later phase comes up in the same instance. */
import { evaluate } from '../model/condition.ts';
import type { ProgramTask } from '../model/plan.ts';
import { type Case, concerns } from './concern.ts';
import { isFinal } from './lifecycles.ts';
import { countingOf, hasAll } from './occurrences.ts';
import { indexOf } from './program-index.ts';

/** The first task of an earlier phase that a task waits for in this way; undefined when none holds it. */
export function findHold(at: Case, { phase }: Pick<ProgramTask, 'phase'>): ProgramTask | undefined {
  const { holds, phases } = indexOf(at.program);
  if (holds.length === 0) return undefined;
  const place = phases.get(phase)!;
  return holds.find((each) => phases.get(each.phase)! < place && isToBeSettled(at, each));
}

/** Whether a phase is held open beyond its last day. */
export function isHeld(at: Case, phase: string): boolean {
  return indexOf(at.program).holds.some((each) => each.phase === phase && isToBeSettled(at, each));
}

/** Under way, or still to come: what its condition keeps from coming up, or cannot come up any more, holds nobody. */
function isToBeSettled(at: Case, template: ProgramTask): boolean {
  const there =
    template.origin === 'plan'
      ? countingOf(at, template)
      : Object.values(at.tasks).filter((task) => task.template === template.id);
  if (there.some(({ status }) => !isFinal(status))) return true;
  // Who has left settles nothing more.
  if (at.withdrawnAt !== undefined && template.ofWithdrawn !== true) return false;
  if (template.origin === 'row' || hasAll(at, template) || !concerns(at, template)) return false;
  return template.when === undefined || evaluate(template.when, at.facts);
}
