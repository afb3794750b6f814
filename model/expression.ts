/** What a condition reckons: arithmetic of numbers and dates in which nothing throws and nothing is guessed. Whatever cannot be told is null. */
import { dateOfEpochDay, epochDay } from './day-table.ts';
import { compare, dividedBy, type Fraction, fractionOf, negative, plus, times, truncated } from './fraction.ts';
import type { Expression, Facts, FactValue } from './plan.ts';

/** A number that a table of a form gives: its rows, or what one of its columns comes to. */
export interface Figure {
  readonly table: string;
  /** Absent: the number of rows. */
  readonly column?: string;
}

/** Null where there is no such figure; rules outside forms have none. */
export type Figures = (figure: Figure) => number | null;

export const NO_FIGURES: Figures = () => null;

/** A value, or a number that was reckoned. */
export type Reckoned = FactValue | Fraction;

/** Names and figures an expression reads, each as often as it stands there. */
export function partsReadBy(expression: Expression): readonly (string | Figure)[] {
  switch (expression.op) {
    case 'value':
      return [];
    case 'fact':
      return [expression.fact];
    case 'plus':
    case 'minus':
    case 'times':
    case 'over':
      return expression.of.flatMap(partsReadBy);
    case 'negative':
      return partsReadBy(expression.of);
    case 'later':
      return [...partsReadBy(expression.date), ...partsReadBy(expression.days)];
    case 'size':
      return [{ table: expression.table }];
    case 'sum':
      return [{ table: expression.table, column: expression.column }];
  }
}

export function reckon(expression: Expression, facts: Facts, figures: Figures): Reckoned {
  switch (expression.op) {
    case 'value':
      return expression.value;
    case 'fact':
      return valueOf(expression.fact, facts);
    case 'plus':
    case 'minus':
    case 'times':
    case 'over': {
      const [left, right] = expression.of;
      return combine(expression.op, reckon(left, facts, figures), reckon(right, facts, figures));
    }
    case 'negative':
      return combine('minus', 0, reckon(expression.of, facts, figures));
    case 'later':
      return later(reckon(expression.date, facts, figures), reckon(expression.days, facts, figures));
    case 'size':
      return figures({ table: expression.table });
    case 'sum':
      return figures({ table: expression.table, column: expression.column });
  }
}

/** Asked of own members only: a fact named `constructor` that nobody set is null, not a function. */
export function valueOf(fact: string, facts: Facts): FactValue {
  return Object.hasOwn(facts, fact) ? (facts[fact] ?? null) : null;
}

/**
 * How two stand to each other: less than zero, zero or more. Undefined when they have no order: one is null, or they are not both numbers or both
 * texts. Texts are in the order of dates.
 */
export function order(left: Reckoned, right: Reckoned): number | undefined {
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  // Nearly every comparison is of two plain numbers.
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = [numberOf(left), numberOf(right)];
  return a === null || b === null ? undefined : compare(a, b);
}

/** Strictly: '1', 1 and true are three values. Null is not the same as anything, another null included. */
export function isSame(left: Reckoned, right: Reckoned): boolean {
  if (left === null || right === null) return false;
  return left === right || order(left, right) === 0;
}

function numberOf(value: Reckoned): Fraction | null {
  if (typeof value === 'number') return fractionOf(value);
  return typeof value === 'object' ? value : null;
}

function combine(op: 'plus' | 'minus' | 'times' | 'over', left: Reckoned, right: Reckoned): Reckoned {
  if (op === 'minus' && typeof left === 'string' && typeof right === 'string') return daysBetween(right, left);
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a === null || b === null) return null;
  switch (op) {
    case 'plus':
      return plus(a, b);
    case 'minus':
      return plus(a, negative(b));
    case 'times':
      return times(a, b);
    case 'over':
      return dividedBy(a, b);
  }
}

function daysBetween(from: string, to: string): number | null {
  const [first, last] = [epochDay(from), epochDay(to)];
  return first === undefined || last === undefined ? null : last - first;
}

/** A part of a day is dropped: dates are whole days. */
function later(date: Reckoned, days: Reckoned): string | null {
  const from = typeof date === 'string' ? epochDay(date) : undefined;
  const count = numberOf(days);
  if (from === undefined || count === null) return null;
  const found = dateOfEpochDay(from + truncated(count));
  // A year that has not four figures has no date.
  return epochDay(found) === undefined ? null : found;
}
