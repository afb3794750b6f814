/** Filling a form for simulated people. What comes out passes the form's own check, because it went through it. */
import type { Cell, FormSpec, Table } from '../model/form.ts';
import { type Answer, type Answers, isBlank, ownMember } from './answers.ts';
import { type CheckedForm, checkForm } from './check-form.ts';
import { cellsOf, tablesOf } from './fields.ts';
import { type FillContext, fillCell, withWords } from './fill-cell.ts';
import type { FormIssue } from './form-issue.ts';
import { FORM_LIMITS } from './limits.ts';
import { pickWeighted, type Random } from './random.ts';
import { type Given, openSheet, readSheet, type Sheet, type SheetFigures } from './sheet.ts';
import { openTables } from './tables.ts';

/** The answer itself, or members of a choice (or 'true' and 'false') by weight. Of a table: its number of rows. */
export type Wish = Answer | { readonly weights: Readonly<Record<string, number>> };
/** Keyed by field, or by `table.column`. Wishes for fields that are not asked are passed over. */
export type Wishes = Readonly<Record<string, Wish>>;

/** The form cannot be filled in this context, or a wish is no valid answer. */
export class FormNotFillable extends Error {
  readonly issue: FormIssue;

  constructor(form: FormSpec, issue: FormIssue) {
    super(`form '${form.id}' cannot be filled at '${issue.path}': ${issue.message} (${issue.code}); ${issue.hint}`);
    this.name = 'FormNotFillable';
    this.issue = issue;
  }
}

/** Valid, plainly fictitious answers; the same for the same `random`. @throws FormNotFillable */
export function fillForm(form: FormSpec, context: FillContext, random: Random, choose: Wishes = {}): Answers {
  return fillChecked(form, context, random, choose).answers;
}

/** As `fillForm`, with everything the form's check says of the answers. */
export function fillChecked(form: FormSpec, context: FillContext, random: Random, choose: Wishes = {}): CheckedForm {
  const issues: FormIssue[] = [];
  const cells = cellsOf(form);
  const figures: SheetFigures = (figure) => tables.figures(figure);
  const open = (
    of: Pick<Parameters<typeof openSheet>[0], 'cells' | 'prefix' | 'around'> & { readonly wishesAt: string },
  ): Sheet => openSheet({ ...of, given: makeUp({ wishesAt: of.wishesAt, context, random, choose }), figures, context, issues });

  const sheet = open({ cells, prefix: '', wishesAt: '' });
  const tables = openTables(tablesOf(form), (table) => {
    if (sheet.asks(table.when) !== 'yes') return 'unasked';
    const { columns, fixedRows } = table;
    const places =
      fixedRows?.map(({ id }) => `.${id}`) ??
      Array.from({ length: countRows(table, { random, choose }) }, (_, index) => `[${index}]`);
    const sheets = places.map((place) =>
      open({ cells: columns, prefix: `${table.id}${place}.`, around: sheet, wishesAt: `${table.id}.` }),
    );
    const rows = sheets.map((row) => readSheet(row, columns));
    if (fixedRows === undefined) return { answers: rows, filled: sheets };
    return {
      answers: Object.fromEntries(fixedRows.map(({ id }, index) => [id, rows[index]!])),
      filled: sheets.filter((_, index) => !Object.values(rows[index]!).every(isBlank)),
    };
  });
  const answers: Record<string, Answers[string]> = readSheet(sheet, cells);
  for (const [{ id }, table] of tables.all()) answers[id] = table.answers;
  const result = checkForm(form, answers, context);
  if ('issues' in result) throw new FormNotFillable(form, issues[0] ?? result.issues[0]!);
  if (issues[0] !== undefined) throw new FormNotFillable(form, issues[0]);
  return { ...result, answers };
}

interface Pen {
  /** '' or 'measures.'. */
  readonly wishesAt: string;
  readonly context: FillContext;
  readonly random: Random;
  readonly choose: Wishes;
}

function makeUp({ wishesAt, context, random, choose }: Pen): Given {
  return (cell, { asked, find }) => {
    if (!asked || cell.from !== undefined) return undefined;
    const wish = ownMember(choose, `${wishesAt}${cell.id}`);
    return wish === undefined ? fillCell(cell, { context, find, random }) : grant(cell, { wish, random });
  };
}

function grant(cell: Cell, { wish, random }: { wish: Wish; random: Random }): Answer | undefined {
  if (typeof wish !== 'object' || wish === null || !('weights' in wish)) return wish;
  const member = pickWeighted(random, wish.weights);
  return cell.type === 'yes-no' ? member === 'true' : withWords(cell, member);
}

/** Few rows: a rehearsal is about the flow of work, not about paper. */
function countRows({ id, minRows, maxRows }: Table, { random, choose }: { random: Random; choose: Wishes }): number {
  const wish = ownMember(choose, id);
  if (typeof wish === 'number') return wish;
  const most = Math.min(maxRows, FORM_LIMITS.rows, minRows + 2);
  return minRows + Math.floor(random() * (most - minRows + 1));
}
