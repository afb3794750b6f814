/** Reading answers that are words: texts, telephone and identity numbers. */
import type { Cell } from '../model/form.ts';
import { checkIdNumber } from '../model/id-number.ts';
import { parsePhone } from '../model/phone.ts';
import type { DateText } from '../model/plan.ts';
import { FORM_LIMITS } from './limits.ts';
import type { Reading } from './read-cell.ts';

// Lone halves of a surrogate pair cannot be stored as UTF-8, and control characters have no place on paper.
export const UNPRINTABLE = /\p{Cs}|[^\P{Cc}\n]/u;

export function readText(cell: Cell, given: unknown): Reading {
  if (typeof given !== 'string') return { code: 'WRONG_TYPE', what: 'is no text', hint: 'answer with a text' };
  const long = cell.type === 'long-text';
  const text = long ? given.replace(/\r\n?/g, '\n').replace(/\t/g, ' ').trim() : given.replace(/\s+/g, ' ').trim();
  const limit = Math.min(cell.atMost ?? Infinity, long ? FORM_LIMITS.longText : FORM_LIMITS.text);
  if (text.length > limit) {
    return {
      code: 'TEXT_TOO_LONG',
      what: `has ${text.length} characters`,
      hint: `say it in at most ${limit} characters, or attach a paper`,
    };
  }
  if (UNPRINTABLE.test(text)) {
    return {
      code: 'UNPRINTABLE_TEXT',
      what: 'holds a character that cannot be printed',
      hint: 'type it again instead of pasting it',
    };
  }
  return { answer: text };
}

export function readPhone(given: unknown): Reading {
  const phone = typeof given === 'string' ? parsePhone(given) : undefined;
  if (phone !== undefined) return { answer: phone };
  return {
    code: 'NO_PHONE_NUMBER',
    what: 'is no telephone number',
    hint: 'give eleven digits that begin with 1, or area code and number such as 0913-2000000, as a text',
  };
}

export function readIdNumber(given: unknown, { asOf }: { asOf: DateText }): Reading {
  const text = typeof given === 'string' ? given.normalize('NFKC').replace(/\s/g, '').toUpperCase() : '';
  const fault = checkIdNumber(text, { asOf });
  if (fault === undefined) return { answer: text };
  return { code: 'NO_ID_NUMBER', what: `is no identity number: ${fault}`, hint: 'copy all 18 characters from the identity card' };
}
