/** Reading answers that are numbers or days. */
import { epochDay } from '../model/day-table.ts';
import type { Cell } from '../model/form.ts';
import type { FormContext } from './form-context.ts';
import type { Reading } from './read-cell.ts';

export function readNumber(cell: Cell, given: unknown, { countOf }: Pick<FormContext, 'countOf'>): Reading {
  if (typeof given !== 'number' || !Number.isFinite(given)) {
    return { code: 'WRONG_TYPE', what: 'is no number', hint: 'answer with a number, without unit or separators' };
  }
  if (cell.type === 'integer' && !Number.isInteger(given))
    return { code: 'WRONG_TYPE', what: 'is no whole number', hint: 'leave out the decimals' };
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = cell;
  if (given < min || given > max) {
    return { code: 'NUMBER_OUT_OF_RANGE', what: 'is out of range', hint: `give a number ${rangeText(cell)}` };
  }
  if (cell.type === 'money' && Number(given.toFixed(2)) !== given) {
    return { code: 'TOO_MANY_DECIMALS', what: 'is finer than a cent', hint: 'give at most two decimals' };
  }
  const counted = cell.equals === undefined ? undefined : countOf?.(cell.equals);
  if (counted !== undefined && counted !== given) {
    const hint = 'correct it, or have the forms corrected that are counted';
    return { code: 'COUNT_DIFFERS', what: `is ${given}, and what was handed in comes to ${counted ?? 'nothing'}`, hint };
  }
  // Adding zero turns -0 into 0, which is what JSON would make of it anyway.
  return { answer: given + 0 };
}

function rangeText({ min, max }: Cell): string {
  if (min === undefined && max === undefined) return 'a computer can hold exactly';
  if (max === undefined) return `of at least ${min}`;
  return min === undefined ? `of at most ${max}` : `from ${min} to ${max}`;
}

export function readDate(cell: Cell, given: unknown, context: FormContext): Reading {
  const date = typeof given === 'string' ? given.trim() : '';
  if (epochDay(date) === undefined || date < '1900') {
    return { code: 'NO_SUCH_DATE', what: 'is no real date', hint: 'give year, month and day as 2020-10-13' };
  }
  return inWindow(cell, date, { today: context.today, last: context.campaignEnd });
}

export function readYearMonth(cell: Cell, given: unknown, context: FormContext): Reading {
  const month = typeof given === 'string' ? given.trim() : '';
  if (epochDay(`${month}-01`) === undefined || month < '1900') {
    return { code: 'NO_SUCH_DATE', what: 'is no real month', hint: 'give year and month as 2020-10' };
  }
  return inWindow(cell, month, { today: context.today.slice(0, 7), last: context.campaignEnd.slice(0, 7) });
}

/** Dates of one precision compare as texts. */
function inWindow(cell: Cell, date: string, { today, last }: { today: string; last: string }): Reading {
  if (cell.dates === 'past' && date > today) {
    return { code: 'DATE_OUT_OF_RANGE', what: 'lies in the future', hint: `give a date no later than ${today}` };
  }
  if (cell.dates === 'future' && (date < today || date > last)) {
    const what = date < today ? 'lies in the past' : 'lies after the end of the campaign';
    return { code: 'DATE_OUT_OF_RANGE', what, hint: `give a date from ${today} to ${last}` };
  }
  return { answer: date };
}
