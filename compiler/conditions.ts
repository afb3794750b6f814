/** Conditions: from the two notations of the language to the one rules read, and the check of every name and value in them. */
import type { Condition, FactValue, Scope } from '../model/plan.ts';
import { readCel } from './cel.ts';
import { type Checking, meantBy } from './checking.ts';
import type { IssueCode } from './codes.ts';
import { type ConditionTree, conditionOf, costOf, join, type Spot, type ValueTree } from './condition-tree.ts';
import { checkTypes, faultOf, suggestName, type ValueType, type Vocabulary } from './condition-types.ts';
import type { Place, Related } from './issue.ts';
import type { Fact } from './language.ts';
import { SAY } from './messages.ts';
import type { Said, Words } from './said.ts';
import type { ConditionMap, ConditionText, Value } from './words.ts';
import { NOTES } from './messages/notes.ts';

/** What is asked on every change of a fact shall stay small, and nobody reads more. */
const MAX_COST = 200;

/** Of a text that has been checked. */
export function compileCondition(text: ConditionText): Condition {
  const reading = typeof text === 'string' ? readCel(text) : { tree: treeOfMap(text, NOWHERE) };
  if ('tree' in reading && reading.tree !== undefined) return conditionOf(reading.tree);
  throw new Error(`a condition was compiled before it was checked: ${JSON.stringify(text)}`);
}

export const compileOptional = (text: ConditionText | undefined): Condition | undefined =>
  text === undefined ? undefined : compileCondition(text);

/** Where a condition stands: a member of its task, review, outcome, count, field or rule. */
export interface ConditionSlot {
  readonly container: object;
  readonly key: string;
}

/** How what is found in one condition is told. */
export type ReportAt = (code: IssueCode, spot: Spot, words: Said, related?: readonly Related[]) => void;

/** What stands inside a text in CEL has no place of its own: it is said where the text begins, with the character. */
export function reporterOf({ places, report }: Pick<Checking, 'places' | 'report'>, { container, key }: ConditionSlot): ReportAt {
  return (code, spot, words, related) => {
    if ('place' in spot) report(code, spot.place, words, related);
    else report(code, places.of(container, key), atCharacter(spot.at, words), related);
  };
}

const atCharacter = (at: number, { message: { en, zh }, hint }: Said): Said => ({
  message: { en: `at character ${at} of the condition: ${en}`, zh: `条件第 ${at} 个字符处：${zh}` },
  hint,
});

/** The condition as it is written, or undefined when it cannot be read (and has been reported). */
export function readCondition(checking: Pick<Checking, 'places' | 'report'>, slot: ConditionSlot): ConditionTree | undefined {
  const text = (slot.container as Record<string, ConditionText>)[slot.key]!;
  const reportAt = reporterOf(checking, slot);
  const tree = typeof text === 'string' ? treeOfCel(text, reportAt) : treeOfMap(text, spotsIn(checking, reportAt));
  if (tree === undefined || costOf(tree) <= MAX_COST) return tree;
  checking.report(
    'CONDITION_TOO_COSTLY',
    checking.places.of(slot.container, slot.key),
    SAY.CONDITION_TOO_COSTLY.main({ cost: costOf(tree), most: MAX_COST }),
  );
  return undefined;
}

function treeOfCel(text: string, reportAt: ReportAt): ConditionTree | undefined {
  const reading = readCel(text);
  if ('tree' in reading) return reading.tree;
  reportAt('CONDITION_UNREADABLE', { at: reading.at }, reading.why);
  return undefined;
}

/** Where the parts of a map stand, and what becomes of those that are no condition. */
interface Spots {
  readonly key: (map: object, name: string) => Spot;
  readonly value: (container: object, key: string | number) => Spot;
  readonly wrong: (map: object, name: string, want: Words) => undefined;
}

/** For conditions that have been checked: nobody asks where their parts stand. */
const NOWHERE: Spots = { key: () => ({ at: 0 }), value: () => ({ at: 0 }), wrong: () => undefined };

function spotsIn({ places }: Pick<Checking, 'places'>, reportAt: ReportAt): Spots {
  const spot = (place: Place): Spot => ({ place });
  return {
    key: (map, name) => spot(places.ofKey(map, name)),
    value: (container, key) => spot(places.of(container, key)),
    wrong: (map, name, want) => {
      reportAt('WRONG_TYPE', spot(places.of(map, name)), SAY.WRONG_TYPE.condition({ name, want }));
      return undefined;
    },
  };
}

