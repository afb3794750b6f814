/** Conditions: from the short form of the language to the one rules read, and the check of every name and value in them. */
import type { Condition, FactValue, Scope } from '../model/plan.ts';
import { type Checking, checkName, suggest } from './checking.ts';
import type { Fact } from './language.ts';
import type { ConditionText, Value } from './words.ts';

export function compileCondition(text: ConditionText): Condition {
  const parts = Object.entries(text).map(([name, value]): Condition => {
    if (name === 'any') return { op: 'any', of: (value as readonly ConditionText[]).map(compileCondition) };
    if (name === 'not') return { op: 'not', of: compileCondition(value as ConditionText) };
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
}

/** Every comparison in a condition; `any` and `not` in the wrong shape are reported on the way. */
export function leavesOf(text: ConditionText, { places, report }: Pick<Checking, 'places' | 'report'>): readonly Leaf[] {
  const wrong = (key: string, want: string): Leaf[] => {
    report('WRONG_TYPE', places.of(text, key), { message: `'${key}' does not hold ${want}`, hint: `write ${want}` });
    return [];
  };
  return Object.entries(text).flatMap(([name, value]): readonly Leaf[] => {
    const list = Array.isArray(value) ? (value as readonly unknown[]) : undefined;
    if (name === 'any') {
      if (list === undefined || !list.every(isMap)) return wrong('any', 'a list of conditions');
      return list.flatMap((part) => leavesOf(part as ConditionText, { places, report }));
    }
    if (name === 'not') return isMap(value) ? leavesOf(value as ConditionText, { places, report }) : wrong('not', 'a condition');
    if (isMap(value) || list?.some(isMap)) return wrong(name, 'a value or a list of values');
    const values = (list ?? [value]) as readonly FactValue[];
    return [
      {
        name,
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
  text: ConditionText,
  { scope, read }: { scope: Scope; read: Set<string> },
): void {
  for (const { name, container, values } of leavesOf(text, checking)) {
    checkName(checking, { kind: 'facts', name, container, key: name, atKey: true });
    const fact = checking.definition.facts.get(name);
    if (fact === undefined) continue;
    read.add(name);
    if (fact.scope !== scope) reportFactScope(checking, { name, fact, scope, container });
    for (const { value, container: holder, key } of values)
      checkFactValue(checking, { name, fact, value, container: holder, key });
  }
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
