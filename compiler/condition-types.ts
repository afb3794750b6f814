/** The static types of conditions: what each name may be, and what may be reckoned from and compared with what. */
import { epochDay } from '../model/day-table.ts';
import type { FactValue } from '../model/plan.ts';
import { suggest } from './checking.ts';
import type { Related } from './issue.ts';
import type { IssueCode } from './codes.ts';
import type { ConditionTree, ExpressionTree, Spot, ValueTree } from './condition-tree.ts';
import { SAY } from './messages.ts';
import type { Said, Words } from './said.ts';

export type ValueType =
  | { readonly kind: 'number' | 'boolean' | 'date' | 'month' | 'person' | 'union' }
  | { readonly kind: 'choice'; readonly members: readonly string[] }
  /** Words, or several members of a choice: rules never see them. */
  | { readonly kind: 'words' };

/** What names mean where the condition stands. Each reports what it does not know, and says nothing more about it. */
export interface Vocabulary {
  readonly typeOf: (name: string, spot: Spot) => ValueType | undefined;
  /** Of a table, or of one of its columns. */
  readonly typeOfFigure: (figure: { readonly table: string; readonly column?: string }, spot: Spot) => ValueType | undefined;
  readonly report: (code: IssueCode, spot: Spot, words: Said, related?: readonly Related[]) => void;
}

/** What is known of a name that nothing has. CEL reads a hyphen as a minus, so half of a known name is one with a hyphen. */
export function suggestName(name: string, known: readonly string[]): Words {
  const whole = known.find((each) => each.startsWith(`${name}-`));
  if (whole === undefined) return suggest(name, known);
  return {
    en: `in CEL a hyphen takes away: ask '${whole}' in a map, or rename it`,
    zh: `在 CEL 中连字符是减号：请用映射写法引用“${whole}”，或改名`,
  };
}

export function checkTypes(tree: ConditionTree, vocabulary: Vocabulary): void {
  switch (tree.op) {
    case 'is':
      return checkMembership(tree, vocabulary);
    case 'relate':
      return checkRelation(tree, vocabulary);
    case 'unknown':
      return void typeOfExpression(tree.of, vocabulary);
    case 'all':
    case 'any':
      return tree.of.forEach((part) => checkTypes(part, vocabulary));
    case 'not':
      return checkTypes(tree.of, vocabulary);
  }
}

const NAMES: Readonly<Record<ValueType['kind'], Words>> = {
  number: { en: 'a number', zh: '数值' },
  boolean: { en: 'yes or no', zh: '是否' },
  date: { en: 'a date', zh: '日期' },
  month: { en: 'a month', zh: '年月' },
  person: { en: 'a person', zh: '人员' },
  union: { en: 'a union', zh: '工会' },
  choice: { en: 'a choice', zh: '选项' },
  words: { en: 'words', zh: '文字' },
};

function checkMembership({ name, values, spot }: ConditionTree & { op: 'is' }, vocabulary: Vocabulary): void {
  const type = vocabulary.typeOf(name, spot);
  if (type === undefined) return;
  if (type.kind === 'words') return reportWords(name, spot, vocabulary);
  for (const value of values) {
    const fault = faultOf(name, type, value.value);
    if (fault !== undefined) vocabulary.report('FACT_VALUE_UNKNOWN', value.spot, fault);
  }
}

/** Why a name can never have this value; null stands for "not known yet" and fits everything. */
export function faultOf(name: string, type: ValueType, value: FactValue): Said | undefined {
  if (value === null || fits(type, value)) return undefined;
  const known = { name, value: String(value) };
  return type.kind === 'choice'
    ? SAY.FACT_VALUE_UNKNOWN.member({ ...known, near: suggest(known.value, type.members) })
    : SAY.FACT_VALUE_UNKNOWN.type({ ...known, type: NAMES[type.kind] });
}

function fits(type: ValueType, value: FactValue): boolean {
  switch (type.kind) {
    case 'number':
    case 'boolean':
      return typeof value === type.kind;
    case 'date':
      return typeof value === 'string' && epochDay(value) !== undefined;
    case 'month':
      return typeof value === 'string' && epochDay(`${value}-01`) !== undefined;
    case 'person':
    case 'union':
      return typeof value === 'string';
    case 'choice':
      return typeof value === 'string' && type.members.includes(value);
    case 'words':
      return false;
  }
}

function reportWords(name: string, spot: Spot, { report }: Vocabulary): void {
  report('CONDITION_TYPE_MISMATCH', spot, SAY.CONDITION_TYPE_MISMATCH.words({ name }));
}

const ORDERED: readonly ValueType['kind'][] = ['number', 'date', 'month'];

