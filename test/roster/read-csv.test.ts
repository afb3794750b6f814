import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROSTER_LIMITS } from '../../roster/limits.ts';
import { parseCsv } from '../../roster/read-csv.ts';
import { readRoster } from '../../roster/read-roster.ts';
import { SHEET_KINDS, SHEET_TITLES } from '../../roster/sheet.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';
import { AS_OF, check, REGISTER } from './builders.ts';

const asOf = AS_OF;
const whole = check(REGISTER).roster;
const csv = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.join(',')).join('\r\n');
const parsed = (text: string | Buffer, atMost = 100) => parseCsv(Buffer.from(text as string), { atMost });

/** '工会' in GB18030, which Node can read but not write. */
const UNION_IN_GB18030 = Buffer.from([0xb9, 0xa4, 0xbb, 0xe1]);

async function reading(files: Readonly<Record<string, string | Buffer>>) {
  return await withTemporaryDirectory(async (folder) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return await readRoster(folder, { asOf });
  });
}

const files = (name: (kind: (typeof SHEET_KINDS)[number]) => string, before = '') =>
  Object.fromEntries(SHEET_KINDS.map((kind) => [name(kind), before + csv(REGISTER[kind])]));

describe('a folder of CSV files', () => {
  it('is read by Chinese names', async () =>
    expect(await reading(files((kind) => `${SHEET_TITLES[kind]}.csv`))).toEqual({ roster: whole, issues: [] }));
  it('is read by English names', async () =>
    expect(await reading(files((kind) => `${kind}.CSV`))).toEqual({ roster: whole, issues: [] }));
  it('may begin with a byte-order mark', async () =>
    expect(await reading(files((kind) => `${kind}.csv`, '\ufeff'))).toEqual({ roster: whole, issues: [] }));
  it('may hold other files', async () =>
    expect((await reading({ ...files((kind) => `${kind}.csv`), 'notes.csv': 'x', 'a.txt': 'y' })).issues).toEqual([]));
  it('names the file in its issues', async () => {
    const { issues } = await reading({
      ...files((kind) => `${kind}.csv`),
      'unions.csv': `${csv(REGISTER.unions)}\r\n\r\nX,示例,镇街`,
    });
    expect(issues).toMatchObject([{ code: 'BAD_ID', sheet: 'unions.csv', line: 5 }]);
  });
  it('has each sheet once', async () => {
    const { issues } = await reading({ ...files((kind) => `${kind}.csv`), '工会.csv': csv(REGISTER.unions) });
    expect(issues.map(({ code }) => code)).toEqual(['SHEET_REPEATED']);
  });
  it('is not there', async () =>
    expect(await readRoster('/nowhere/at/all', { asOf })).toMatchObject({
      roster: { unions: [] },
      issues: [{ code: 'ROSTER_NOT_FOUND', sheet: 'all' }],
    }));
  it('is refused when its files are too large together, before they are read', async () => {
    const half = Buffer.alloc(ROSTER_LIMITS.fileBytes / 2 + 1);
    expect((await reading({ 'unions.csv': half, 'people.csv': half })).issues).toMatchObject([{ code: 'ROSTER_TOO_LARGE' }]);
  });
  it('is refused when a file of it cannot be read', async () =>
    expect((await reading({ ...files((kind) => `${kind}.csv`), 'people.csv': 'a,"b\r\nc' })).issues).toMatchObject([
      { code: 'ROSTER_UNREADABLE', sheet: 'people.csv' },
    ]));
  it('is a folder even when a folder is named like a file', async () =>
    await withTemporaryDirectory(async (folder) => {
      mkdirSync(join(folder, 'register.xlsx'));
      expect((await readRoster(join(folder, 'register.xlsx'), { asOf })).issues.map(({ code }) => code)).toContain(
        'SHEET_MISSING',
      );
    }));
});

describe('a CSV file', () => {
  it('may be in GB18030', () =>
    expect(parsed(Buffer.concat([UNION_IN_GB18030, Buffer.from(',1')]))).toEqual([{ line: 1, cells: ['工会', '1'] }]));
  it('is refused in neither encoding', () =>
    expect(parsed(Buffer.from([0xff, 0xff, 0xff]))).toMatchObject({ code: 'ROSTER_UNREADABLE' }));
  it('counts lines as a spreadsheet does, blank ones and line breaks in cells included', () =>
    expect(parsed('a,b\r\n\r\n"c\r\nd",e\r\nf,g')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 3, cells: ['c\r\nd', 'e'] },
      { line: 4, cells: ['f', 'g'] },
    ]));
  it('leaves out rows of nothing but commas', () => expect(parsed('a\n,,\n \nb')).toMatchObject([{ line: 1 }, { line: 4 }]));
  it('gives back a disarmed formula', () => expect(parsed("'=1+1")).toEqual([{ line: 1, cells: ['=1+1'] }]));
  it('has a limit of rows', () => expect(parsed('a\nb\nc', 2)).toMatchObject({ code: 'ROSTER_TOO_LARGE' }));
  it('has a limit of lines, blank or not', () =>
    expect(parsed(`a${'\n'.repeat(2 * ROSTER_LIMITS.rows + 1)}b`)).toMatchObject({ code: 'ROSTER_TOO_LARGE' }));
  it('has a limit of columns', () => {
    const rows = parsed(','.repeat(500) + 'x\na');
    expect(rows).toEqual([{ line: 2, cells: ['a'] }]);
  });
  it('says where a quotation mark is wrong, without repeating the cell', () => {
    const issue = parsed('a,b\nc,d\n张"某某",110105194912310021');
    expect(issue).toMatchObject({ code: 'ROSTER_UNREADABLE', line: 3 });
    expect(JSON.stringify(issue)).not.toMatch(/某|\d{11}/);
  });
});
