/** What is wrong with an answer: where, what, and how to put it right. */
import type { Cell } from '../model/form.ts';

/** Stable codes, in the order a reader of the documentation would look for them. */
export const FORM_ISSUE_CODES = [
  'FORM_TOO_LARGE',
  'FORM_MALFORMED',
  'UNKNOWN_FIELD',
  'UNKNOWN_ROW',
  'ANSWER_REQUIRED',
  'NOT_ASKED',
  'FIELD_IS_PREFILLED',
  'NOT_CORRECTABLE',
  'SAME_AS_BEFORE',
  'CORRECTION_WITHOUT_REASON',
  'DISAGREES_WITH_ID_NUMBER',
  'ID_NUMBER_ON_FILE',
  'WRONG_TYPE',
  'TEXT_TOO_LONG',
  'UNPRINTABLE_TEXT',
  'TOO_MANY_DECIMALS',
  'NUMBER_OUT_OF_RANGE',
  'COUNT_DIFFERS',
  'NO_SUCH_DATE',
  'DATE_OUT_OF_RANGE',
  'UNKNOWN_CHOICE',
  'REPEATED_CHOICE',
  'FREE_TEXT_NOT_TAKEN',
  'NO_PHONE_NUMBER',
  'NO_ID_NUMBER',
  'UNKNOWN_PERSON',
  'PERSON_LACKS_ROLE',
  'PERSON_OF_WRONG_UNION',
  'UNKNOWN_UNION',
  'SIGNED_BY_AUTHOR',
  'NOT_A_PICTURE',
  'TOO_LITTLE_EVIDENCE',
  'TOO_MUCH_EVIDENCE',
  'TOO_FEW_ROWS',
  'TOO_MANY_ROWS',
  'RULE_BROKEN',
] as const;
export type FormIssueCode = (typeof FORM_ISSUE_CODES)[number];

export interface FormIssue {
  readonly code: FormIssueCode;
  /** Where in the answers: `measures[2].due`, counted from 0; empty for the form as a whole. */
  readonly path: string;
  readonly message: string;
  readonly hint: string;
  /** The offending value; only of fields whose privacy is `none`, because issues land in logs. */
  readonly value?: string | number | boolean;
}

/** A fault found in one answer, before it is known where it stands. `what` goes on after the field's title. */
export interface Fault {
  readonly code: FormIssueCode;
  readonly what: string;
  readonly hint: string;
}

export function cellIssue(fault: Fault, { cell, path, given }: { cell: Cell; path: string; given: unknown }): FormIssue {
  const { code, hint } = fault;
  const shown = cell.privacy === 'none' ? shownValue(given) : undefined;
  const message = `'${cell.title.en}' ${fault.what}`;
  return shown === undefined ? { code, path, message, hint } : { code, path, message, hint, value: shown };
}

function shownValue(given: unknown): FormIssue['value'] {
  if (typeof given === 'string') return given.slice(0, 80);
  return typeof given === 'number' || typeof given === 'boolean' ? given : undefined;
}
