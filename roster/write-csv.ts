/** A roster to a folder of CSV files. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Roster } from '../model/roster.ts';
import { escapeCell } from './csv-cell.ts';
import { SHEET_TITLES } from './sheet.ts';
import { sheetTexts } from './sheet-texts.ts';

/** UTF-8 with a byte-order mark, without which Excel takes Chinese text for something else. Cells that look like formulas are disarmed. */
export async function writeRosterCsv(roster: Roster, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { kind, columns, rows } of sheetTexts(roster)) {
    const lines = [columns.map(({ heading }) => heading), ...rows].map((cells) => cells.map(csvCell).join(','));
    await writeFile(join(folder, `${SHEET_TITLES[kind]}.csv`), `\ufeff${lines.join('\r\n')}\r\n`);
  }
}

function csvCell(text: string): string {
  const escaped = escapeCell(text);
  return /[",\r\n]/.test(escaped) ? `"${escaped.replaceAll('"', '""')}"` : escaped;
}