function checkRelation({ by, left, right, spot }: ConditionTree & { op: 'relate' }, vocabulary: Vocabulary): void {
  const found = typeOfExpression(left, vocabulary);
  const bound = typeOfExpression(right, vocabulary);
  if (found === undefined || bound === undefined) return;
  for (const [side, type] of [
    [left, found],
    [right, bound],
  ] as const) {
    if (by === 'eq' || type.kind === 'literal' || ORDERED.includes(type.kind)) continue;
    const named: Words = side.op === 'name' ? { en: `'${side.name}'`, zh: `“${side.name}”` } : { en: 'this', zh: '这里' };
    const words = SAY.CONDITION_TYPE_MISMATCH.noOrder({ side: named, type: NAMES[type.kind] });
    return vocabulary.report('CONDITION_TYPE_MISMATCH', side.spot, words);
  }
  if (canBeSame(found, bound)) return;
  const words = SAY.CONDITION_TYPE_MISMATCH.compared({ left: nameOf(found), right: nameOf(bound) });
  vocabulary.report('CONDITION_TYPE_MISMATCH', spot, words);
}

/** A word in quotes is what its other side is: a member, an id, or a date. */
type ExpressionType = ValueType | { readonly kind: 'literal'; readonly value: string };

const nameOf = (type: ExpressionType): Words =>
  type.kind === 'literal' ? { en: `'${type.value}'`, zh: `“${type.value}”` } : NAMES[type.kind];

function canBeSame(left: ExpressionType, right: ExpressionType): boolean {
  if (left.kind === 'literal') return right.kind === 'literal' || fits(right, left.value);
  if (right.kind === 'literal') return fits(left, right.value);
  if (left.kind === 'choice' && right.kind === 'choice') return left.members.some((member) => right.members.includes(member));
  return left.kind === right.kind;
}

/** Undefined when something in it has been reported. */
function typeOfExpression(tree: ExpressionTree, vocabulary: Vocabulary): ExpressionType | undefined {
  switch (tree.op) {
    case 'value':
      return typeOfValue(tree);
    case 'name': {
      const type = vocabulary.typeOf(tree.name, tree.spot);
      if (type?.kind !== 'words') return type;
      reportWords(tree.name, tree.spot, vocabulary);
      return undefined;
    }
    case 'size':
      return vocabulary.typeOfFigure({ table: tree.table }, tree.spot);
    case 'sum':
      return want(tree, vocabulary.typeOfFigure({ table: tree.table, column: tree.column }, tree.spot), {
        kind: 'number',
        vocabulary,
      });
    case 'negative':
      return want(tree.of, typeOfExpression(tree.of, vocabulary), { kind: 'number', vocabulary });
    case 'later': {
      const days = want(tree.days, typeOfExpression(tree.days, vocabulary), { kind: 'number', vocabulary });
      const date = want(tree.date, typeOfExpression(tree.date, vocabulary), { kind: 'date', vocabulary });
      return days && date;
    }
    case 'plus':
    case 'minus':
    case 'times':
    case 'over':
      return typeOfArithmetic(tree, vocabulary);
  }
}

function typeOfValue({ value, isDate }: ValueTree): ExpressionType {
  if (isDate) return { kind: 'date' };
  if (typeof value === 'number') return { kind: 'number' };
  return typeof value === 'boolean' ? { kind: 'boolean' } : { kind: 'literal', value: String(value) };
}

function typeOfArithmetic(
  tree: ExpressionTree & { op: 'plus' | 'minus' | 'times' | 'over' },
  vocabulary: Vocabulary,
): ExpressionType | undefined {
  const [left, right] = tree.of.map((part) => typeOfExpression(part, vocabulary));
  if (left === undefined || right === undefined) return undefined;
  if (tree.op === 'minus' && [left, right].some(({ kind }) => kind === 'date')) {
    const dates = tree.of.map((part, index) => want(part, [left, right][index], { kind: 'date', vocabulary }));
    return dates.includes(undefined) ? undefined : { kind: 'number' };
  }
  const numbers = tree.of.map((part, index) => want(part, [left, right][index], { kind: 'number', vocabulary }));
  return numbers.includes(undefined) ? undefined : { kind: 'number' };
}

/** The type itself when it is the kind wanted; else reported where it stands. */
function want(
  { spot }: ExpressionTree,
  type: ExpressionType | undefined,
  { kind, vocabulary }: { kind: 'number' | 'date'; vocabulary: Vocabulary },
): ExpressionType | undefined {
  if (type === undefined || type.kind === kind) return type;
  if (kind === 'date' && type.kind === 'literal' && fits({ kind }, type.value)) return { kind };
  const isOfDates = type.kind === 'date' || kind === 'date';
  const words = SAY.CONDITION_TYPE_MISMATCH.wanted({ found: nameOf(type), wanted: NAMES[kind], isOfDates });
  vocabulary.report('CONDITION_TYPE_MISMATCH', spot, words);
  return undefined;
}
