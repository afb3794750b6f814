/** Answers as a checked form keeps them: plain JSON, every asked field present, null where it was left blank. */
import type { Cell } from '../model/form.ts';
import type { FactValue } from '../model/plan.ts';

/** A choice that takes free text is its id, or the id and the words. */
export type Answer = FactValue | { readonly choice: string; readonly text: string } | Signature | Correction | readonly string[];

/** Who signed beside the author, and when. */
export interface Signature {
  readonly person: string;
  readonly on: string;
}

/** What the register said, what is right, and how that is known. */
export interface Correction {
  readonly was: FactValue;
  readonly corrected: FactValue;
  readonly why: string;
}

export type Row = Readonly<Record<string, Answer>>;
/** A repeating table is a list of rows; a table with fixed rows is keyed by their ids. */
export type Answers = Readonly<Record<string, Answer | readonly Row[] | Readonly<Record<string, Row>>>>;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of the object itself: a field named `constructor` that was not answered is undefined, not a function. */
export function ownMember<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Left blank, in any of the ways a page or a script may say so. */
export function isBlank(given: unknown): boolean {
  if (given === undefined || given === null) return true;
  if (typeof given === 'string') return given.trim() === '';
  return Array.isArray(given) && given.length === 0;
}

/** As `isBlank`; of a signature also while each of its two parts is. */
export function isUnanswered({ type }: Pick<Cell, 'type'>, given: unknown): boolean {
  return isBlank(given) || (type === 'signature' && isRecord(given) && Object.values(given).every(isBlank));
}
