/** Conditions: from the short form of the language to the one rules read, and the check of every name and value in them. */
import type { Condition, FactValue, Scope } from '../model/plan.ts';
import { type Checking, checkName, suggest } from './checking.ts';
import type { Fact } from './language.ts';
import { readCel } from './cel.ts';
import type { ConditionMap, ConditionText, Value } from './words.ts';

/** Of a text that has been checked. */
export function compileCondition(text: ConditionText): Condition {
  if (typeof text !== 'string') return compileMap(text);
  const reading = readCel(text);
  if ('condition' in reading) return reading.condition;
  throw new Error(`a condition was compiled before it was checked: ${text}`);
}

export const compileOptional = (text: ConditionText | undefined): Condition | undefined =>
  text === undefined ? undefined : compileCondition(text);

function compileMap(map: ConditionMap): Condition {
  const parts = Object.entries(map).map(([name, value]): Condition => {
    if (name === 'any') return { op: 'any', of: (value as readonly ConditionMap[]).map(compileMap) };
    if (name === 'not') return { op: 'not', of: compileMap(value as ConditionMap) };
    return { op: 'is', fact: name, in: asList(value as Value | readonly Value[]) };
  });
  return parts.length === 1 ? parts[0]! : { op: 'all', of: parts };
}

const asList = (value: Value | readonly Value[]): readonly FactValue[] => (Array.isArray(value) ? value : [value as Value]);

interface Leaf {
  readonly name: string;
  /** The map the name is a key of. */
  readonly container: object;
  readonly values: readonly { readonly value: FactValue; readonly container: object; readonly key: string | number }[];
  /** Which is more, not which is the same. */
  readonly ordered: boolean;
}

/** Where a condition stands: a member of its task, review, outcome, count or field. */
export interface ConditionSlot {
  readonly container: object;
  readonly key: string;
}

/** Every comparison in a condition; what cannot be read is reported on the way. */
export function leavesOf({ container, key }: ConditionSlot, checking: Pick<Checking, 'places' | 'report'>): readonly Leaf[] {
  const text = (container as Record<string, ConditionText>)[key]!;
  return typeof text === 'string' ? leavesOfCel(text, { container, key }, checking) : leavesOfMap(text, checking);
}

/** What stands inside a text has no places of its own: everything about it is said where it begins. */
function leavesOfCel(
  text: string,
  { container, key }: ConditionSlot,
  { places, report }: Pick<Checking, 'places' | 'report'>,
): readonly Leaf[] {
  const place = places.of(container, key);
  const reading = readCel(text);
  if (!('leaves' in reading)) {
    report('CONDITION_UNREADABLE', place, {
      message: `at character ${reading.at} of the condition: ${reading.message}`,
      hint: reading.hint,
    });
    return [];
  }
  return reading.leaves.map(({ name, values, ordered }) => {
    const map = { [name]: values };
    places.register(map, place);
    return { name, ordered, container: map, values: values.map((value) => ({ value, container: map, key: name })) };
  });
}

function leavesOfMap(text: ConditionMap, { places, report }: Pick<Checking, 'places' | 'report'>): readonly Leaf[] {
  const wrong = (key: string, want: string): Leaf[] => {
    report('WRONG_TYPE', places.of(text, key), { message: `'${key}' does not hold ${want}`, hint: `write ${want}` });
    return [];
  };
  return Object.entries(text).flatMap(([name, value]): readonly Leaf[] => {
    const list = Array.isArray(value) ? (value as readonly unknown[]) : undefined;
    if (name === 'any') {
      if (list === undefined || !list.every(isMap)) return wrong('any', 'a list of conditions');
      return list.flatMap((part) => leavesOfMap(part as ConditionMap, { places, report }));
    }
    if (name === 'not')
      return isMap(value) ? leavesOfMap(value as ConditionMap, { places, report }) : wrong('not', 'a condition');
    if (isMap(value) || list?.some(isMap)) return wrong(name, 'a value or a list of values');
    const values = (list ?? [value]) as readonly FactValue[];
    return [
      {
        name,
        ordered: false,
        container: text,
        values: values.map((one, index) => ({
          value: one,
          container: list === undefined ? text : (value as object),
          key: list === undefined ? name : index,
        })),
      },
    ];
  });
}

const isMap = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A condition on the facts of one scope. Facts read are added to `read`. */
export function checkCondition(
  checking: Checking,
  slot: ConditionSlot,
  { scope, read }: { scope: Scope; read: Set<string> },
): void {
  for (const { name, container, values, ordered } of leavesOf(slot, checking)) {
    checkName(checking, { kind: 'facts', name, container, key: name, atKey: true });
    const fact = checking.definition.facts.get(name);
    if (fact === undefined) continue;
    read.add(name);
    if (fact.scope !== scope) reportFactScope(checking, { name, fact, scope, container });
    if (ordered && fact.type !== 'number' && fact.type !== 'date') {
      reportUnordered(checking, { name, container });
      continue;
    }
    for (const { value, container: holder, key } of values)
      checkFactValue(checking, { name, fact, value, container: holder, key });
  }
}

export function reportUnordered({ places, report }: Checking, { name, container }: { name: string; container: object }): void {
  report('CONDITION_UNREADABLE', places.ofKey(container, name), {
    message: `'${name}' is neither a number nor a date, and has no order`,
    hint: "compare it with == and !=, or with 'in' and a list",
  });
}

export function reportFactScope(
  { places, report }: Checking,
  { name, fact, scope, container }: { name: string; fact: Fact; scope: Scope; container: object },
): void {
  report('SCOPE_MISMATCH', places.ofKey(container, name), {
    message: `fact '${name}' belongs to the ${fact.scope}, and this is about the ${scope}`,
    hint: `use a fact of scope ${scope}`,
  });
}

/** Null stands for "not known yet" and fits every fact. */
export function checkFactValue(
  { places, report }: Checking,
  { name, fact, value, container, key }: { name: string; fact: Fact; value: FactValue; container: object; key: string | number },
): void {
  if (value === null) return;
  if (fact.choices !== undefined) {
    if (typeof value === 'string' && fact.choices.includes(value)) return;
    report('FACT_VALUE_UNKNOWN', places.of(container, key), {
      message: `'${name}' is never '${String(value)}'`,
      hint: suggest(String(value), fact.choices),
    });
    return;
  }
  const fits = { number: 'number', boolean: 'boolean', date: 'string', person: 'string' } as const;
  if (typeof value !== fits[fact.type!]) {
    report('FACT_VALUE_UNKNOWN', places.of(container, key), {
      message: `'${name}' is a ${fact.type} and never '${String(value)}'`,
      hint: `compare it with a ${fact.type}`,
    });
  }
}
