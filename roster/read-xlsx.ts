/** A workbook to sheets of text. The only room-mate of exceljs on the way in; everything that makes it slow or unsafe is kept from it here. */
import ExcelJS from 'exceljs';
import { ROSTER_LIMITS } from './limits.ts';
import type { RosterIssue } from '../model/roster.ts';
import { type Complaint, issueOfWhole, tooManyRows } from './roster-issue.ts';
import { findSheetKind, isBlankRow, type Sheet, type SheetRow } from './sheet.ts';
import { findZipFault } from './zip-guard.ts';

const UNREADABLE: Complaint = {
  code: 'ROSTER_UNREADABLE',
  message: 'the workbook cannot be read',
  hint: 'open it in a spreadsheet program and save it again as .xlsx',
};

/** The last line a spreadsheet can have. exceljs believes any number a file claims, and would count up to it. */
const LAST_LINE = 1_048_576;

/** Parts of a sheet that say nothing about its cells. For some, exceljs visits every cell of a range: a merged whole sheet would take hours. */
const IGNORED = [
  'mergeCells',
  'dataValidations',
  'conditionalFormatting',
  'hyperlinks',
  'autoFilter',
  'drawing',
  'picture',
  'tableParts',
  'rowBreaks',
  'extLst',
];

/** The sheets that belong to a register, or why there are none. `title` is what an issue calls the file. */
export async function readXlsx(bytes: Buffer, { title }: { title: string }): Promise<readonly Sheet[] | RosterIssue> {
  const fault = await findZipFault(bytes);
  if (fault !== undefined) return issueOfWhole(title, fault);
  const workbook = await loadWorkbook(bytes).catch(() => undefined);
  if (workbook === undefined) return issueOfWhole(title, UNREADABLE);
  const sheets: Sheet[] = [];
  let rowsLeft: number = ROSTER_LIMITS.rows;
  for (const worksheet of workbook.worksheets) {
    const kind = findSheetKind(worksheet.name);
    if (kind === undefined) continue;
    if (worksheet.rowCount > LAST_LINE) return issueOfWhole(title, UNREADABLE);
    const rows = takeLines(worksheet, { atMost: rowsLeft });
    if (rows === undefined) return issueOfWhole(title, tooManyRows());
    rowsLeft -= rows.length;
    sheets.push({ kind, title: worksheet.name, rows });
  }
  return sheets;
}

async function loadWorkbook(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  // exceljs lists every cell of a named range. We need no names, and it has no option to pass them over.
  Object.defineProperty(workbook, '_definedNames', { value: { model: [] } });
  await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer, { ignoreNodes: IGNORED });
  return workbook;
}

/** Undefined when there are more than allowed. */
function takeLines(worksheet: ExcelJS.Worksheet, { atMost }: { atMost: number }): readonly SheetRow[] | undefined {
  const rows: SheetRow[] = [];
  for (let line = 1; line <= worksheet.rowCount; line += 1) {
    const row = worksheet.findRow(line);
    if (row === undefined) continue;
    const width = Math.min(row.cellCount, ROSTER_LIMITS.columns);
    const cells = Array.from({ length: width }, (_, index) => textOf(row.findCell(index + 1)?.value));
    if (isBlankRow(cells)) continue;
    if (rows.length >= atMost) return undefined;
    rows.push({ line, cells });
  }
  return rows;
}

/** What a reader of the spreadsheet sees: of a formula its result, of a link its text, of formatted words the words. */
function textOf(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return numberText(value);
  if (typeof value !== 'object') return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('error' in value) return value.error;
  if ('text' in value) return textOf(value.text);
  return 'result' in value ? textOf(value.result) : '';
}

/** Beyond fifteen digits a spreadsheet has already lost some: such a number must not pass for a text of digits. */
function numberText(value: number): string {
  return Math.abs(value) < 1e15 ? String(value) : value.toExponential();
}
