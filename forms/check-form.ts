/** What a form accepts, and what the rules get to see of it. Pure: a page, the server and a rehearsal ask the same function. */
import type { RowFacts } from '../model/command.ts';
import type { Cell, FormSpec } from '../model/form.ts';
import type { Facts, FactValue } from '../model/plan.ts';
import { type Answers, isRecord, ownMember } from './answers.ts';
import { readTable } from './check-table.ts';
import { correctionsOf, disagreements } from './corrections.ts';
import { cellsOf, tablesOf } from './fields.ts';
import type { FormContext } from './form-context.ts';
import type { FormIssue } from './form-issue.ts';
import { FORM_LIMITS } from './limits.ts';
import { brokenRules, ruleIssue } from './rules.ts';
import { givenBy, openSheet, readSheet, type Sheet, type SheetFigures } from './sheet.ts';
import { openTables } from './tables.ts';
import { refuseUnknown } from './unknown-fields.ts';

/** `answers` are what to store, `facts` and `rows` what the command carries: ids, numbers, dates and enum members, never words. */
export interface CheckedForm {
  readonly answers: Answers;
  readonly facts: Facts;
  readonly rows: readonly RowFacts[];
  /** Fields whose answer corrects the register. */
  readonly corrections: readonly string[];
}

export type FormResult = { readonly issues: readonly FormIssue[] } | CheckedForm;

/** Checks everything at once: either every issue, or the answers in one shape, which checked again give themselves. */
export function checkForm(form: FormSpec, answers: unknown, context: FormContext): FormResult {
  const unreadable = findUnreadable(answers);
  if (unreadable !== undefined || !isRecord(answers)) {
    return { issues: [unreadable ?? malformed('the answers are no object')] };
  }
  const issues: FormIssue[] = [];
  const cells = cellsOf(form);
  refuseUnknown(answers, { of: 'field', known: form.fields.map(({ id }) => id), prefix: '', issues });
  // Each may ask for the other, so neither is read before both are there.
  const figures: SheetFigures = (figure) => tables.figures(figure);
  const sheet = openSheet({ cells, given: givenBy(answers), prefix: '', figures, context, issues });
  const tables = openTables(tablesOf(form), (table) =>
    readTable(table, { given: ownMember(answers, table.id), around: sheet, figures, context, issues }),
  );
  const kept: Record<string, Answers[string]> = readSheet(sheet, cells);
  const rows: RowFacts[] = [];
  for (const [{ id }, reading] of tables.all()) {
    kept[id] = reading.answers;
    rows.push(...reading.rows);
  }
  issues.push(...brokenRules(form, { sheet, tables: tables.all() }).map(ruleIssue));
  const corrections = correctionsOf(form, kept);
  issues.push(...disagreements(corrections, context.prefill));
  return issues.length > 0
    ? { issues: issues.slice(0, FORM_LIMITS.issues) }
    : { answers: kept, facts: factsOf(cells, sheet), rows, corrections: corrections.map(({ cell }) => cell.id) };
}

/** Several fields may give one fact, each asked under another condition; the one that was answered gives it. */
function factsOf(cells: readonly Cell[], sheet: Sheet): Facts {
  const facts = new Map<string, FactValue>();
  for (const { id, fact } of cells) {
    if (fact === undefined) continue;
    const state = sheet.read(id);
    facts.set(fact, (state?.kind === 'answered' ? state.fact : null) ?? facts.get(fact) ?? null);
  }
  return Object.fromEntries(facts);
}

function findUnreadable(answers: unknown): FormIssue | undefined {
  let text: string | undefined;
  try {
    text = JSON.stringify(answers);
  } catch {
    // Circles, big integers, or nesting too deep for the stack: no JSON text was ever read into such a value.
    return malformed('the answers are no JSON');
  }
  // Each UTF-16 unit takes at least a byte, so most large forms are refused without encoding them.
  const bytes =
    text === undefined || text.length > FORM_LIMITS.bytes ? (text?.length ?? 0) : new TextEncoder().encode(text).length;
  if (bytes <= FORM_LIMITS.bytes) return undefined;
  const message = `the answers take more than ${FORM_LIMITS.bytes} bytes`;
  return {
    code: 'FORM_TOO_LARGE',
    path: '',
    message,
    hint: 'shorten the texts, and attach papers as evidence instead of copying them',
  };
}

function malformed(message: string): FormIssue {
  return { code: 'FORM_MALFORMED', path: '', message, hint: 'answer with an object whose members are the fields' };
}
