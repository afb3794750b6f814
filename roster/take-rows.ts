/** From a sheet's texts to rows of values: headings first, then every cell, each fault at its line. */
import { findNearest } from '../model/nearest.ts';
import type { DateText } from '../model/plan.ts';
import { type Column, parseCell } from './columns.ts';
import type { IssueLog } from './roster-issue.ts';
import type { Sheet, SheetRow } from './sheet.ts';

export type Columns = Readonly<Record<string, Column<unknown>>>;
export type ValuesOf<C extends Columns> = { readonly [K in keyof C]: C[K] extends Column<infer T> ? T : never };

export interface TakenRow<V> {
  readonly sheet: string;
  readonly line: number;
  /** What could be read; a row that lacks anything has been refused. */
  readonly values: Partial<V>;
}

export function takeRows<C extends Columns>(
  sheet: Pick<Sheet, 'title' | 'rows'>,
  { columns, asOf, log }: { columns: C; asOf: DateText; log: IssueLog },
): readonly TakenRow<ValuesOf<C>>[] {
  const [heading, ...rows] = sheet.rows;
  const places = heading === undefined ? undefined : placeColumns(heading, { sheet, columns, log });
  if (places === undefined) return [];
  return rows.map(({ line, cells }) => {
    const values: Record<string, unknown> = {};
    const row = { sheet: sheet.title, line, values: values as Partial<ValuesOf<C>> };
    for (const [id, column] of Object.entries(columns)) {
      const place = places.get(id);
      // Said once of the heading, not again of each row.
      if (place === undefined) continue;
      const parsed = parseCell(column, cells[place] ?? '', { asOf });
      if ('value' in parsed) values[id] = parsed.value;
      else log.refuse(row, { ...parsed, column: column.heading });
    }
    return row;
  });
}

/**
 * Where each column stands; undefined when the heading cannot be used, so that no row can be taken. A heading is never repeated in an issue: where
 * the heading line is missing, the first household stands in its place.
 */
function placeColumns(
  heading: SheetRow,
  { sheet, columns, log }: { sheet: Pick<Sheet, 'title' | 'rows'>; columns: Columns; log: IssueLog },
): Map<string, number> | undefined {
  const places = new Map<string, number>();
  const at = { sheet: sheet.title, line: heading.line };
  const headings = Object.values(columns).map((column) => column.heading);
  const unknown: number[] = [];
  for (const [place, text] of heading.cells.entries()) {
    const id = findColumn(columns, text);
    if (id === undefined) {
      if (text.trim() !== '') unknown.push(place);
    } else if (places.has(id)) {
      const column = columns[id]!.heading;
      log.report(at, { code: 'HEADING_REPEATED', column, message: `'${column}' heads two columns`, hint: 'keep one of them' });
    } else places.set(id, place);
  }
  if (places.size === 0) {
    const hint = `put a line with ${headings.join(', ')} above the first row`;
    log.report(at, { code: 'HEADING_MISSING', message: 'the first line holds none of the headings', hint });
    return undefined;
  }
  for (const place of unknown) {
    const near = findNearest(plain(heading.cells[place]!), headings);
    const hint = near === undefined ? `delete the column; the headings are ${headings.join(', ')}` : `did you mean '${near}'?`;
    log.report(at, {
      code: 'HEADING_UNKNOWN',
      column: letterOf(place),
      message: `column ${letterOf(place)} has an unknown heading`,
      hint,
    });
  }
  let complete = true;
  for (const [id, { heading: column, blank }] of Object.entries(columns)) {
    if (places.has(id)) continue;
    // Nowhere: each of its cells is blank.
    if (blank !== undefined) places.set(id, -1);
    else {
      complete = false;
      log.report(at, {
        code: 'HEADING_MISSING',
        column,
        message: `there is no column '${column}'`,
        hint: `add a column with the heading '${column}'`,
      });
    }
  }
  return complete ? places : undefined;
}

function findColumn(columns: Columns, text: string): string | undefined {
  const asked = plain(text).toLowerCase();
  return Object.entries(columns).find(([id, { heading }]) => heading === asked || id.toLowerCase() === asked)?.[0];
}

/** Without spaces and without the star or colon that forms put after a heading. */
function plain(heading: string): string {
  return heading
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/^\*|[*:]$/g, '');
}

/** As a spreadsheet names it: 0 is A, 26 is AA. */
function letterOf(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : letterOf(Math.floor(place / 26) - 1) + letter;
}
