/**
 * Conditions written in CEL, the Common Expression Language, as far as a plan can keep them: comparisons of one name with what is written there,
 * joined by `&&`, `||` and `!`. No functions but `date`, no arithmetic and no regular expressions, so that asking one costs what it looks like.
 */
import { parse, ParseError } from '@marcbachmann/cel-js';
import type { Comparison, Condition, FactValue } from '../model/plan.ts';

/** A comparison in the text. */
export interface CelLeaf {
  readonly name: string;
  readonly values: readonly FactValue[];
  /** Which is more, not which is the same. */
  readonly ordered: boolean;
}

export type CelReading =
  | { readonly condition: Condition; readonly leaves: readonly CelLeaf[] }
  /** `at` counts characters from 1. */
  | { readonly at: number; readonly message: string; readonly hint: string };

/** Nobody reads more; and what is asked on every change of a fact shall stay small. */
const MAX_COMPARISONS = 50;
const EXAMPLE = "write comparisons such as: outcome == 'assist' && (income < 800 || class in ['deep', 'sudden'])";

interface Node {
  readonly op: string;
  readonly args: unknown;
  readonly start: number;
}

class Unreadable extends Error {
  readonly at: number;
  readonly hint: string;

  constructor({ start }: Pick<Node, 'start'>, message: string, hint: string = EXAMPLE) {
    super(message);
    this.at = start + 1;
    this.hint = hint;
  }
}

export function readCel(text: string): CelReading {
  const leaves: CelLeaf[] = [];
  try {
    // Parsed only: the plan keeps the tree, and the engine asks it without the library.
    const condition = read(parse(text).ast as unknown as Node, leaves);
    if (leaves.length > MAX_COMPARISONS)
      throw new Unreadable({ start: 0 }, `it makes ${leaves.length} comparisons`, `a condition may make ${MAX_COMPARISONS}`);
    return { condition, leaves };
  } catch (error) {
    if (error instanceof Unreadable) return { at: error.at, message: error.message, hint: error.hint };
    if (!(error instanceof ParseError)) throw error;
    const at = ((error as { node?: { start?: number } }).node?.start ?? 0) + 1;
    return { at, message: `it cannot be read: ${error.message.split('\n')[0]}`, hint: EXAMPLE };
  }
}

const ORDER: Readonly<Record<string, Comparison>> = { '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' };
const MIRRORED: Readonly<Record<Comparison, Comparison>> = { lt: 'gt', le: 'ge', gt: 'lt', ge: 'le' };

function read(node: Node, leaves: CelLeaf[]): Condition {
  const { op, args } = node;
  if (op === '&&' || op === '||') {
    const kind = op === '&&' ? 'all' : 'any';
    // A chain is one list, as its author wrote it.
    const of = (args as Node[]).map((part) => read(part, leaves));
    return { op: kind, of: of.flatMap((part) => (part.op === kind ? part.of : [part])) };
  }
  if (op === '!_') return { op: 'not', of: read(args as Node, leaves) };
  if (op === 'id') return same(args as string, [true], leaves);
  const [left, right] = Array.isArray(args) ? (args as Node[]) : [];
  if (left === undefined || right === undefined) throw new Unreadable(node, 'this is no comparison');
  if (op === 'in') return same(nameOf(left), listOf(right), leaves);
  if (op === '==' || op === '!=') {
    const [name, value] = left.op === 'id' ? [left, right] : [right, left];
    const condition = same(nameOf(name), [valueOf(value)], leaves);
    return op === '==' ? condition : { op: 'not', of: condition };
  }
  const order = ORDER[op];
  if (order === undefined) throw new Unreadable(node, `'${op}' is not known to conditions`);
  const [name, value] = left.op === 'id' ? [left, right] : [right, left];
  const bound = valueOf(value);
  if (typeof bound !== 'number' && typeof bound !== 'string') throw new Unreadable(value, 'only numbers and dates have an order');
  const fact = nameOf(name);
  leaves.push({ name: fact, values: [bound], ordered: true });
  return { op: 'compare', fact, by: name === left ? order : MIRRORED[order], value: bound };
}

function same(name: string, values: readonly FactValue[], leaves: CelLeaf[]): Condition {
  leaves.push({ name, values, ordered: false });
  return { op: 'is', fact: name, in: values };
}

function nameOf(node: Node): string {
  if (node.op === 'id') return node.args as string;
  throw new Unreadable(node, 'one side of a comparison is a name, the other what it is compared with');
}

function listOf(node: Node): readonly FactValue[] {
  if (node.op !== 'list') throw new Unreadable(node, "'in' wants a list", "write, for example: class in ['deep', 'sudden']");
  const values = (node.args as Node[]).map(valueOf);
  if (values.length === 0) throw new Unreadable(node, 'nothing is in an empty list', 'name at least one value');
  return values;
}

function valueOf(node: Node): FactValue {
  const { op, args } = node;
  if (op === 'value') {
    if (typeof args === 'bigint') return Number(args);
    if (args === null || ['string', 'number', 'boolean'].includes(typeof args)) return args as FactValue;
  }
  if (op === '-_') {
    const value = valueOf(args as Node);
    if (typeof value === 'number') return -value;
  }
  // The dates of a plan are text in the form that sorts; `date` is there for who wants to say so.
  if (op === 'call' && (args as unknown[])[0] === 'date') {
    const [given] = (args as [string, Node[]])[1];
    const date = given === undefined ? undefined : valueOf(given);
    if (typeof date === 'string') return date;
  }
  throw new Unreadable(node, 'this is neither a word in quotes, a number, true, false, null nor a date');
}
