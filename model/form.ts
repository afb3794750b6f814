/** Forms as the plan carries them: what a page shows, what an answer must satisfy, and which answers are facts that rules may read. */
import type { Condition, Title } from './plan.ts';

export type ColumnType =
  | 'text'
  | 'long-text'
  | 'integer'
  | 'number'
  | 'money'
  | 'date'
  | 'year-month'
  | 'choice'
  | 'choices'
  | 'yes-no'
  | 'phone'
  | 'id-number'
  | 'person'
  | 'union'
  /** References to papers, pictures and other files; a photo is of a picture. */
  | 'evidence'
  | 'photo'
  | 'file'
  /** A second person beside who hands the form in, and the day they signed. */
  | 'signature';

/** How closely an answer must be kept: `none` may be shown anywhere, `personal` inside the union, `sensitive` masked. */
export type Privacy = 'none' | 'personal' | 'sensitive';

export interface EarlierField {
  readonly task: string;
  readonly field: string;
}

export interface Cell {
  readonly id: string;
  readonly title: Title;
  readonly type: ColumnType;
  readonly required: boolean;
  readonly privacy: Privacy;
  readonly choices?: readonly { readonly id: string; readonly title: Title }[];
  /** A choice that also takes free text when this member is chosen (`other`). */
  readonly freeText?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** Of evidence, photos and files: how many references. Of texts: how many characters, at most. */
  readonly atLeast?: number;
  readonly atMost?: number;
  /** For dates: no earlier than the day it is filled in, or no later than that day; and never after the campaign's last day. */
  readonly dates?: 'past' | 'future';
  /** For persons and signatures: the role they must have. `outside` contacts are text, never persons. */
  readonly role?: string;
  /** For persons and signatures: they must belong to the household's or union's own union, or must not belong to the union in the named column. */
  readonly union?: 'own' | { readonly not: string };
  /** Prefilled and read-only: the register field's name, or a field of the form accepted last of an earlier task of the same instance. */
  readonly from?: string | EarlierField;
  /** Of a field of the register: whoever finds it wrong may answer with what is right and why, and the register is corrected once the task is done. */
  readonly correctable?: true;
  /** The fact this answer becomes. Only for choice, yes-no, integer, number, money, date, person and signature, which gives the person. */
  readonly fact?: string;
  /** The answer must be what this indicator comes to over the form's own union (the campaign's: over all) when it is handed in. */
  readonly equals?: string;
  /** Asked only when the condition holds of the answers in the same form (facts by their field id). */
  readonly when?: Condition;
}

/** What answers must keep to together. Asked once every number and date that it compares is there. */
export interface FormRule {
  readonly must: Condition;
  /** The author's words to whoever breaks it. */
  readonly say: Title;
  /** The field, table or column at which it is told. */
  readonly at: string;
}

export interface Table {
  readonly id: string;
  readonly title: Title;
  readonly type: 'table';
  readonly columns: readonly Cell[];
  readonly minRows: number;
  readonly maxRows: number;
  /** Fixed row headings (form 1's eight kinds of difficulty): exactly these rows, keyed by id. */
  readonly fixedRows?: readonly { readonly id: string; readonly title: Title }[];
  readonly when?: Condition;
  /** Which columns a row task reads: its deadline, holder, union. */
  readonly rowDue?: string;
  readonly rowHolder?: string;
  readonly rowUnion?: string;
  /** The column whose words name the task that a row makes. They stay in the submission. */
  readonly rowTitle?: string;
  /** Asked of each row that says something; they read the row's columns and the form's own fields. */
  readonly rules?: readonly FormRule[];
}

export type Field = Cell | Table;

export interface FormSpec {
  readonly id: string;
  readonly title: Title;
  readonly fields: readonly Field[];
  /** The document's own words for filling it in, printed on the paper. */
  readonly note?: string;
  readonly rules?: readonly FormRule[];
}
