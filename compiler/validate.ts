/**
 * Checks a parsed file against a schema, reports every misfit at its place, and takes the misfits out, so that everything else can still be checked.
 * What is taken out is reported once: its consequences (a map that is now incomplete) are not.
 */
import type { z } from 'zod';
import { findNearest } from '../model/nearest.ts';
import type { IssueCode } from './codes.ts';
import type { Report } from './issue.ts';
import type { Places } from './places.ts';

type Key = string | number;
type Misfit = z.core.$ZodIssue;

interface Found {
  readonly container: object;
  readonly key: Key;
  readonly misfit: Misfit;
}

/** What stands in for a key that is missing or wrong, so that the rest of what it belongs to is still checked. Nothing is compiled from it. */
const STAND_INS: Readonly<Record<string, unknown>> = {
  basis: 'house',
  title: { zh: '…', en: '…' },
  zh: '…',
  en: '…',
  number: 1,
  starts: '2000-01-01',
  ends: '2000-01-01',
};

/** Stand-ins that checks must not compare with anything. */
const MEANT: ReadonlySet<Key> = new Set(['number', 'starts', 'ends']);

/** Misfits disappear from the outside in, so a handful of passes is plenty; the limit is against a mistake of ours. */
const MAX_PASSES = 80;

/**
 * Makes `root` fit `schema`, as far as taking things out can. Keys missing at the root itself stay missing. What a date or number
 * was made up for is added to `patched`.
 */
export function validate(
  schema: z.ZodType,
  root: object,
  { places, report, patched }: { places: Places; report: Report; patched: WeakSet<object> },
): void {
  const touched = new WeakSet<object>();
  const reportedMissing = new Set<string>();
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const result = schema.safeParse(root, { error: nameKnownKeys });
    if (result.success) return;
    const found = result.error.issues.flatMap(resolveUnion).map((misfit) => locate(root, misfit));
    const removals: { container: object; key: Key }[] = [];
    let isPatched = false;
    const parents = once(() => parentsIn(root));
    for (const { container, key, misfit } of found) {
      if (misfit.code === 'unrecognized_keys') {
        const map = member(container, key) as object;
        for (const unknown of misfit.keys) {
          reportUnknownKey(report, { places, map, unknown, known: misfit.message.split(' ') });
          removals.push({ container: map, key: unknown });
        }
      } else if (isMissing(container, key)) {
        const once = `${placeKey(places, container)} ${key}`;
        if (!touched.has(container) && !reportedMissing.has(once)) reportMissing(report, { places, container, key });
        reportedMissing.add(once);
        const parent = parents().get(container);
        if (parent === undefined) continue;
        if (key in STAND_INS) {
          (container as Record<Key, unknown>)[key] = STAND_INS[key];
          if (MEANT.has(key)) patched.add(container);
          isPatched = true;
        } else removals.push(parent);
      } else {
        const value = member(container, key);
        if (!(typeof value === 'object' && value !== null && touched.has(value))) {
          const place = misfit.code === 'invalid_key' ? places.ofKey(container, key) : places.of(container, key);
          report(codeOf(misfit), place, wordsOf(misfit, { key, value }));
        }
        removals.push({ container, key });
      }
    }
    if (!remove(removals, { places, touched, root }) && !isPatched) return;
  }
}

/** zod names the unknown keys only; the known ones travel in the message, for "did you mean". */
const nameKnownKeys: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== 'unrecognized_keys') return undefined;
  const shape = (issue.inst as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def?.shape;
  return shape === undefined ? '' : Object.keys(shape).join(' ');
};

/** Of a union's branches, the one the author most likely meant: of the right type, and with the fewest misfits, strange keys above all. */
function resolveUnion(misfit: Misfit): Misfit[] {
  if (misfit.code !== 'invalid_union' || misfit.errors.length === 0) return [misfit];
  const cost = (branch: readonly Misfit[]): number =>
    branch.reduce((sum, inner) => {
      if (inner.code === 'unrecognized_keys') return sum + 5 * inner.keys.length;
      // A rule about several keys of a map is broken only by what is that map.
      return sum + (inner.path.length === 0 && inner.code !== 'custom' ? 1000 : 1);
    }, 0);
  const [best] = [...misfit.errors].sort((a, b) => cost(a) - cost(b));
  if (best === undefined || cost(best) >= 1000) return [misfit];
  return best.flatMap((inner) => resolveUnion({ ...inner, path: [...misfit.path, ...inner.path] } as Misfit));
}

const member = (container: object, key: Key): unknown => (container as Record<Key, unknown>)[key];
const isMissing = (container: object, key: Key): boolean => key !== ROOT && !Object.hasOwn(container, key);
const ROOT = '';

/** The container and key a misfit is about. Of the root itself: a stand-in that holds it under an empty key. */
function locate(root: object, misfit: Misfit): Found {
  let container: object = { [ROOT]: root };
  let key: Key = ROOT;
  for (const step of misfit.path as Key[]) {
    const next = member(container, key);
    if (typeof next !== 'object' || next === null) break;
    container = next;
    key = step;
  }
  return { container, key, misfit };
}

