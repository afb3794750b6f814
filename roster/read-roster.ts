/** Registers in: a workbook or a folder of CSV files, to checked rows. Nothing is imported by reading. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { RosterIssue } from '../model/roster.ts';
import { checkRoster, type RosterQuestion, type RosterReading } from './check-roster.ts';
import { ROSTER_LIMITS } from './limits.ts';
import { readCsvFolder } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import { issueOfWhole, tooManyBytes } from './roster-issue.ts';
import type { Sheet } from './sheet.ts';

/**
 * Reads the register at `path`: an .xlsx file, or a folder with a CSV file for each sheet.
 * Whatever is wrong with it is an issue; it throws only when the machine fails to read.
 */
export async function readRoster(path: string, question: RosterQuestion): Promise<RosterReading> {
  const title = basename(path);
  const place = await stat(path).catch(() => undefined);
  if (place?.isDirectory() === true) return reading(await readCsvFolder(path, { title }), question);
  if (place?.isFile() !== true) {
    return reading(
      issueOfWhole(title, { code: 'ROSTER_NOT_FOUND', message: 'there is no such file or folder', hint: 'check the path' }),
      question,
    );
  }
  if (place.size > ROSTER_LIMITS.fileBytes) return reading(issueOfWhole(title, tooManyBytes()), question);
  return reading(await readXlsx(await readFile(path), { title }), question);
}

function reading(found: readonly Sheet[] | RosterIssue, question: RosterQuestion): RosterReading {
  return 'code' in found ? { roster: { unions: [], people: [], households: [] }, issues: [found] } : checkRoster(found, question);
}
