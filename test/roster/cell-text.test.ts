import { describe, expect, it } from 'vitest';
import { cleanText, parseDay, parseMonth } from '../../roster/cell-text.ts';
import { escapeCell, unescapeCell } from '../../roster/csv-cell.ts';

describe('a day', () => {
  it.each([
    '2020-03-05',
    '2020/3/5',
    '2020.3.5',
    '2020年3月5日',
    '2020年03月05',
    '２０２０－３－５',
    ' 2020-3-5 ',
    '2020/3/5 0:00',
    '2020-03-05 00:00:00',
  ])('is read from %j', (text) => expect(parseDay(text)).toBe('2020-03-05'));
  it.each(['2020-02-30', '2020-13-01', '20200305', '43895', '5/3/2020', '2020-3', '1899-12-31', '2020-03-05 12:30', ''])(
    'is not read from %j',
    (text) => expect(parseDay(text)).toBeUndefined(),
  );
});

describe('a month', () => {
  it.each(['1968-04', '1968/4', '1968年4月', '1968.04', '1968-04-17', '1968年4月1日'])('is read from %j', (text) =>
    expect(parseMonth(text)).toBe('1968-04'),
  );
  it('is not read from 1968.1, which may have been October', () => expect(parseMonth('1968.1')).toBeUndefined());
  it.each(['1968', '1968-13', '68-04', '1968-00', ''])('is not read from %j', (text) => expect(parseMonth(text)).toBeUndefined());
});

describe('words', () => {
  it('lose what cannot be seen', () => expect(cleanText('\ufeff 甲\u200b \r\n 乙\u3000')).toBe('甲 乙'));
  it('are composed', () => expect(cleanText('e\u0301')).toBe('é'));
});

describe('a cell of a CSV file', () => {
  it.each(['=1+1', '+86', '-', '@x', '\tx', "'=1", "''=1"])('disarms %j and gives it back', (text) => {
    expect(escapeCell(text)).toBe(`'${text}`);
    expect(unescapeCell(escapeCell(text))).toBe(text);
  });
  it.each(['', '甲', "'quoted'", '1=1', 'a-b'])('leaves %j alone', (text) => {
    expect(escapeCell(text)).toBe(text);
    expect(unescapeCell(text)).toBe(text);
  });
});
