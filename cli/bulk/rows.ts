/** Where the items of a bulk come from: a CSV file, the result of an earlier one, or a choice. Texts by column, before anybody asks what they mean. */
import { optional, wordsColumn } from '../../roster/columns.ts';
import { parseCsv } from '../../roster/read-csv.ts';
import { createIssueLog } from '../../roster/roster-issue.ts';
import { takeRows } from '../../roster/take-rows.ts';
import { BulkLine } from './shapes.ts';

/** By column; a blank cell is an empty text. */
export type Cells = Readonly<Record<string, string>>;

export interface Row {
  /** Of the file, the heading being the first; or its place among those chosen. */
  readonly line: number;
  readonly cells: Cells;
  /** Under which it was asked before. */
  readonly command?: string;
}

/** What is wrong with a line of a file. */
export interface RowIssue {
  readonly file: string;
  readonly line: number;
  readonly column?: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export type Reading = { readonly rows: readonly Row[] } | { readonly issues: readonly RowIssue[] };

/** In UTF-8 or as spreadsheet programs in China save it. Columns stand in any order, and those that are not needed may be missing. */
export function readCsvRows(
  bytes: Buffer,
  { file, columns, atMost }: { file: string; columns: readonly string[]; atMost: number },
): Reading {
  const sheet = parseCsv(bytes, { atMost: atMost + 1 });
  if ('code' in sheet) {
    const tooMany = sheet.code === 'ROSTER_TOO_LARGE';
    const message = tooMany ? `there are more than ${atMost} lines` : sheet.message;
    const hint = tooMany ? 'divide the file' : sheet.hint;
    return { issues: [{ file, line: sheet.line ?? 1, code: tooMany ? 'BULK_TOO_LARGE' : 'LIST_UNREADABLE', message, hint }] };
  }
  const log = createIssueLog();
  // Nothing in it is a date of a register.
  const asOf = '9999-12-31';
  const taken = takeRows(
    { title: file, rows: sheet },
    { columns: Object.fromEntries(columns.map((name) => [name, optional(wordsColumn(name))])), asOf, log },
  );
  const issues = log.issues();
  if (issues.length > 0) return { issues: issues.map(({ sheet: _sheet, ...issue }) => ({ file, ...issue })) };
  return { rows: taken.map(({ line, values }) => ({ line, cells: values as Cells })) };
}

/**
 * Of the lines that an earlier bulk printed, those that were not done, with the ids under which they were asked. Where a file holds several attempts, the
 * last word on each counts. What was only looked at is no failure.
 */
export async function readFailedRows(
  lines: AsyncIterable<string>,
  { file, run, kind }: { file: string; run: string; kind: string },
): Promise<Reading> {
  const issues: RowIssue[] = [];
  const last = new Map<string, BulkLine>();
  let number = 0;
  for await (const text of lines) {
    number += 1;
    const found = text.trim() === '' ? 'blank' : readLine(text);
    if (found === 'blank' || found === 'end') continue;
    const issue = found === undefined ? UNREADABLE : misplaced(found, { run, kind });
    if (issue !== undefined) issues.push({ file, line: number, ...issue });
    else if (found !== undefined) last.set(found.command ?? `line ${number}`, found);
  }
  if (issues.length > 0) return { issues };
  const failed = [...last.values()].filter(({ state }) => state !== 'done' && state !== 'previewed');
  return { rows: failed.map(({ line, item, command }) => ({ line, cells: item, ...(command !== null && { command }) })) };
}

function readLine(text: string): BulkLine | 'end' | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value === 'object' && value !== null && 'end' in value) return 'end';
  return BulkLine.safeParse(value).data;
}

type Fault = Pick<RowIssue, 'code' | 'message' | 'hint'>;

const UNREADABLE: Fault = {
  code: 'RESULT_UNREADABLE',
  message: 'this is no result of a bulk',
  hint: 'give what a command printed for each item with --json, or wrote with --results',
};

function misplaced(found: BulkLine, { run, kind }: { run: string; kind: string }): Fault | undefined {
  if (found.run === run && found.kind === kind) return undefined;
  return {
    code: 'RESULT_OF_ANOTHER',
    message: `this is of '${found.kind} ${found.run}'`,
    hint: 'try it again with the same command and the same run',
  };
}
