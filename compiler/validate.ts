/**
 * Checks a parsed file against a schema, reports every misfit at its place, and takes the misfits out, so that everything else can still be checked.
 * What is taken out is reported once: its consequences (a map that is now incomplete) are not.
 */
import type { z } from 'zod';
import { findNearest } from '../model/nearest.ts';
import type { IssueCode } from './codes.ts';
import type { Report } from './issue.ts';
import { didYouMean } from './checking.ts';
import { expectedWords, oneOf } from './expected.ts';
import { mend } from './mend.ts';
import { SAY } from './messages.ts';
import { type Found, isMissing, type Key, locate, member, type Misfit, parentsIn, reportMissing, ROOT } from './misfits.ts';
import type { Places } from './places.ts';
import { bracketIn, type Mark, markIn } from './punctuation.ts';
import { plain, type Said, type Words } from './said.ts';
import { sayOfMark } from './syntax.ts';
import { NOT_SHOWN } from './words.ts';

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
/** Of one file and kind: nobody is told of more. */
const MOST_TOLD = 1000;
/** Of these, the first so many may put things where they were meant to be. */
const MOST_MENDED = 40;

interface Validating {
  readonly places: Places;
  readonly report: Report;
  /** Told what a date or number was made up for, and lists that something was taken out of. */
  readonly patched: WeakSet<object>;
  /** Told the keys that nothing knows where they stand, and what was read out of one: whoever refers to these means what was told already. */
  readonly stray?: Set<string>;
}

/**
 * Makes `root` fit `schema`, as far as taking things out can. Keys missing at the root itself stay missing. What a date or number
 * was made up for is added to `patched`.
 */
export function validate(schema: z.ZodType, root: object, { places, report, patched, stray = new Set() }: Validating): void {
  const touched = new WeakSet<object>();
  const reportedMissing = new Set<string>();
  let strays = 0;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const result = schema.safeParse(root, { error: nameKnownKeys });
    if (result.success) return;
    const found = withoutSizesOfOthers(result.error.issues.flatMap(resolveUnion).map((misfit) => locate(root, misfit)));
    const removals: { container: object; key: Key }[] = [];
    let isPatched = false;
    const parents = once(() => parentsIn(root));
    if (pass < MOST_MENDED && mend(found, { places, report, parents, stray, say: saidOf })) continue;
    for (const { container, key, misfit } of found) {
      if (misfit.code === 'unrecognized_keys') {
        const map = member(container, key) as object;
        for (const unknown of misfit.keys) {
          stray.add(unknown);
          if (strays < MOST_TOLD) reportUnknownKey(report, { places, map, unknown, known: misfit.message.split(' ') });
          strays += 1;
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
          const mark = typeof value === 'string' ? wrongMarkIn(value, codeOf(misfit)) : undefined;
          if (mark !== undefined) report('PUNCTUATION', places.within(container, key, mark.at), sayOfMark(mark));
          else report(codeOf(misfit), place, saidOf(misfit, { key, value }));
        }
        removals.push({ container, key });
      }
    }
    if (!remove(removals, { places, touched, root, patched }) && !isPatched) return;
  }
}

/** Full-width, and all that is wrong as far as can be seen. */
function wrongMarkIn(value: string, code: IssueCode): Mark | undefined {
  if (code === 'WRONG_TYPE') return bracketIn(value);
  return code === 'MALFORMED' || code === 'VALUE_NOT_ALLOWED' ? markIn(value) : undefined;
}

