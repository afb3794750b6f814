/** Facts that are given at enrolment and never change: nothing in the definition sets them afterwards. */
import { factsReadBy } from '../model/condition.ts';
import type { Condition } from '../model/plan.ts';
import { cellsOf } from './fields.ts';
import type { Definition } from './gather.ts';

/** Whether a condition says the same from an instance's first day to its last. */
export function isFixed(definition: Definition, condition: Condition): boolean {
  const changing = changingFacts(definition);
  return factsReadBy(condition).every((fact) => !changing.has(fact));
}

const known = new WeakMap<Definition, ReadonlySet<string>>();

function changingFacts(definition: Definition): ReadonlySet<string> {
  const found = known.get(definition) ?? findChangingFacts(definition);
  known.set(definition, found);
  return found;
}

/** What answers and outcomes set. */
function findChangingFacts(definition: Definition): ReadonlySet<string> {
  const forms = [...definition.forms.values()];
  return new Set([
    ...forms.flatMap((form) => cellsOf(definition, form).flatMap(({ fact }) => fact ?? [])),
    ...definition.tasks.flatMap(({ task }) => (task.outcomes ?? []).flatMap(({ set }) => Object.keys(set ?? {}))),
  ]);
}
