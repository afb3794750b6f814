/** A roster to a workbook that people can go on filling in. */
import ExcelJS from 'exceljs';
import type { Roster } from '../model/roster.ts';
import { SHEET_TITLES } from './sheet.ts';
import { type SheetTexts, sheetTexts } from './sheet-texts.ts';

/** Every cell is formatted as text, so that identity numbers keep their digits; choices have drop-downs, also some rows below the last. */
export async function writeRosterXlsx(roster: Roster, path: string): Promise<void> {
  const workbook = new ExcelJS.Workbook();
  // The properties say nothing of when it was made: it is the roster that has a date, not the file.
  workbook.created = workbook.modified = new Date(0);
  for (const texts of sheetTexts(roster)) addSheet(workbook, texts);
  await workbook.xlsx.writeFile(path);
}

const SPARE_ROWS = 100;

/** In exceljs but not in its types; the typed way asks every cell for a rule of its own. */
interface RangeValidations {
  readonly dataValidations: { add(range: string, rule: ExcelJS.DataValidation): void };
}

function addSheet(workbook: ExcelJS.Workbook, { kind, columns, rows }: SheetTexts): void {
  const sheet = workbook.addWorksheet(SHEET_TITLES[kind], { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map(({ heading }, index) => {
    const texts = rows.slice(0, SPARE_ROWS).map((row) => row[index]!);
    return { header: heading, width: widthOf([heading, ...texts]), style: { numFmt: '@' } };
  });
  sheet.getRow(1).font = { bold: true };
  sheet.addRows(rows.map((row) => row.map((text) => (text === '' ? null : escapeForXml(text)))));
  for (const [index, { members }] of columns.entries()) {
    if (members === undefined) continue;
    const { letter } = sheet.getColumn(index + 1);
    const rule: ExcelJS.DataValidation = { type: 'list', allowBlank: true, formulae: [`"${members.join(',')}"`] };
    (sheet as unknown as RangeValidations).dataValidations.add(`${letter}2:${letter}${rows.length + 1 + SPARE_ROWS}`, rule);
  }
}

/** In a workbook `_x0041_` means A. exceljs reads it so but does not write it so. */
function escapeForXml(text: string): string {
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}

/** In characters of a digit's width; Chinese ones take two. */
function widthOf(texts: readonly string[]): number {
  const width = (text: string): number => [...text].reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 0);
  return Math.min(40, Math.max(...texts.map(width)) + 2);
}
