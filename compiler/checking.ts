/** What every check is given, and the questions all of them ask. */
import { findNearest } from '../model/nearest.ts';
import type { Scope } from '../model/plan.ts';
import { isAbove } from '../model/scope.ts';
import type { IssueCode } from './codes.ts';
import type { Definition } from './gather.ts';
import type { Report } from './issue.ts';
import type { Places } from './places.ts';

export interface Checking {
  readonly definition: Definition;
  readonly places: Places;
  readonly report: Report;
  /** Phases and actions whose dates or number were missing or wrong and have a stand-in: reported already, and not to be compared with anything. */
  readonly patched: WeakSet<object>;
}

const UNKNOWN = {
  roles: ['UNKNOWN_ROLE', 'role'],
  facts: ['UNKNOWN_FACT', 'fact'],
  ladders: ['UNKNOWN_LADDER', 'ladder'],
  lists: ['UNKNOWN_LIST', 'list'],
  parts: ['UNKNOWN_PART', 'part'],
  forms: ['UNKNOWN_FORM', 'form'],
  indicators: ['UNKNOWN_INDICATOR', 'indicator'],
  tasks: ['UNKNOWN_TASK', 'task'],
} as const;

/** Reports a name that nothing has. `container` and `key` are where it is written. */
export function checkName(
  { definition, places, report }: Checking,
  {
    kind,
    name,
    container,
    key,
    atKey,
  }: { kind: keyof typeof UNKNOWN; name: string; container: object; key: string | number; atKey?: true },
): void {
  const known = definition.names[kind];
  if (known.has(name)) return;
  const [code, word] = UNKNOWN[kind];
  report(code, atKey ? places.ofKey(container, key) : places.of(container, key), {
    message: `there is no ${word} '${name}'`,
    hint: suggest(name, [...known]),
  });
}

/** "did you mean", or what there is. */
export function suggest(word: string, known: readonly string[]): string {
  const near = findNearest(word, known);
  if (near !== undefined) return `did you mean '${near}'?`;
  if (known.length === 0) return 'none is defined';
  return `known: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', …' : ''}`;
}

export function reportUnknown(
  { places, report }: Checking,
  {
    code,
    word,
    name,
    known,
    container,
    key,
  }: { code: IssueCode; word: string; name: string; known: readonly string[]; container: object; key: string | number },
): void {
  report(code, places.of(container, key), { message: `there is no ${word} '${name}'`, hint: suggest(name, known) });
}

/** An instance sees its own scope and those above it. */
export function isVisibleFrom(scope: Scope, from: Scope): boolean {
  return scope === from || isAbove(scope, from);
}
