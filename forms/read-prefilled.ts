/** Reading what is prefilled: from the register, which may be wrong, or from an earlier form of the same instance. */
import { canonicalJson } from '../model/canonical.ts';
import type { Cell, EarlierField, FormSpec } from '../model/form.ts';
import type { FactValue } from '../model/plan.ts';
import { type Answer, isBlank, isRecord, ownMember } from './answers.ts';
import { isCorrection } from './corrections.ts';
import { cellsOf, tablesOf } from './fields.ts';
import type { FormContext } from './form-context.ts';
import type { Reading } from './read-cell.ts';
import { readText } from './read-words.ts';

type Prefilled = Cell & { readonly from: NonNullable<Cell['from']> };

/** Reads an answer as one of the field's type that is needed. */
type ReadTyped = (given: unknown) => Reading;

/** Where it comes from answers, also when it has nothing to say: a gap there must not keep a form from being handed in. */
export function readPrefilled(
  cell: Prefilled,
  given: unknown,
  { context, read }: { context: FormContext; read: ReadTyped },
): Reading {
  const { from } = cell;
  const kept = keptOf(from, context);
  if (isBlank(given) || isSame(given, kept)) return { answer: kept };
  if (isRecord(given) && Object.hasOwn(given, 'corrected')) return readCorrection(cell, given, { kept, read });
  if (typeof from === 'object') return differs(`comes from the form of '${from.task}'`, `leave it out; ${correctAtSource(from)}`);
  return differs(
    'comes from the register',
    cell.correctable === true
      ? 'leave it out; if the register is wrong, answer with {corrected, why}'
      : `leave it out; if the register is wrong, ${correctElsewhere(from)}`,
  );
}

const differs = (source: string, hint: string): Reading => ({
  code: 'FIELD_IS_PREFILLED',
  what: `${source} and says something else there`,
  hint,
});

/** A register taken in later leaves what is other of a household to the forms: where none of them takes it, only another version of the definition helps. */
const correctElsewhere = (field: string): string =>
  `correct '${field}' in a form that has it \`correctable\`; if the definition has none, have the office amend the run with a version that has one`;

/** What is handed in anew is what later forms are prefilled with. */
const correctAtSource = ({ task }: EarlierField): string =>
  `if it is wrong there, have the office reopen '${task}', which is then handed in anew`;

/** Texts of the register are no longer than this. */
const REGISTER_TEXT = 500;

function readCorrection(
  cell: Prefilled,
  given: Readonly<Record<string, unknown>>,
  { kept, read }: { kept: Answer; read: ReadTyped },
): Reading {
  if (cell.correctable !== true) {
    return {
      code: 'NOT_CORRECTABLE',
      what: 'is not corrected in this form',
      hint: `leave it out, and ${typeof cell.from === 'string' ? correctElsewhere(cell.from) : correctAtSource(cell.from)}`,
    };
  }
  if (Object.keys(given).some((key) => !['was', 'corrected', 'why'].includes(key))) {
    return {
      code: 'WRONG_TYPE',
      what: 'is no correction',
      hint: 'answer with {corrected, why}: the right value, and how it is known',
    };
  }
  if ('was' in given && !isSame(given.was, kept)) {
    return {
      code: 'FIELD_IS_PREFILLED',
      what: 'stands otherwise in the register by now',
      hint: 'read it again, then correct it',
    };
  }
  const right = read(given.corrected);
  if ('code' in right) return right;
  if (typeof right.answer === 'string' && right.answer.length > REGISTER_TEXT) {
    return {
      code: 'TEXT_TOO_LONG',
      what: `has ${right.answer.length} characters`,
      hint: `the register takes ${REGISTER_TEXT} at most`,
    };
  }
  if (isSame(right.answer, kept)) {
    return { code: 'SAME_AS_BEFORE', what: 'is corrected to what the register says', hint: 'leave it out' };
  }
  const why = isBlank(given.why) ? undefined : readText({ ...cell, type: 'text' }, given.why);
  if (why === undefined) {
    return { code: 'CORRECTION_WITHOUT_REASON', what: 'is corrected without a reason', hint: 'say how it is known, as `why`' };
  }
  if ('code' in why) return why;
  return { answer: { was: kept as FactValue, corrected: right.answer as FactValue, why: why.answer as string } };
}

function keptOf(from: Prefilled['from'], { prefill, earlier }: FormContext): Answer {
  if (typeof from === 'string') return ownMember(prefill, from) ?? null;
  return standing(ownMember(ownMember(earlier, from.task) ?? {}, from.field));
}

/** What an answer came to: of a correction the right value. */
const standing = (answer: Answer | undefined): Answer => (isCorrection(answer) ? answer.corrected : (answer ?? null));

function isSame(given: unknown, kept: Answer): boolean {
  if (typeof given === 'string' && typeof kept === 'string') return given.trim() === kept.trim();
  return canonicalJson(given) === canonicalJson(kept);
}

/** The fields of earlier forms that a form is prefilled from. */
export function earlierFieldsOf(form: FormSpec): readonly EarlierField[] {
  const cells = [...cellsOf(form), ...tablesOf(form).flatMap(({ columns }) => columns)];
  return cells.flatMap(({ from }) => (typeof from === 'object' ? from : []));
}

/**
 * The context with what was prefilled when these answers were accepted: the same form handed in again is judged by that, and not by what the register
 * says since.
 */
export function contextThen(form: FormSpec, context: FormContext, answers: unknown): FormContext {
  if (!isRecord(answers)) return context;
  const prefill: Record<string, FactValue> = { ...context.prefill };
  const earlier: Record<string, Record<string, Answer>> = {};
  const take = ({ id, from }: Cell, of: Readonly<Record<string, unknown>>): void => {
    const kept = ownMember(of, id) as Answer | undefined;
    if (from === undefined || kept === undefined) return;
    if (typeof from === 'string') prefill[from] = (isCorrection(kept) ? kept.was : kept) as FactValue;
    else (earlier[from.task] ??= {})[from.field] = kept;
  };
  for (const cell of cellsOf(form)) take(cell, answers);
  for (const { id, columns } of tablesOf(form)) {
    const rows = ownMember(answers, id);
    const row: unknown = isRecord(rows) ? Object.values(rows)[0] : Array.isArray(rows) ? (rows as unknown[])[0] : undefined;
    if (isRecord(row)) for (const column of columns) take(column, row);
  }
  return { ...context, prefill, earlier: { ...context.earlier, ...earlier } };
}
