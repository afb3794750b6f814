/** Conditions: the only logic a definition may carry. The engine reads facts of an instance with it, a form the answers of the same form. */
import {
  type Figure,
  type Figures,
  isSame,
  NO_FIGURES,
  order,
  partsReadBy,
  type Reckoned,
  reckon,
  valueOf,
} from './expression.ts';
import type { Comparison, Condition, Facts } from './plan.ts';

/** Whether a condition holds. A fact that is not there is null; `is` compares strictly, so '1', 1 and true are three values. */
export function evaluate(condition: Condition, facts: Facts, figures: Figures = NO_FIGURES): boolean {
  switch (condition.op) {
    case 'is':
      return condition.in.includes(valueOf(condition.fact, facts));
    case 'compare':
      return relate(condition.by, valueOf(condition.fact, facts), condition.value);
    case 'relate':
      return relate(condition.by, reckon(condition.left, facts, figures), reckon(condition.right, facts, figures));
    case 'unknown':
      return reckon(condition.of, facts, figures) === null;
    case 'all':
      return !isAny(condition.of, false, { facts, figures });
    case 'any':
      return isAny(condition.of, true, { facts, figures });
    case 'not':
      return !evaluate(condition.of, facts, figures);
  }
}

/** Whether one of them comes to this. A loop, since conditions are asked millions of times. */
function isAny(parts: readonly Condition[], found: boolean, { facts, figures }: { facts: Facts; figures: Figures }): boolean {
  for (const part of parts) if (evaluate(part, facts, figures) === found) return true;
  return false;
}

/** The names a condition reads, each once, in the order they appear. */
export function factsReadBy(condition: Condition): readonly string[] {
  return [...new Set(readBy(condition).filter((part) => typeof part === 'string'))];
}

/** The figures of tables that a condition of a form reads. */
export function figuresReadBy(condition: Condition): readonly Figure[] {
  return readBy(condition).filter((part) => typeof part !== 'string');
}

/**
 * Names and figures that a condition puts in order or reckons with, each as often as it stands there. Those it only asks the value of are left out:
 * of them null is an answer too.
 */
export function comparedBy(condition: Condition): readonly (string | Figure)[] {
  switch (condition.op) {
    case 'is':
    case 'unknown':
      return [];
    case 'compare':
    case 'relate':
      return readBy(condition);
    case 'all':
    case 'any':
      return condition.of.flatMap(comparedBy);
    case 'not':
      return comparedBy(condition.of);
  }
}

function readBy(condition: Condition): readonly (string | Figure)[] {
  switch (condition.op) {
    case 'is':
    case 'compare':
      return [condition.fact];
    case 'relate':
      return [...partsReadBy(condition.left), ...partsReadBy(condition.right)];
    case 'unknown':
      return partsReadBy(condition.of);
    case 'all':
    case 'any':
      return condition.of.flatMap(readBy);
    case 'not':
      return readBy(condition.of);
  }
}

const COMPARE: Readonly<Record<Comparison, (order: number) => boolean>> = {
  lt: (order) => order < 0,
  le: (order) => order <= 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
};

/** What is not known yet is neither less nor more than anything, nor the same. */
function relate(by: Comparison | 'eq', found: Reckoned, bound: Reckoned): boolean {
  if (by === 'eq') return isSame(found, bound);
  const standing = order(found, bound);
  return standing !== undefined && COMPARE[by](standing);
}
