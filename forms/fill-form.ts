/** Filling a form for simulated people. What comes out passes the form's own check, because it went through it. */
import type { Cell, FormSpec, Table } from '../model/form.ts';
import { type Answer, type Answers, type Correction, isBlank, ownMember } from './answers.ts';
import { type CheckedForm, checkForm } from './check-form.ts';
import { isCorrection } from './corrections.ts';
import { cellsOf, tablesOf } from './fields.ts';
import { type FillContext, fillCell, withWords } from './fill-cell.ts';
import type { FormIssue } from './form-issue.ts';
import { FORM_LIMITS } from './limits.ts';
import { type Changeable, mend } from './mend.ts';
import { pickWeighted, type Random } from './random.ts';
import { type BrokenRule, brokenRules, ruleIssue } from './rules.ts';
import { type Given, openSheet, readSheet, type Sheet, type SheetFigures } from './sheet.ts';
import { openTables } from './tables.ts';

/** The answer itself, or members of a choice (or 'true' and 'false') by weight. Of a table: its number of rows. */
export type Wish = Answer | Pick<Correction, 'corrected' | 'why'> | { readonly weights: Readonly<Record<string, number>> };
/** Of one row, by column. */
export type RowWish = Readonly<Record<string, Wish>>;
/** Of a table: its rows, or fixed rows by their ids. What a row leaves out is as its column's wish, or made up. */
export type RowWishes = readonly RowWish[] | Readonly<Record<string, RowWish>>;
/** Keyed by field, or by `table.column`. Wishes for fields that are not asked are passed over. */
export type Wishes = Readonly<Record<string, Wish | RowWishes>>;

/** The form cannot be filled in this context, or a wish is no valid answer. */
export class FormNotFillable extends Error {
  readonly issue: FormIssue;

  constructor(form: FormSpec, issue: FormIssue) {
    super(`form '${form.id}' cannot be filled at '${issue.path}': ${issue.message} (${issue.code}); ${issue.hint}`);
    this.name = 'FormNotFillable';
    this.issue = issue;
  }
}

/** How often a form is begun anew, and mended in between, before its rules count as not to be kept. */
const TRIES = 12;
const MENDS = 8;

/** Valid, plainly fictitious answers; the same for the same `random`. @throws FormNotFillable */
export function fillForm(form: FormSpec, context: FillContext, random: Random, choose: Wishes = {}): Answers {
  return fillChecked(form, context, random, choose).answers;
}

/** As `fillForm`, with everything the form's check says of the answers. */
export function fillChecked(form: FormSpec, context: FillContext, random: Random, choose: Wishes = {}): CheckedForm {
  let broken: readonly BrokenRule[] = [];
  for (let tries = 0; tries < TRIES; tries += 1) {
    const pen: Pen = { context, random, choose, drawn: new Map() };
    for (let mends = 0; mends <= MENDS; mends += 1) {
      const page = fillPage(form, pen);
      broken = page.broken;
      if (broken.length === 0) return checked(form, { context, page });
      for (const rule of broken) mend(rule, { random, figures: page.figures, find: changeableIn(form, { rule, pen }) });
    }
  }
  throw new FormNotFillable(form, ruleIssue(broken[0]!));
}

function checked(form: FormSpec, { context, page }: { context: FillContext; page: Page }): CheckedForm {
  const result = checkForm(form, page.answers, context);
  const [issue] = page.issues;
  if ('issues' in result) throw new FormNotFillable(form, issue ?? result.issues[0]!);
  if (issue !== undefined) throw new FormNotFillable(form, issue);
  return { ...result, answers: page.answers };
}

interface Pen {
  readonly context: FillContext;
  readonly random: Random;
  readonly choose: Wishes;
  /** By path: what was written at the first reading, so that mending one answer leaves the others as they are. */
  readonly drawn: Map<string, Answer | undefined>;
}

interface Page {
  readonly answers: Answers;
  readonly figures: SheetFigures;
  readonly broken: readonly BrokenRule[];
  readonly issues: readonly FormIssue[];
}

