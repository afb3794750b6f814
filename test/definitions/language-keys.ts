/** The keys of the language, as the schemas have them, and which of them a parsed text uses. */
import { z } from 'zod';
import { CalendarFile } from '../../compiler/calendar.ts';
import * as cases from '../../compiler/case-language.ts';
import * as forms from '../../compiler/form-language.ts';
import * as language from '../../compiler/language.ts';
import * as time from '../../compiler/time-language.ts';
import { Title } from '../../compiler/words.ts';

type Schema = z.core.$ZodType;

const inside = (schema: Schema): z.core.$ZodTypes['_zod']['def'] => (schema as z.core.$ZodTypes)._zod.def;

/** Schemas that have a name of their own, in whatever place they are used. */
const NAMES = new Map<Schema, string>(
  Object.entries<unknown>({ ...language, ...forms, ...time, ...cases, Title, CalendarFile }).flatMap(([name, schema]) =>
    schema instanceof z.ZodType ? [[schema, name] as const] : [],
  ),
);

/** Every schema of a map with fixed keys that has a name, and its keys. */
export const MAPS: ReadonlyMap<string, readonly string[]> = new Map(
  [...NAMES].flatMap(([schema, name]) => {
    const def = inside(schema);
    return def.type === 'object' ? [[name, Object.keys(def.shape)] as const] : [];
  }),
);

/** The schemas directly within one, and how its name continues theirs. */
function partsOf(schema: Schema, name: string): readonly (readonly [Schema, string])[] {
  const def = inside(schema);
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).map(([key, member]) => [member, `${name}.${key}`] as const);
    case 'optional':
      return [[def.innerType, name]];
    case 'array':
      return [[def.element, name]];
    case 'record':
      return [[def.valueType, name]];
    case 'union':
      return def.options.map((option) => [option, name] as const);
    default:
      return [];
  }
}

const nameOf = (schema: Schema, name: string): string => NAMES.get(schema) ?? name;

/** Of a choice between words, and of yes and no. Which days a week has is not the language's own. */
const wordsOf = (schema: Schema): readonly unknown[] => {
  const def = inside(schema);
  if (def.type === 'literal') return def.values;
  if (def.type === 'boolean') return [true, false];
  return def.type === 'enum' && !Object.hasOwn(def.entries, 'sunday') ? Object.values(def.entries) : [];
};

/** `Task.due` and so on: each key once for each schema that has it; and `Task.atEnd: close`, each word, `true` and `false` that a key may have. */
export function allKeys(): ReadonlySet<string> {
  const keys = new Set<string>();
  const seen = new Set<Schema>();
  const walk = (schema: Schema, outer: string): void => {
    if (seen.has(schema)) return;
    seen.add(schema);
    const name = nameOf(schema, outer);
    const def = inside(schema);
    if (def.type === 'object') for (const key of Object.keys(def.shape)) keys.add(`${name}.${key}`);
    for (const word of wordsOf(schema)) keys.add(`${name}: ${String(word)}`);
    for (const [part, partName] of partsOf(schema, name)) walk(part, partName);
  };
  walk(language.MainFile, 'MainFile');
  walk(CalendarFile, 'CalendarFile');
  return keys;
}

/** Of the same keys, those that a value uses where a schema takes it. What a version of a definition leaves out is not missed. */
export function keysUsed(value: unknown, schema: z.ZodType): ReadonlySet<string> {
  const keys = new Set<string>();
  const walk = (part: unknown, of: Schema, outer: string): void => {
    const name = nameOf(of, outer);
    const def = inside(of);
    if (wordsOf(of).includes(part)) keys.add(`${name}: ${String(part)}`);
    if (def.type === 'optional') walk(part, def.innerType, name);
    if (def.type === 'array' && Array.isArray(part)) for (const item of part) walk(item, def.element, name);
    if (typeof part !== 'object' || part === null || Array.isArray(part)) {
      if (def.type === 'union') for (const option of def.options) walk(part, option, name);
      return;
    }
    if (def.type === 'union') for (const option of def.options) if (fits(part, option)) walk(part, option, name);
    if (def.type === 'record') for (const member of Object.values(part)) walk(member, def.valueType, name);
    if (def.type !== 'object') return;
    for (const [key, member] of Object.entries(part)) {
      const memberSchema = def.shape[key];
      if (memberSchema === undefined) continue;
      keys.add(`${name}.${key}`);
      walk(member, memberSchema, `${name}.${key}`);
    }
  };
  walk(value, schema, '');
  return keys;
}

/** Whether a map may be of this kind: by its keys, and by the one that tells fields from tables. */
function fits(part: object, option: Schema): boolean {
  const def = inside(option);
  if (def.type === 'union') return def.options.some((each) => fits(part, each));
  if (def.type !== 'object') return def.type === 'record';
  const members = new Map(Object.entries(def.shape));
  return Object.entries(part).every(([key, value]) => {
    const member = members.get(key);
    if (member === undefined) return key === 'remove';
    const { type } = inside(member);
    return (type !== 'literal' && type !== 'enum') || z.safeParse(member, value).success;
  });
}
