/** What the text of a cell says: words in one shape, and days in the shapes people write them. */
import { epochDay } from '../model/day-table.ts';
import type { DateText } from '../model/plan.ts';

/** Words as they are kept: composed characters, single spaces, nothing invisible around or in them. */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u200b\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Holds something that no paper, database or workbook can keep; or a spreadsheet's error instead of words. */
export function isUnprintable(text: string): boolean {
  return /[\p{Cc}\p{Cs}\ufffe\uffff\ufffd]/u.test(text) || /^#(REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!)$/.test(text);
}

/** 2020-03-05, 2020/3/5, 2020.3.5 or 2020年3月5日, with or without midnight behind it. */
export function parseDay(text: string): DateText | undefined {
  const match = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?( 0?0:00(:00)?)?$/.exec(text.normalize('NFKC').trim());
  return match === null ? undefined : realDay(match[1]!, match[2]!, match[3]!);
}

/** 1968-04, 1968/4, 1968年4月 or 1968.04, or a whole day of it. Not 1968.1, which a spreadsheet makes of October (1968.10). */
export function parseMonth(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim();
  const match = /^(\d{4})\s*[-/年]\s*(\d{1,2})\s*月?$/.exec(plain) ?? /^(\d{4})\.(\d{2})$/.exec(plain);
  const day = match === null ? parseDay(plain) : realDay(match[1]!, match[2]!, '1');
  return day?.slice(0, 7);
}

function realDay(year: string, month: string, day: string): DateText | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return epochDay(date) === undefined || date < '1900' ? undefined : date;
}
