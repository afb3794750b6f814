/** A condition as it is written, in either notation: the tree that rules will ask, with the spot of each of its parts. */
import type { Comparison, Condition, Expression, FactValue } from '../model/plan.ts';
import type { Place } from './issue.ts';

/** Where a part stands: a place of the file; or of a text in CEL, which character of it, from 1. */
export type Spot = { readonly place: Place } | { readonly at: number };

export type ConditionTree =
  | { readonly op: 'is'; readonly spot: Spot; readonly name: string; readonly values: readonly ValueTree[] }
  | {
      readonly op: 'relate';
      readonly spot: Spot;
      readonly by: Comparison | 'eq';
      readonly left: ExpressionTree;
      readonly right: ExpressionTree;
    }
  | { readonly op: 'unknown'; readonly spot: Spot; readonly of: ExpressionTree }
  | { readonly op: 'all' | 'any'; readonly spot: Spot; readonly of: readonly ConditionTree[] }
  | { readonly op: 'not'; readonly spot: Spot; readonly of: ConditionTree };

export interface ValueTree {
  readonly op: 'value';
  readonly spot: Spot;
  readonly value: FactValue;
  /** Written as `date('…')`, so it is nothing else. */
  readonly isDate?: true;
}

export type ExpressionTree =
  | ValueTree
  | { readonly op: 'name'; readonly spot: Spot; readonly name: string }
  | {
      readonly op: 'plus' | 'minus' | 'times' | 'over';
      readonly spot: Spot;
      readonly of: readonly [ExpressionTree, ExpressionTree];
    }
  | { readonly op: 'negative'; readonly spot: Spot; readonly of: ExpressionTree }
  | { readonly op: 'later'; readonly spot: Spot; readonly date: ExpressionTree; readonly days: ExpressionTree }
  | { readonly op: 'size'; readonly spot: Spot; readonly table: string }
  | { readonly op: 'sum'; readonly spot: Spot; readonly table: string; readonly column: string };

/** A chain of the same kind is one list, as its author wrote it. */
export function join(op: 'all' | 'any', spot: Spot, parts: readonly ConditionTree[]): ConditionTree {
  return { op, spot, of: parts.flatMap((part) => (part.op === op ? part.of : [part])) };
}

/** What the plan keeps. Both notations come to the same where they mean the same in the same order. */
export function conditionOf(tree: ConditionTree): Condition {
  switch (tree.op) {
    case 'is':
      return { op: 'is', fact: tree.name, in: tree.values.map(({ value }) => value) };
    case 'relate':
      return relationOf(tree);
    case 'unknown':
      return { op: 'unknown', of: expressionOf(tree.of) };
    case 'all':
    case 'any':
      return { op: tree.op, of: tree.of.map(conditionOf) };
    case 'not':
      return { op: 'not', of: conditionOf(tree.of) };
  }
}

const MIRRORED: Readonly<Record<Comparison, Comparison>> = { lt: 'gt', le: 'ge', gt: 'lt', ge: 'le' };

/** One fact and one value, which nearly all comparisons are, have a form of their own. */
function relationOf({ by, left, right }: ConditionTree & { op: 'relate' }): Condition {
  if (by !== 'eq') {
    if (left.op === 'name' && isBound(right)) return { op: 'compare', fact: left.name, by, value: right.value };
    if (right.op === 'name' && isBound(left)) return { op: 'compare', fact: right.name, by: MIRRORED[by], value: left.value };
  }
  return { op: 'relate', by, left: expressionOf(left), right: expressionOf(right) };
}

function isBound(tree: ExpressionTree): tree is ValueTree & { readonly value: number | string } {
  return tree.op === 'value' && (typeof tree.value === 'number' || typeof tree.value === 'string');
}

function expressionOf(tree: ExpressionTree): Expression {
  switch (tree.op) {
    case 'value':
      return { op: 'value', value: tree.value };
    case 'name':
      return { op: 'fact', fact: tree.name };
    case 'plus':
    case 'minus':
    case 'times':
    case 'over':
      return { op: tree.op, of: [expressionOf(tree.of[0]), expressionOf(tree.of[1])] };
    case 'negative':
      return { op: 'negative', of: expressionOf(tree.of) };
    case 'later':
      return { op: 'later', date: expressionOf(tree.date), days: expressionOf(tree.days) };
    case 'size':
      return { op: 'size', table: tree.table };
    case 'sum':
      return { op: 'sum', table: tree.table, column: tree.column };
  }
}

/** A table is gone through row by row. */
const COST_OF_TABLE = 10;

/** What it costs to ask: each name, value and operator is one. */
export function costOf(tree: ConditionTree | ExpressionTree): number {
  switch (tree.op) {
    case 'value':
    case 'name':
      return 1;
    case 'size':
    case 'sum':
      return COST_OF_TABLE;
    case 'is':
      return 2 + tree.values.length;
    case 'relate':
      return 1 + costOf(tree.left) + costOf(tree.right);
    case 'later':
      return 1 + costOf(tree.date) + costOf(tree.days);
    case 'unknown':
    case 'not':
    case 'negative':
      return 1 + costOf(tree.of);
    case 'plus':
    case 'minus':
    case 'times':
    case 'over':
    case 'all':
    case 'any':
      return tree.of.length - 1 + tree.of.reduce((sum, part) => sum + costOf(part), 0);
  }
}
