/**
 * Conditions written in CEL, the Common Expression Language, as far as a plan can keep them: comparisons of names, values and what is reckoned from
 * them, joined by `&&`, `||` and `!`. Few functions, no regular expressions and no loops, so that asking one costs what it looks like.
 */
import { parse, ParseError } from '@marcbachmann/cel-js';
import { epochDay } from '../model/day-table.ts';
import type { Comparison, FactValue } from '../model/plan.ts';
import { type ConditionTree, type ExpressionTree, join, type Spot, type ValueTree } from './condition-tree.ts';
import { SAY } from './messages.ts';
import type { Said } from './said.ts';

export type CelReading =
  | { readonly tree: ConditionTree }
  /** `at` counts characters from 1. */
  | { readonly at: number; readonly why: Said };

const SAID = SAY.CONDITION_UNREADABLE;

interface Node {
  readonly op: string;
  readonly args: unknown;
  readonly start: number;
}

class Unreadable extends Error {
  readonly at: number;
  readonly why: Said;

  constructor({ start }: Pick<Node, 'start'>, why: Said) {
    super(why.message.en);
    this.at = start + 1;
    this.why = why;
  }
}

export function readCel(text: string): CelReading {
  try {
    // Parsed only: the plan keeps the tree, and the engine asks it without the library.
    return { tree: readCondition(parse(text).ast as unknown as Node) };
  } catch (error) {
    if (error instanceof Unreadable) return { at: error.at, why: error.why };
    if (!(error instanceof ParseError)) throw error;
    const at = ((error as { node?: { start?: number } }).node?.start ?? 0) + 1;
    return { at, why: SAID.cannotBeRead({ why: error.message.split('\n')[0]! }) };
  }
}

const ORDER: Readonly<Record<string, Comparison>> = { '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' };
const ARITHMETIC = { '+': 'plus', '-': 'minus', '*': 'times', '/': 'over' } as const;

const spotOf = ({ start }: Node): Spot => ({ at: start + 1 });

function readCondition(node: Node): ConditionTree {
  const { op, args } = node;
  const spot = spotOf(node);
  if (op === '&&' || op === '||') return join(op === '&&' ? 'all' : 'any', spot, (args as Node[]).map(readCondition));
  if (op === '!_') return { op: 'not', spot, of: readCondition(args as Node) };
  if (op === 'id') return { op: 'is', spot, name: args as string, values: [{ op: 'value', spot, value: true }] };
  const [left, right] = Array.isArray(args) ? (args as Node[]) : [];
  if (op === 'in') return readMembership(node, left!, right!);
  if (op === '==') return readEquality(node, left!, right!);
  if (op === '!=') return { op: 'not', spot, of: readEquality(node, left!, right!) };
  const by = ORDER[op];
  if (by === undefined) throw whyNoCondition(node);
  return relation(node, by, readExpression(left!), readExpression(right!));
}

function whyNoCondition(node: Node): Unreadable {
  if (node.op === 'rcall') return noMethod(node);
  if (node.op in ARITHMETIC) return new Unreadable(node, SAID.alone);
  if (node.op === 'call' || node.op === 'value') return new Unreadable(node, SAID.noComparison);
  return new Unreadable(node, SAID.operator({ op: node.op }));
}

function readMembership(node: Node, left: Node, right: Node): ConditionTree {
  if (left.op !== 'id') throw new Unreadable(left, SAID.inName);
  if (right.op !== 'list') throw new Unreadable(right, SAID.inList);
  const values = (right.args as Node[]).map(readValue);
  if (values.length === 0) throw new Unreadable(right, SAID.emptyList);
  return { op: 'is', spot: spotOf(node), name: left.args as string, values };
}

/** Of a name and a value; else of anything with anything, where null asks whether the other can be told at all. */
function readEquality(node: Node, left: Node, right: Node): ConditionTree {
  const spot = spotOf(node);
  const [name, other] = left.op === 'id' ? [left, right] : [right, left];
  const value = findValue(other);
  if (name.op === 'id' && value !== undefined) return { op: 'is', spot, name: name.args as string, values: [value] };
  if (isNull(left) || isNull(right)) return { op: 'unknown', spot, of: readSide(isNull(left) ? right : left) };
  return relation(node, 'eq', readExpression(left), readExpression(right));
}

function readSide(node: Node): ExpressionTree {
  const side = readExpression(node);
  if (!readsAnything(side)) throw new Unreadable(node, SAID.nothingNamed);
  return side;
}

