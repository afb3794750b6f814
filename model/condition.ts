/** Conditions: the only logic a definition may carry. The engine reads facts of an instance with it, a form the answers of the same form. */
import type { Comparison, Condition, Facts, FactValue } from './plan.ts';

/** Whether a condition holds. A fact that is not there is null; `is` compares strictly, so '1', 1 and true are three values. */
export function evaluate(condition: Condition, facts: Facts): boolean {
  switch (condition.op) {
    case 'is':
      return condition.in.includes(valueOf(condition.fact, facts));
    case 'compare':
      return compare(valueOf(condition.fact, facts), condition);
    case 'all':
      return condition.of.every((part) => evaluate(part, facts));
    case 'any':
      return condition.of.some((part) => evaluate(part, facts));
    case 'not':
      return !evaluate(condition.of, facts);
  }
}

/** The names a condition reads, each once, in the order they appear. */
export function factsReadBy(condition: Condition): readonly string[] {
  switch (condition.op) {
    case 'is':
    case 'compare':
      return [condition.fact];
    case 'all':
    case 'any':
      return [...new Set(condition.of.flatMap(factsReadBy))];
    case 'not':
      return factsReadBy(condition.of);
  }
}

const COMPARE: Readonly<Record<Comparison, (found: number | string, bound: number | string) => boolean>> = {
  lt: (found, bound) => found < bound,
  le: (found, bound) => found <= bound,
  gt: (found, bound) => found > bound,
  ge: (found, bound) => found >= bound,
};

function compare(found: FactValue, { by, value }: { by: Comparison; value: number | string }): boolean {
  if (typeof found === 'boolean' || found === null || typeof found !== typeof value) return false;
  return COMPARE[by](found, value);
}

// Asked of own members only: a fact named `constructor` that nobody set is null, not a function.
function valueOf(fact: string, facts: Facts): FactValue {
  return Object.hasOwn(facts, fact) ? (facts[fact] ?? null) : null;
}
