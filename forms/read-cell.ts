/** Reading one answer: what the register already says, what was left blank, and then by the type of the field. */
import type { Cell } from '../model/form.ts';
import type { FactValue } from '../model/plan.ts';
import { type Answer, isUnanswered } from './answers.ts';
import { isCorrection } from './corrections.ts';
import type { FormContext } from './form-context.ts';
import type { Fault } from './form-issue.ts';
import { readPrefilled } from './read-prefilled.ts';
import { readDate, readNumber, readYearMonth } from './read-quantities.ts';
import { readEvidence } from './read-evidence.ts';
import { readChoice, readChoices, readPerson, readSignature, readUnion } from './read-references.ts';
import { readIdNumber, readPhone, readText } from './read-words.ts';

export type Reading = { readonly answer: Answer } | Fault;

export interface CellScope {
  readonly context: FormContext;
  /** The answer of another field in sight, as a fact; null when it has none. */
  readonly find: (field: string) => FactValue;
}

export function readCell(cell: Cell, given: unknown, scope: CellScope): Reading {
  const { from, correctable: _asked, ...typed } = cell;
  if (from !== undefined) {
    const read = (answer: unknown): Reading => readCell({ ...typed, required: true }, answer, scope);
    return readPrefilled({ ...cell, from }, given, { context: scope.context, read });
  }
  if (isUnanswered(cell, given)) {
    return cell.required
      ? { code: 'ANSWER_REQUIRED', what: 'is not answered', hint: 'answer it; nobody else will' }
      : { answer: null };
  }
  switch (cell.type) {
    case 'text':
    case 'long-text':
      return readText(cell, given);
    case 'integer':
    case 'number':
    case 'money':
      return readNumber(cell, given, scope.context);
    case 'date':
      return readDate(cell, given, scope.context);
    case 'year-month':
      return readYearMonth(cell, given, scope.context);
    case 'choice':
      return readChoice(cell, given);
    case 'choices':
      return readChoices(cell, given);
    case 'yes-no':
      return typeof given === 'boolean'
        ? { answer: given }
        : { code: 'WRONG_TYPE', what: 'is neither true nor false', hint: 'answer with true or false' };
    case 'phone':
      return readPhone(given);
    case 'id-number':
      return readIdNumber(given, { asOf: scope.context.today });
    case 'person':
      return readPerson(cell, given, scope);
    case 'union':
      return readUnion(given, scope);
    case 'evidence':
    case 'photo':
    case 'file':
      return readEvidence(cell, given);
    case 'signature':
      return readSignature(cell, given, scope);
  }
}

/**
 * What rules may see of an answer. Words never become facts, whatever a definition says: facts travel to places where personal data must not. So what
 * the register or an earlier form gave is a fact only if it would pass as an answer of the field's type.
 */
export function factOf(cell: Cell, answer: Answer, scope: CellScope): FactValue {
  const { from, ...typed } = cell;
  if (isCorrection(answer)) return factOf(typed, answer.corrected, scope);
  if (from !== undefined) {
    const reading = readCell({ ...typed, required: false }, answer, scope);
    return 'answer' in reading ? factOf(typed, reading.answer, scope) : null;
  }
  switch (cell.type) {
    case 'text':
    case 'long-text':
    case 'phone':
    case 'id-number':
    case 'choices':
    case 'evidence':
    case 'photo':
    case 'file':
      return null;
    case 'signature':
      return typeof answer === 'object' && answer !== null && 'person' in answer ? answer.person : null;
    case 'choice':
      return typeof answer === 'object' && answer !== null && 'choice' in answer ? answer.choice : (answer as FactValue);
    case 'integer':
    case 'number':
    case 'money':
    case 'date':
    case 'year-month':
    case 'yes-no':
    case 'person':
    case 'union':
      return answer as FactValue;
  }
}