const isNull = ({ op, args }: Node): boolean => op === 'value' && args === null;

function relation(node: Node, by: Comparison | 'eq', left: ExpressionTree, right: ExpressionTree): ConditionTree {
  if (!readsAnything(left) && !readsAnything(right)) throw new Unreadable(node, SAID.noName);
  return { op: 'relate', spot: spotOf(node), by, left, right };
}

function readsAnything(tree: ExpressionTree): boolean {
  switch (tree.op) {
    case 'value':
      return false;
    case 'name':
    case 'size':
    case 'sum':
      return true;
    case 'negative':
      return readsAnything(tree.of);
    case 'later':
      return readsAnything(tree.date) || readsAnything(tree.days);
    case 'plus':
    case 'minus':
    case 'times':
    case 'over':
      return tree.of.some(readsAnything);
  }
}

function readExpression(node: Node): ExpressionTree {
  const { op, args } = node;
  const spot = spotOf(node);
  const value = findValue(node);
  if (value?.value === null) throw new Unreadable(node, SAID.nullCompared);
  if (value !== undefined) return value;
  if (op === 'id') return { op: 'name', spot, name: args as string };
  if (op === '-_') return { op: 'negative', spot, of: readExpression(args as Node) };
  if (op === 'call') return readCall(node);
  if (op === 'rcall') throw noMethod(node);
  const arithmetic = ARITHMETIC[op as keyof typeof ARITHMETIC];
  if (arithmetic === undefined) throw new Unreadable(node, SAID.noExpression);
  const [left, right] = args as [Node, Node];
  if ((op === '+' || op === '-') && isCallOf(right, 'days')) {
    const days = readExpression(argumentOf(right));
    return {
      op: 'later',
      spot,
      date: readExpression(left),
      days: op === '+' ? days : { op: 'negative', spot: days.spot, of: days },
    };
  }
  return { op: arithmetic, spot, of: [readExpression(left), readExpression(right)] };
}

/** A function that is asked of something, such as `outcome.matches('a')`: there is none. */
const noMethod = (node: Node): Unreadable => new Unreadable(node, SAID.noFunction({ name: (node.args as [string])[0] }));

const isCallOf = ({ op, args }: Node, name: string): boolean => op === 'call' && (args as [string])[0] === name;

function argumentOf(node: Node): Node {
  const [name, given] = node.args as [string, Node[]];
  if (given.length !== 1) throw new Unreadable(node, SAID.oneArgument({ name }));
  return given[0]!;
}

function readCall(node: Node): ExpressionTree {
  const [name] = node.args as [string];
  const spot = spotOf(node);
  if (name === 'size') {
    const table = argumentOf(node);
    if (table.op === 'id') return { op: 'size', spot, table: table.args as string };
    throw new Unreadable(table, SAID.size);
  }
  if (name === 'sum') {
    const [table, column] = dotted(argumentOf(node));
    return { op: 'sum', spot, table, column };
  }
  if (name === 'days') throw new Unreadable(node, SAID.daysAlone);
  throw new Unreadable(node, SAID.noFunction({ name }));
}

function dotted(node: Node): readonly [table: string, column: string] {
  const [table, column] = node.op === '.' ? (node.args as [Node, string]) : [];
  if (table?.op === 'id' && typeof column === 'string') return [table.args as string, column];
  throw new Unreadable(node, SAID.sum);
}

/** A value that is written out, or undefined for everything else. */
function findValue(node: Node): ValueTree | undefined {
  const { op, args } = node;
  const spot = spotOf(node);
  if (op === 'value') {
    if (typeof args === 'bigint') return { op: 'value', spot, value: Number(args) };
    if (args === null || ['string', 'number', 'boolean'].includes(typeof args))
      return { op: 'value', spot, value: args as FactValue };
  }
  if (op === '-_') {
    const value = findValue(args as Node)?.value;
    return typeof value === 'number' ? { op: 'value', spot, value: -value } : undefined;
  }
  if (!isCallOf(node, 'date')) return undefined;
  // The dates of a plan are text in the form that sorts; `date` is there for who wants to say so.
  const date = findValue(argumentOf(node))?.value;
  if (typeof date === 'string' && epochDay(date) !== undefined) return { op: 'value', spot, value: date, isDate: true };
  throw new Unreadable(node, SAID.noDate);
}

function readValue(node: Node): ValueTree {
  const value = findValue(node);
  if (value !== undefined) return value;
  throw new Unreadable(node, SAID.noValue);
}