/** What is of another type is not too long or too short as well. */
function withoutSizesOfOthers(found: readonly Found[]): readonly Found[] {
  const mistyped = found.filter(({ misfit }) => misfit.code === 'invalid_type');
  const isMistyped = ({ container, key }: Found): boolean =>
    mistyped.some((other) => other.container === container && other.key === key);
  return found.filter((one) => !['too_big', 'too_small'].includes(one.misfit.code) || !isMistyped(one));
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

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function remove(
  removals: readonly { container: object; key: Key }[],
  { places, touched, root, patched }: { places: Places; touched: WeakSet<object>; root: object; patched: WeakSet<object> },
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
  for (const [list, indexes] of lists) {
    places.removeItems(list, indexes);
    patched.add(list);
  }
  return changed;
}

function reportUnknownKey(
  report: Report,
  { places, map, unknown, known }: { places: Places; map: object; unknown: string; known: readonly string[] },
): void {
  const near = findNearest(unknown, known);
  // Inside braces a comma ends a text, and what follows it is read as a key without a value.
  const isRestOfText = member(map, unknown) === null && /\s/.test(unknown);
  const meant =
    near === undefined ? { en: `known here: ${known.join(', ')}`, zh: `此处可用：${known.join('、')}` } : didYouMean(near);
  const words = isRestOfText ? SAY.UNKNOWN_KEY.restOfText({ key: unknown }) : SAY.UNKNOWN_KEY.main({ key: unknown, near: meant });
  report('UNKNOWN_KEY', places.ofKey(map, unknown), words);
}

const placeKey = (places: Places, container: object): string => {
  const { line, column } = places.of(container);
  return `${line}:${column}`;
};

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

function saidOf(misfit: Misfit, { key, value }: { key: Key; value: unknown }): Said {
  const is = describe(value);
  const shown: Words =
    key === ROOT
      ? { en: `the file is ${is.en}`, zh: `文件是${is.zh}` }
      : { en: `'${key}' is ${is.en}`, zh: `“${key}”是${is.zh}` };
  const found = (wanted: Words): Said => SAY.WRONG_TYPE.found({ shown, wanted });
  switch (misfit.code) {
    case 'invalid_type':
      return found(write(EXPECTED[misfit.expected] ?? plain(misfit.expected)));
    case 'invalid_value':
      return found(allowedWords(value, misfit.values));
    case 'invalid_union':
      return found(isUnknownKind(misfit) ? allowedWords(value, misfit.options) : write(expectedWords(misfit.message)));
    case 'too_big':
      return found(bound('at most', '至多', { limit: misfit.maximum, of: misfit.origin }));
    case 'too_small': {
      const { minimum: limit, origin: of } = misfit;
      return found(
        misfit.inclusive === false ? bound('more than', '须大于', { limit, of }) : bound('at least', '至少', { limit, of }),
      );
    }
    case 'invalid_key': {
      const wanted = misfit.issues[0]?.message;
      const another: Words = { en: 'another key', zh: '别的键' };
      const said: Words = { en: `'${key}' cannot be a key here`, zh: `“${key}”在此处不能作键` };
      return SAY.MALFORMED.found({ shown: said, wanted: write(wanted === undefined ? another : expectedWords(wanted)) });
    }
    case 'custom': {
      const groups: unknown = misfit.params?.['groups'];
      if (misfit.params?.['code'] !== 'CHOOSE_ONE') return found(write(expectedWords(misfit.message)));
      return SAY.CHOOSE_ONE.main({
        item: typeof key === 'number' ? { en: `item ${key + 1}`, zh: `第 ${key + 1} 项` } : { en: `'${key}'`, zh: `“${key}”` },
        wanted: Array.isArray(groups) ? oneOf(groups as readonly string[]) : expectedWords(misfit.message),
      });
    }
    default:
      return found(write(expectedWords(misfit.message)));
  }
}

const write = ({ en, zh }: Words): Words => ({ en: `write ${en}`, zh: `写成${zh}` });

function bound(en: string, zh: string, { limit, of }: { limit: number | bigint; of: string }): Words {
  const unit = UNIT[of] ?? plain('');
  return { en: `${en} ${limit}${unit.en}`, zh: `${zh} ${limit}${unit.zh}` };
}

type UnknownKind = z.core.$ZodIssueInvalidUnion & { readonly options: readonly unknown[] };

/** The key that tells the members of a union apart has a value that none of them has. */
function isUnknownKind(misfit: z.core.$ZodIssueInvalidUnion): misfit is UnknownKind {
  return 'options' in misfit && Array.isArray(misfit.options);
}

function allowedWords(value: unknown, values: readonly unknown[]): Words {
  const allowed = values.map(String);
  const near = typeof value === 'string' ? findNearest(value, allowed) : undefined;
  const meant = near === undefined ? plain('') : didYouMean(near);
  return {
    en: `${meant.en === '' ? '' : `${meant.en} `}allowed: ${allowed.join(', ')}`,
    zh: `${meant.zh}可用：${allowed.join('、')}`,
  };
}

const EXPECTED: Readonly<Record<string, Words>> = {
  string: { en: 'text', zh: '文字' },
  number: { en: 'a number', zh: '数值' },
  int: { en: 'a whole number', zh: '整数' },
  boolean: { en: 'true or false', zh: 'true 或 false' },
  array: { en: 'a list (- …)', zh: '列表（- …）' },
  object: { en: 'a map (key: value)', zh: '映射（键: 值）' },
  record: { en: 'a map (key: value)', zh: '映射（键: 值）' },
};
const UNIT: Readonly<Record<string, Words>> = {
  string: { en: ' characters', zh: ' 个字符' },
  array: { en: ' items', zh: ' 项' },
  record: { en: ' members', zh: ' 个成员' },
  map: { en: ' members', zh: ' 个成员' },
};

function describe(value: unknown): Words {
  if (value === null || value === undefined) return { en: 'empty', zh: '空的' };
  if (Array.isArray(value)) return { en: `a list of ${value.length}`, zh: ` ${value.length} 项的列表` };
  if (typeof value === 'object') return { en: 'a map', zh: '映射' };
  if (typeof value !== 'string') return plain(` ${JSON.stringify(value)}`.trimStart());
  // What cannot be seen is named, and shall not turn the words around it.
  const shown = value.slice(0, 80).replace(NOT_SHOWN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return { en: `'${shown}'`, zh: `“${shown}”` };
}