function fillPage(form: FormSpec, pen: Pen): Page {
  const { context } = pen;
  const issues: FormIssue[] = [];
  const cells = cellsOf(form);
  const figures: SheetFigures = (figure) => tables.figures(figure);
  const open = (of: Pick<Parameters<typeof openSheet>[0], 'cells' | 'prefix' | 'around'> & { readonly table?: string }): Sheet =>
    openSheet({ ...of, given: makeUp({ ...of, pen }), figures, context, issues });

  const sheet = open({ cells, prefix: '' });
  const tables = openTables(tablesOf(form), (table) => {
    if (sheet.asks(table.when) !== 'yes') return 'unasked';
    const { columns, fixedRows } = table;
    const places =
      fixedRows?.map(({ id }) => `.${id}`) ?? Array.from({ length: countRows(table, pen) }, (_, index) => `[${index}]`);
    const sheets = places.map((place) => {
      const prefix = `${table.id}${place}.`;
      return { prefix, sheet: open({ cells: columns, prefix, around: sheet, table: table.id }) };
    });
    const rows = sheets.map((row) => readSheet(row.sheet, columns));
    if (fixedRows === undefined) return { answers: rows, filled: sheets };
    return {
      answers: Object.fromEntries(fixedRows.map(({ id }, index) => [id, rows[index]!])),
      filled: sheets.filter((_, index) => !Object.values(rows[index]!).every(isBlank)),
    };
  });
  const answers: Record<string, Answers[string]> = readSheet(sheet, cells);
  for (const [{ id }, table] of tables.all()) answers[id] = table.answers;
  return { answers, figures, issues, broken: brokenRules(form, { sheet, tables: tables.all() }) };
}

function makeUp({ prefix, table, pen }: { prefix: string; table?: string; pen: Pen }): Given {
  const { context, random, choose, drawn } = pen;
  return (cell, { asked, find }) => {
    if (!asked) return undefined;
    const wish = wishFor(choose, { cell: cell.id, table, prefix });
    // What is prefilled is left as it is, unless somebody wishes to correct it.
    if (cell.from !== undefined) return isCorrection(wish) ? wish : undefined;
    const path = `${prefix}${cell.id}`;
    if (drawn.has(path)) return drawn.get(path);
    const answer = wish === undefined ? fillCell(cell, { context, find, random }) : grant(cell, { wish, random });
    drawn.set(path, answer);
    return answer;
  };
}

/** Of a column what its row says, if it says anything, and else what is said of the column. `prefix`: of that row, `measures[2].` or `kinds.illness.` */
function wishFor(
  choose: Wishes,
  { cell, table, prefix }: { readonly cell: string; readonly table: string | undefined; readonly prefix: string },
): Wishes[string] | undefined {
  if (table === undefined) return ownMember(choose, cell);
  const rows = ownMember(choose, table);
  const row = prefix.slice(table.length).replace(/^[.[]|\]?\.$/g, '');
  const own = typeof rows === 'object' && rows !== null ? ownMember(rows as Readonly<Record<string, RowWish>>, row) : undefined;
  return (typeof own === 'object' && own !== null ? ownMember(own, cell) : undefined) ?? ownMember(choose, `${table}.${cell}`);
}

function grant(cell: Cell, { wish, random }: { wish: Wishes[string]; random: Random }): Answer | undefined {
  // A correction where nothing is prefilled is left to the form's check.
  if (typeof wish !== 'object' || wish === null || !('weights' in wish)) return wish as Answer;
  const member = pickWeighted(random, wish.weights as Readonly<Record<string, number>>);
  return cell.type === 'yes-no' ? member === 'true' : withWords(cell, member);
}

/** Few rows: a rehearsal is about the flow of work, not about paper. */
function countRows({ id, minRows, maxRows }: Table, { random, choose, drawn }: Pen): number {
  const known = drawn.get(id);
  if (typeof known === 'number') return known;
  const wish = ownMember(choose, id);
  const most = Math.min(maxRows, FORM_LIMITS.rows, minRows + 2);
  const asked = Array.isArray(wish) ? wish.length : wish;
  const count = typeof asked === 'number' ? asked : minRows + Math.floor(random() * (most - minRows + 1));
  drawn.set(id, count);
  return count;
}

/** The fields that a rule reads and that may be answered otherwise: neither prefilled, nor counted, nor somebody's wish. */
function changeableIn(
  form: FormSpec,
  { rule: { prefix }, pen: { choose, drawn } }: { rule: BrokenRule; pen: Pen },
): (name: string) => Changeable | undefined {
  const table = tablesOf(form).find(({ id }) => prefix.startsWith(`${id}[`) || prefix.startsWith(`${id}.`));
  return (name) => {
    const column = table?.columns.find(({ id }) => id === name);
    const cell = column ?? cellsOf(form).find(({ id }) => id === name);
    const wish = wishFor(choose, { cell: name, table: column && table!.id, prefix });
    const isFixed = cell?.from !== undefined || cell?.equals !== undefined || wish !== undefined;
    if (cell === undefined || isFixed) return undefined;
    const path = column === undefined ? name : `${prefix}${name}`;
    return {
      cell,
      put: (answer) => void drawn.set(path, answer),
      redraw: () => void drawn.delete(path),
    };
  };
}
