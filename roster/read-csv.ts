/** A folder of CSV files to sheets of text, in UTF-8 or as spreadsheet programs in China save them. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import type { RosterIssue } from '../model/roster.ts';
import { unescapeCell } from './csv-cell.ts';
import { ROSTER_LIMITS } from './limits.ts';
import { type Complaint, issueOfWhole, tooManyBytes, tooManyRows } from './roster-issue.ts';
import { findSheetKind, isBlankRow, type Sheet, type SheetRow } from './sheet.ts';

/** The sheets that belong to a register, or why there are none. `title` is what an issue calls the folder. */
export async function readCsvFolder(folder: string, { title }: { title: string }): Promise<readonly Sheet[] | RosterIssue> {
  const files = (await readdir(folder)).flatMap((file) => {
    const kind = file.toLowerCase().endsWith('.csv') ? findSheetKind(file.slice(0, -4)) : undefined;
    return kind === undefined ? [] : [{ file, kind, path: join(folder, file) }];
  });
  const sizes = await Promise.all(files.map(({ path }) => stat(path)));
  if (sizes.reduce((sum, { size }) => sum + size, 0) > ROSTER_LIMITS.fileBytes) return issueOfWhole(title, tooManyBytes());
  const sheets: Sheet[] = [];
  let rowsLeft: number = ROSTER_LIMITS.rows;
  for (const { file, kind, path } of files) {
    const rows = parseCsv(await readFile(path), { atMost: rowsLeft });
    if ('code' in rows) return { ...issueOfWhole(file, rows), ...rows };
    rowsLeft -= rows.length;
    sheets.push({ kind, title: file, rows });
  }
  return sheets;
}

/** Lines are records: a cell with a line break in it does not shift the count from what a spreadsheet shows. */
export function parseCsv(
  bytes: Buffer,
  { atMost }: { atMost: number },
): readonly SheetRow[] | (Complaint & { readonly line?: number }) {
  const text = decode(bytes);
  if (text === undefined) {
    const hint = 'save it again as CSV UTF-8';
    return { code: 'ROSTER_UNREADABLE', message: 'the file is neither UTF-8 nor GB18030', hint };
  }
  try {
    const records = parse(text, {
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: 1_000_000,
      to: LINES_READ,
    });
    const rows = records
      .map((cells, index) => ({ line: index + 1, cells: cells.slice(0, ROSTER_LIMITS.columns).map(unescapeCell) }))
      .filter(({ cells }) => !isBlankRow(cells));
    return rows.length > atMost || records.length === LINES_READ ? tooManyRows() : rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // csv-parse's words quote the cell, so only its place is kept.
    const message = 'a quotation mark is missing or stands where none may';
    const hint = 'open the file in a spreadsheet program and save it again as CSV UTF-8';
    return { code: 'ROSTER_UNREADABLE', message, hint, ...(typeof error.lines === 'number' && { line: error.lines }) };
  }
}

/** Twice the rows, so that blank lines between them do no harm. */
const LINES_READ = 2 * ROSTER_LIMITS.rows + 1;

/** GB18030 text is almost never valid UTF-8, so UTF-8 is tried first; TextDecoder drops the byte-order mark. */
function decode(bytes: Buffer): string | undefined {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not in this encoding.
    }
  }
  return undefined;
}