/** Of every container below `root`, the one that holds it. */
function parentsIn(root: object): ReadonlyMap<object, { readonly container: object; readonly key: Key }> {
  const parents = new Map<object, { container: object; key: Key }>();
  const walk = (container: object): void => {
    for (const [key, value] of Object.entries(container)) {
      if (typeof value !== 'object' || value === null) continue;
      parents.set(value as object, { container, key: Array.isArray(container) ? Number(key) : key });
      walk(value as object);
    }
  };
  walk(root);
  return parents;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function remove(
  removals: readonly { container: object; key: Key }[],
  { places, touched, root }: { places: Places; touched: WeakSet<object>; root: object },
): boolean {
  const lists = new Map<unknown[], Set<number>>();
  let changed = false;
  for (const { container, key } of removals) {
    if (member(container, key) === root) continue;
    touched.add(container);
    changed = true;
    if (Array.isArray(container)) lists.set(container, (lists.get(container) ?? new Set()).add(Number(key)));
    else delete (container as Record<Key, unknown>)[key];
  }
  for (const [list, indexes] of lists) places.removeItems(list, indexes);
  return changed;
}

function reportUnknownKey(
  report: Report,
  { places, map, unknown, known }: { places: Places; map: object; unknown: string; known: readonly string[] },
): void {
  const near = findNearest(unknown, known);
  // Inside braces a comma ends a text, and what follows it is read as a key without a value.
  const isRestOfText = member(map, unknown) === null && /\s/.test(unknown);
  const meant = near === undefined ? `known here: ${known.join(', ')}` : `did you mean '${near}'?`;
  report('UNKNOWN_KEY', places.ofKey(map, unknown), {
    message: `'${unknown}' is not known here`,
    hint: isRestOfText ? 'put the text before it in quotes: inside braces a comma ends a text' : meant,
  });
}

function reportMissing(report: Report, { places, container, key }: { places: Places; container: object; key: Key }): void {
  if (key === 'basis') {
    report('BASIS_MISSING', places.of(container), {
      message: `task ${named(container)}does not say what it rests on`,
      hint: "add `basis`: the place in the document such as '六（三）4', `practice` or `house`",
    });
    return;
  }
  report('MISSING_KEY', places.of(container), { message: `${named(container)}lacks '${key}'`, hint: `add '${key}'` });
}

const placeKey = (places: Places, container: object): string => {
  const { line, column } = places.of(container);
  return `${line}:${column}`;
};

function named(container: object): string {
  const id = member(container, 'id');
  return typeof id === 'string' ? `'${id}' ` : '';
}

function codeOf(misfit: Misfit): IssueCode {
  switch (misfit.code) {
    case 'invalid_union':
      return isUnknownKind(misfit) ? 'VALUE_NOT_ALLOWED' : 'WRONG_TYPE';
    case 'invalid_value':
      return 'VALUE_NOT_ALLOWED';
    case 'invalid_format':
    case 'invalid_key':
      return 'MALFORMED';
    case 'too_big':
    case 'too_small':
    case 'not_multiple_of':
      return 'OUT_OF_RANGE';
    case 'custom':
      return misfit.params?.['code'] === 'CHOOSE_ONE' ? 'CHOOSE_ONE' : 'MALFORMED';
    case 'invalid_type':
    case 'invalid_element':
    case 'unrecognized_keys':
      return 'WRONG_TYPE';
  }
}

function wordsOf(misfit: Misfit, { key, value }: { key: Key; value: unknown }): { message: string; hint: string } {
  const shown = `${key === ROOT ? 'the file' : `'${key}'`} is ${describe(value)}`;
  switch (misfit.code) {
    case 'invalid_type':
      return { message: shown, hint: `write ${EXPECTED[misfit.expected] ?? misfit.expected}` };
    case 'invalid_value':
      return { message: shown, hint: allowedWords(value, misfit.values) };
    case 'invalid_union':
      return { message: shown, hint: isUnknownKind(misfit) ? allowedWords(value, misfit.options) : `write ${misfit.message}` };
    case 'too_big':
      return { message: shown, hint: `at most ${misfit.maximum}${UNIT[misfit.origin] ?? ''}` };
    case 'too_small':
      return {
        message: shown,
        hint: `${misfit.inclusive === false ? 'more than' : 'at least'} ${misfit.minimum}${UNIT[misfit.origin] ?? ''}`,
      };
    case 'invalid_key': {
      const [inner] = misfit.issues;
      return { message: `'${key}' cannot be a key here`, hint: `write ${inner?.message ?? 'another key'}` };
    }
    case 'custom':
      if (misfit.params?.['code'] === 'CHOOSE_ONE') {
        return {
          message: `${typeof key === 'number' ? `item ${key + 1}` : `'${key}'`} must have ${misfit.message}`,
          hint: 'keep the one that is meant',
        };
      }
      return { message: shown, hint: `write ${misfit.message}` };
    default:
      return { message: shown, hint: `write ${misfit.message}` };
  }
}

type UnknownKind = z.core.$ZodIssueInvalidUnion & { readonly options: readonly unknown[] };

/** The key that tells the members of a union apart has a value that none of them has. */
function isUnknownKind(misfit: z.core.$ZodIssueInvalidUnion): misfit is UnknownKind {
  return 'options' in misfit && Array.isArray(misfit.options);
}

function allowedWords(value: unknown, values: readonly unknown[]): string {
  const allowed = values.map(String);
  const near = typeof value === 'string' ? findNearest(value, allowed) : undefined;
  return `${near === undefined ? '' : `did you mean '${near}'? `}allowed: ${allowed.join(', ')}`;
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list (- …)',
  object: 'a map (key: value)',
  record: 'a map (key: value)',
};
const UNIT: Readonly<Record<string, string>> = { string: ' characters', array: ' items', record: ' members', map: ' members' };

function describe(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a map';
  return typeof value === 'string' ? `'${value.slice(0, 80)}'` : JSON.stringify(value);
}
