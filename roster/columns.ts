/** Columns: a heading, what its cells must say, and how a value is written back. */
import { checkIdNumber } from '../model/id-number.ts';
import { parsePhone } from '../model/phone.ts';
import type { DateText } from '../model/plan.ts';
import { cleanText, isUnprintable, parseDay, parseMonth } from './cell-text.ts';
import { ROSTER_LIMITS } from './limits.ts';
import type { Complaint } from './roster-issue.ts';

export type CellFault = Omit<Complaint, 'column'>;
export type Parsed<T> = { readonly value: T } | CellFault;

export interface Column<T> {
  readonly heading: string;
  /** What a blank cell means; absent when it may not be blank. */
  readonly blank?: T;
  /** Of a cell that is not blank, cleaned. */
  readonly parse: (text: string, scope: { readonly asOf: DateText }) => Parsed<T>;
  /** A method, not a member: a sheet's columns, each of its own type, are handled together. */
  format(value: T): string;
  /** The texts to choose from, for a drop-down. */
  readonly members?: readonly string[];
}

const asIs = (text: string): string => text;

export function wordsColumn(heading: string): Column<string> {
  return { heading, parse: (text) => ({ value: text }), format: asIs };
}

/** The same column, where a blank cell is taken for an empty text. */
export function optional(column: Column<string>): Column<string> {
  return { ...column, blank: '' };
}

const ID = /^[a-z0-9][a-z0-9-]{0,39}$/;

export function idColumn(heading: string): Column<string> {
  const hint = 'use 1 to 40 small letters, digits and hyphens, beginning with a letter or digit';
  const parse = (text: string): Parsed<string> =>
    ID.test(text) ? { value: text } : { code: 'BAD_ID', message: `'${heading}' is no id`, hint };
  return { heading, parse, format: asIs };
}

/** A union's id; the federation itself, where it is meant, by its own name. */
export function unionColumn(heading: string, federation?: { readonly name: string; readonly id: string }): Column<string> {
  const byId = idColumn(heading);
  return {
    heading,
    parse: (text, scope) => (text === federation?.name ? { value: federation.id } : byId.parse(text, scope)),
    format: (id) => (federation !== undefined && id === federation.id ? federation.name : id),
  };
}

/** `members` by id, each with the word the register uses; either is read, the word is written. */
export function choiceColumn<T extends string>(heading: string, members: Readonly<Record<T, string>>): Column<T> {
  const entries = Object.entries(members) as [T, string][];
  const words = entries.map(([, word]) => word);
  return {
    heading,
    members: words,
    parse: (text) => {
      const found = entries.find(([id, word]) => text === word || text.toLowerCase() === id);
      if (found !== undefined) return { value: found[0] };
      return { code: 'BAD_CHOICE', message: `'${heading}' is none of the choices`, hint: `choose one of ${words.join(', ')}` };
    },
    format: (value) => members[value],
  };
}

export function dateColumn(heading: string): Column<DateText> {
  const parse = (text: string, { asOf }: { asOf: DateText }): Parsed<DateText> =>
    notFuture(heading, { date: parseDay(text), asOf, example: '2020-03-05' });
  return { heading, parse, format: asIs };
}

export function monthColumn(heading: string): Column<string> {
  const parse = (text: string, { asOf }: { asOf: DateText }): Parsed<string> =>
    notFuture(heading, { date: parseMonth(text), asOf: asOf.slice(0, 7), example: '1968-04' });
  return { heading, parse, format: asIs };
}

function notFuture(
  heading: string,
  { date, asOf, example }: { date: string | undefined; asOf: string; example: string },
): Parsed<string> {
  if (date === undefined)
    return {
      code: 'NO_SUCH_DATE',
      message: `'${heading}' is no real date`,
      hint: `write it as ${example}, as text or as a date`,
    };
  if (date > asOf)
    return { code: 'DATE_IN_FUTURE', message: `'${heading}' lies in the future`, hint: `give a date no later than ${asOf}` };
  return { value: date };
}

export function phoneColumn(heading: string): Column<string> {
  const parse = (text: string): Parsed<string> => {
    const value = parsePhone(text);
    if (value !== undefined) return { value };
    const hint =
      'write eleven digits that begin with 1, or area code and number such as 0913-2000000, in a cell formatted as text';
    return { code: 'NO_PHONE_NUMBER', message: `'${heading}' is no telephone number`, hint };
  };
  return { heading, parse, format: asIs };
}

export function idNumberColumn(heading: string): Column<string> {
  return {
    heading,
    parse: (text, { asOf }) => {
      const value = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
      const fault = checkIdNumber(value, { asOf });
      if (fault === undefined) return { value };
      const hint =
        'copy all 18 characters from the card into a cell formatted as text; a cell formatted as a number loses the last digits';
      return { code: 'NO_ID_NUMBER', message: `'${heading}' is no identity number: ${fault}`, hint };
    },
    format: asIs,
  };
}

/** Reads one cell: what every column has in common, then what is its own. */
export function parseCell<T>(column: Column<T>, raw: string, scope: { readonly asOf: DateText }): Parsed<T> {
  const { heading } = column;
  const text = cleanText(raw);
  if (text === '') {
    if (column.blank !== undefined) return { value: column.blank };
    return { code: 'CELL_REQUIRED', message: `'${heading}' is empty`, hint: 'fill it in' };
  }
  if (text.length > ROSTER_LIMITS.text) {
    return {
      code: 'CELL_TOO_LONG',
      message: `'${heading}' has ${text.length} characters`,
      hint: `say it in at most ${ROSTER_LIMITS.text}`,
    };
  }
  if (isUnprintable(text)) {
    return {
      code: 'CELL_UNPRINTABLE',
      message: `'${heading}' holds a character or a spreadsheet error that cannot be kept`,
      hint: 'type it again',
    };
  }
  return column.parse(text, scope);
}
