import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROSTER_LIMITS } from '../../roster/limits.ts';
import { readXlsx } from '../../roster/read-xlsx.ts';
import { makeZip, workbookParts, type ZipPart } from './zip.ts';

const read = async (bytes: Buffer) => await readXlsx(bytes, { title: 'register.xlsx' });
const rowsOf = (found: Awaited<ReturnType<typeof read>>) =>
  'code' in found ? expect.fail(found.code) : found[0]?.rows.map(({ cells }) => cells);

async function workbookOf(fill: (sheet: ExcelJS.Worksheet, workbook: ExcelJS.Workbook) => void): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  fill(workbook.addWorksheet('工会'), workbook);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

const cell = async (value: ExcelJS.CellValue, style: Partial<ExcelJS.Style> = {}): Promise<string | undefined> => {
  const bytes = await workbookOf((sheet) => {
    sheet.getCell('A1').value = value;
    Object.assign(sheet.getCell('A1'), style);
    sheet.getCell('B1').value = 'end';
  });
  return rowsOf(await read(bytes))?.[0]?.[0];
};

describe('a cell of a workbook', () => {
  it('is read as its text', async () => expect(await cell('示例')).toBe('示例'));
  it('is read as the result of its formula', async () => expect(await cell({ formula: 'A2&A3', result: '示例' })).toBe('示例'));
  it('is blank when its formula has no result', async () => expect(await cell({ formula: 'A2' })).toBe(''));
  it('is read as the error of its formula, which no column takes', async () =>
    expect(await cell({ formula: 'A2', result: { error: '#REF!' } })).toBe('#REF!'));
  it('is read as the text of its link', async () =>
    expect(await cell({ text: '示例', hyperlink: 'https://example.org' })).toBe('示例'));
  it('is read as its words when they are formatted', async () =>
    expect(await cell({ richText: [{ text: '示' }, { font: { bold: true }, text: '例' }] })).toBe('示例'));
  it('is read as its date', async () =>
    expect(await cell(new Date('2020-03-05T00:00:00Z'), { numFmt: 'yyyy/m/d' })).toBe('2020-03-05'));
  it('is read as its number', async () => expect(await cell(13_900_000_000)).toBe('13900000000'));
  it('is not read as digits that the spreadsheet has already lost', async () =>
    expect(await cell(110_105_194_912_310_020)).toMatch(/e\+17$/));
});

describe('a workbook', () => {
  it('counts lines as the spreadsheet shows them', async () => {
    const found = await read(await workbookOf((sheet) => void (sheet.getCell('B7').value = 'x')));
    expect(found).toMatchObject([{ kind: 'unions', title: '工会', rows: [{ line: 7, cells: ['', 'x'] }] }]);
  });
  it('may have other sheets', async () => {
    const bytes = await workbookOf((_, workbook) => void (workbook.addWorksheet('说明').getCell('A1').value = 'x'));
    expect(await read(bytes)).toHaveLength(1);
  });
  it('may have its sheets by English names', async () => {
    const bytes = await workbookOf((_, workbook) => void workbook.addWorksheet(' Households '));
    expect(await read(bytes)).toMatchObject([{ kind: 'unions' }, { kind: 'households', title: ' Households ' }]);
  });
});

describe('a file that is no workbook', () => {
  it.each([
    ['text', Buffer.from('编号,名称')],
    ['nothing', Buffer.alloc(0)],
    ['an .xls or a protected .xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['another zip', makeZip([{ name: 'a.txt', data: 'x' }])],
  ])('is refused as one: %s', async (_, bytes) =>
    expect(await read(bytes)).toMatchObject({ code: 'ROSTER_NOT_XLSX', sheet: 'register.xlsx', line: 0 }),
  );
  it('is refused when it is cut off', async () => {
    const bytes = await workbookOf((sheet) => void (sheet.getCell('A1').value = 'x'));
    expect(await read(bytes.subarray(0, bytes.length - 30))).toMatchObject({ code: 'ROSTER_UNREADABLE' });
  });
  it('never makes the reader throw, whichever byte is wrong', async () => {
    const bytes = await workbookOf((sheet) => void sheet.addRow(['编号', '名称', '类别']));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (place, value) => {
        const damaged = Buffer.from(bytes);
        damaged[place] = value;
        expect(await read(damaged)).toBeDefined();
      }),
      { numRuns: 150 },
    );
  });
});

describe('a workbook made to do harm', () => {
  const sheet = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>编号</t></is></c></row></sheetData>';
  const beyond = Buffer.alloc(ROSTER_LIMITS.inflatedBytes + 1, 0x20);
  const harm = async (parts: readonly ZipPart[]) => await read(makeZip(parts));

  it('is read when it does none', async () => expect(rowsOf(await harm(workbookParts(sheet)))).toEqual([['编号']]));
  it('is refused by its declared size, before it is inflated', async () => {
    // What stands there is no deflated data: inflating it would make the file unreadable, not too large.
    const part = { name: 'xl/media/a.bin', data: '', declared: ROSTER_LIMITS.inflatedBytes };
    const bytes = makeZip([...workbookParts(sheet), part]);
    bytes[bytes.indexOf('a.bin') + 5] = 0xff;
    expect(await read(bytes)).toMatchObject({ code: 'ROSTER_TOO_LARGE' });
  });
  it('is refused when it inflates to more than it declares', async () =>
    expect(await harm([...workbookParts(sheet), { name: 'xl/media/a.bin', data: beyond, declared: 10 }])).toMatchObject({
      code: 'ROSTER_UNREADABLE',
    }));
  it('is refused when it has too many parts', async () => {
    const parts = Array.from({ length: ROSTER_LIMITS.entries }, (_, at) => ({ name: `p/${at}`, data: '' }));
    expect(await harm([...workbookParts(sheet), ...parts])).toMatchObject({ code: 'ROSTER_TOO_LARGE' });
  });
  it('is not followed into a merge of the whole sheet', async () =>
    expect(
      rowsOf(await harm(workbookParts(`${sheet}<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>`))),
    ).toEqual([['编号']]));
  it('is not followed into a rule for every cell', async () => {
    const rule =
      '<dataValidations count="1"><dataValidation type="list" sqref="A1:XFD1048576"><formula1>"a"</formula1></dataValidation></dataValidations>';
    expect(rowsOf(await harm(workbookParts(sheet + rule)))).toEqual([['编号']]);
  });
  it('is not followed into a name for every cell', async () => {
    const names = '<definedNames><definedName name="all">工会!$A$1:$XFD$1048576</definedName></definedNames>';
    expect(rowsOf(await harm(workbookParts(sheet, { names })))).toEqual([['编号']]);
  });
  it('is not followed to a line that no spreadsheet has', async () =>
    expect(
      await harm(workbookParts('<sheetData><row r="4000000000"><c r="A4000000000"><v>1</v></c></row></sheetData>')),
    ).toMatchObject({
      code: 'ROSTER_UNREADABLE',
    }));
  it('gains nothing by entities', async () => {
    const parts = workbookParts(sheet).map((part) =>
      part.name === 'xl/worksheets/sheet1.xml'
        ? {
            ...part,
            data: String(part.data)
              .replace('\n', '\n<!DOCTYPE w [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>')
              .replace('编号', '&b;'),
          }
        : part,
    );
    expect(JSON.stringify(await harm(parts))).not.toContain('aaaaaaaa');
  });
});