/** Undefined when nothing of it is a condition. */
function treeOfMap(map: ConditionMap, spots: Spots): ConditionTree | undefined {
  const parts = Object.entries(map).flatMap(([name, value]) => treeOfMember(map, { name, value, spots }) ?? []);
  if (parts.length < 2) return parts[0];
  return join('all', spots.key(map, Object.keys(map)[0]!), parts);
}

function treeOfMember(
  map: ConditionMap,
  { name, value, spots }: { name: string; value: ConditionMap[string]; spots: Spots },
): ConditionTree | undefined {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : undefined;
  const spot = spots.key(map, name);
  if (name === 'any') {
    if (list === undefined || !list.every(isMap)) return spots.wrong(map, name, { en: 'a list of conditions', zh: '条件的列表' });
    return join(
      'any',
      spot,
      list.flatMap((part) => treeOfMap(part as ConditionMap, spots) ?? []),
    );
  }
  if (name === 'not') {
    if (!isMap(value)) return spots.wrong(map, name, { en: 'a condition', zh: '一个条件' });
    const of = treeOfMap(value as ConditionMap, spots);
    return of && { op: 'not', spot, of };
  }
  if (isMap(value) || list?.some(isMap))
    return spots.wrong(map, name, { en: 'a value or a list of values', zh: '一个值或值的列表' });
  const values = ((list ?? [value]) as readonly Value[]).map(
    (one, index): ValueTree => ({
      op: 'value',
      value: one,
      spot: list === undefined ? spots.value(map, name) : spots.value(list, index),
    }),
  );
  return { op: 'is', spot, name, values };
}

const isMap = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A condition on the facts of one scope. Facts read are added to `read`. */
export function checkCondition(
  checking: Checking,
  slot: ConditionSlot,
  { scope, read }: { scope: Scope; read: Set<string> },
): void {
  const tree = readCondition(checking, slot);
  if (tree === undefined) return;
  const report = reporterOf(checking, slot);
  const { definition } = checking;
  checkTypes(tree, {
    report,
    typeOf(name, spot) {
      const fact = definition.facts.get(name);
      if (fact === undefined) {
        // A fact that was defined wrongly has been reported, and is still a fact.
        if (!definition.names.facts.has(name))
          report(
            'UNKNOWN_FACT',
            spot,
            SAY.UNKNOWN_FACT.main({ name, near: suggestName(name, [...definition.names.facts.keys()]) }),
            meantBy(name, definition.names.facts),
          );
        return undefined;
      }
      read.add(name);
      if (fact.scope !== scope)
        report('SCOPE_MISMATCH', spot, SAY.SCOPE_MISMATCH.fact({ fact: name, factScope: fact.scope, scope }));
      return typeOfFact(fact);
    },
    typeOfFigure({ table }, spot) {
      report('CONDITION_TYPE_MISMATCH', spot, SAY.CONDITION_TYPE_MISMATCH.factTable({ table }));
      return undefined;
    },
  } satisfies Vocabulary);
}

/** What a fact may be, to conditions. */
export function typeOfFact({ choices, type }: Fact): ValueType {
  return choices === undefined ? { kind: type! } : { kind: 'choice', members: choices };
}

export function reportFactScope(
  { places, report }: Checking,
  { name, fact, scope, container }: { name: string; fact: Fact; scope: Scope; container: object },
): void {
  report('SCOPE_MISMATCH', places.ofKey(container, name), SAY.SCOPE_MISMATCH.fact({ fact: name, factScope: fact.scope, scope }), [
    { ...places.of(fact, 'scope'), note: NOTES.scope },
  ]);
}

/** Null stands for "not known yet" and fits every fact. */
export function checkFactValue(
  { places, report }: Checking,
  { name, fact, value, container, key }: { name: string; fact: Fact; value: FactValue; container: object; key: string | number },
): void {
  const fault = faultOf(name, typeOfFact(fact), value);
  if (fault !== undefined) report('FACT_VALUE_UNKNOWN', places.of(container, key), fault);
}
