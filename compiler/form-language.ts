/** How forms are written in a definition. */
import { z } from 'zod';
import { ConditionText, Id, Name, Title } from './words.ts';

export const COLUMN_TYPES = [
  'text',
  'long-text',
  'integer',
  'number',
  'money',
  'date',
  'year-month',
  'choice',
  'choices',
  'yes-no',
  'phone',
  'id-number',
  'person',
  'union',
  'evidence',
  'photo',
  'file',
  'signature',
] as const;

/** The members of a choice, in the order they are shown: id → title, or the name of a list under `lists`. */
export const ChoiceList = z.record(Id, Title);
export type ChoiceList = z.infer<typeof ChoiceList>;

const cell = {
  id: Name,
  title: Title,
  type: z.enum(COLUMN_TYPES),
  /** Default true; of a field that is prefilled (`from`), false. */
  required: z.boolean().optional(),
  /** Default by type: `sensitive` for id numbers, `personal` for telephones and free text, `none` for the rest. */
  privacy: z.enum(['none', 'personal', 'sensitive']).optional(),
  choices: z.union([Id, ChoiceList], { error: 'choices as id: { zh, en }, or the name of a list' }).optional(),
  freeText: z.boolean().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  atLeast: z.number().int().min(1).max(50).optional(),
  atMost: z.number().int().min(1).max(20_000).optional(),
  dates: z.enum(['past', 'future']).optional(),
  role: Id.optional(),
  union: z.union([z.literal('own'), z.strictObject({ not: Name })], { error: 'own, or { not: column }' }).optional(),
  from: z
    .union([Name, z.strictObject({ task: Id, field: Name })], { error: 'a field of the register, or { task: …, field: … }' })
    .optional(),
};

/** A column of a table: a cell without a fact, a condition or corrections of its own, because it has as many answers as the table has rows. */
export const Column = z.strictObject(cell);
export type Column = z.infer<typeof Column>;

export const Cell = z.strictObject({
  ...cell,
  /** Default false. */
  correctable: z.boolean().optional(),
  fact: Name.optional(),
  /** An indicator that the answer must be equal to, counted over the own union or, in the campaign, over all. */
  equals: Id.optional(),
  when: ConditionText.optional(),
});
export type Cell = z.infer<typeof Cell>;

/** Puts the fields of a part (under `parts`) here. */
export const PartUse = z.strictObject({ part: Id });
export type PartUse = z.infer<typeof PartUse>;

/** What answers must keep to together: of a form, or of each row of a table. */
export const Rule = z.strictObject({ must: ConditionText, say: Title, at: Name });
export type Rule = z.infer<typeof Rule>;

const rules = z.array(Rule).min(1).max(20).optional();

const columnOrPart = z.union([Column, PartUse], { error: 'a column, or { part: … }' });

export const Table = z.strictObject({
  id: Name,
  title: Title,
  type: z.literal('table'),
  columns: z.array(columnOrPart).min(1).max(40),
  /** Default 0; of a table with fixed rows, their number. */
  minRows: z.number().int().min(0).max(500).optional(),
  /** Default 100; of a table with fixed rows, their number. */
  maxRows: z.number().int().min(1).max(500).optional(),
  fixedRows: z.record(Id, Title).optional(),
  when: ConditionText.optional(),
  rowDue: Name.optional(),
  rowHolder: Name.optional(),
  rowUnion: Name.optional(),
  rowTitle: Name.optional(),
  rules,
});
export type Table = z.infer<typeof Table>;

const CellOrTable = z.discriminatedUnion('type', [Cell, Table]);

export const Field = z.union([CellOrTable, PartUse], { error: 'a field, a table, or { part: … }' });
export type Field = z.infer<typeof Field>;

export const Form = z.strictObject({
  title: Title,
  note: z.string().max(500).optional(),
  fields: z.array(Field).min(1).max(80),
  rules,
});
export type Form = z.infer<typeof Form>;

/** Fields that several forms share. */
export const Part = z.array(Cell).min(1).max(40);
export type Part = z.infer<typeof Part>;
