/** The smallest parts of the language: ids, dates, titles, conditions. */
import { z } from 'zod';
import { epochDay } from '../model/day-table.ts';

/**
 * What every plain object of JavaScript has from birth, as far as it is written as a name is. Ids become keys of plain objects: in plans, in snapshots, in
 * the JSON that goes through Temporal and Postgres. Under one of these something is found where nothing was put.
 */
const NOT_INBORN = /^(?!(?:constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|toLocaleString|toString|valueOf)$)/;
const another = { error: 'another word: every object of JavaScript has something of this name' };

/** Of roles, tasks, phases and everything else that is named in text files: parts of lower-case letters and digits, joined by hyphens. */
export const Id = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, { error: "an id: lower-case letters, digits and hyphens, such as 'aid-list'" })
  .regex(/^(?!constructor$)/, another)
  .max(60);
export type Id = z.infer<typeof Id>;

/** Of facts, fields and columns: as an id, and also in camel case, because the register's own field names are. */
export const Name = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/, { error: "a name: letters, digits and hyphens, such as 'fileLevel'" })
  .regex(NOT_INBORN, another)
  .max(60);
export type Name = z.infer<typeof Name>;

export const DateText = z
  .string()
  .refine((text) => epochDay(text) !== undefined, { error: 'a date that exists, written YYYY-MM-DD' });
export type DateText = z.infer<typeof DateText>;

/** Control characters, ends of lines, and marks that turn the direction of what follows: a title with one of them is not what it looks like. */
export const NOT_SHOWN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

const TitleText = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text.search(NOT_SHOWN) < 0, { error: 'one line, without control characters and marks of direction' });

export const Title = z.strictObject({ zh: TitleText, en: TitleText });
export type Title = z.infer<typeof Title>;

export const Scope = z.enum(['campaign', 'union', 'household']);
export type Scope = z.infer<typeof Scope>;

export const Value = z.union([z.string().max(60), z.number(), z.boolean(), z.null()], {
  error: 'a word, a number, true, false or null',
});
export type Value = z.infer<typeof Value>;

/** No part of it begins with a digit, so that `${year-1}` is a year less one and nothing else. */
export const ParameterName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*(-[a-z][A-Za-z0-9]*)*$/, { error: "a name whose parts begin with a letter, such as 'office-name'" })
  .regex(NOT_INBORN, another)
  .max(60);

export const ParameterValue = z.union([z.string().min(1).max(100), z.number(), z.boolean()], {
  error: 'a text of at most 100 characters, a number, true or false',
});
export type ParameterValue = z.infer<typeof ParameterValue>;

/** All of its members must hold; a list means any of its values. `any` and `not` hold further conditions. */
export interface ConditionMap {
  readonly [fact: string]: Value | readonly Value[] | ConditionMap | readonly ConditionMap[];
}
const ConditionValue: z.ZodType<ConditionMap[string]> = z.lazy(() =>
  z.union([Value, z.array(Value).min(1).max(50), ConditionMap, z.array(ConditionMap).min(1).max(20)], {
    error: 'a value, a list of values, or (after `any` and `not`) further conditions',
  }),
);
const ConditionMap: z.ZodType<ConditionMap> = z
  .record(Name, ConditionValue)
  .refine((condition) => Object.keys(condition).length > 0, { error: 'at least one comparison, such as { class: deep }' });

/** As a map, or in CEL (compiler/cel.ts). */
export const ConditionText = z.union([z.string().min(1).max(1000), ConditionMap], {
  error: 'a condition: { class: deep }, or in CEL, such as "class == \'deep\'"',
});
export type ConditionText = z.infer<typeof ConditionText>;

/** Exactly one of these groups of keys, all of it, and no key of the others. */
export function chooseOne<T extends object>(schema: z.ZodType<T>, ...keys: (readonly (keyof T & string)[])[]) {
  const names = keys.map((group) => group.join(' + ')).join(' or ');
  const isOne = (value: T): boolean => {
    const begun = keys.filter((group) => group.some((key) => value[key] !== undefined));
    return begun.length === 1 && begun[0]!.every((key) => value[key] !== undefined);
  };
  return schema.refine(isOne, {
    error: `exactly one of ${names}`,
    params: { code: 'CHOOSE_ONE', groups: keys.map((group) => group.join(' + ')) },
    abort: true,
  });
}
