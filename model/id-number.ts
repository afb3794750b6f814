/** Resident identity numbers by GB 11643: six digits of region, eight of birth date, three of order, one check character. */
import { epochDay } from './day-table.ts';
import type { DateText } from './plan.ts';

/** Why a text is no identity number. Says nothing of the number itself, so it may be logged. */
export type IdNumberFault = 'not 18 characters' | 'no such birth date' | 'born in the future' | 'wrong check character';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/**
 * The fault of a text as an identity number on the day `asOf`, or undefined when it has none. The region is not looked up: regions are merged and
 * renumbered, and a number keeps the region of its first issue.
 */
export function checkIdNumber(text: string, { asOf }: { asOf: DateText }): IdNumberFault | undefined {
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return 'not 18 characters';
  const born = birthOf(text);
  if (epochDay(born) === undefined || born < '1800') return 'no such birth date';
  if (born > asOf) return 'born in the future';
  return checkCharacterOf(text) === text[17] ? undefined : 'wrong check character';
}

/** The check character (ISO 7064 mod 11-2) of the first 17 digits. */
export function checkCharacterOf(text: string): string {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(text[place]), 0);
  return '10X98765432'[sum % 11]!;
}

/** By the last digit of the order number: odd is male. Only of a checked number. */
export function sexOf(idNumber: string): 'male' | 'female' {
  return Number(idNumber[16]) % 2 === 1 ? 'male' : 'female';
}

/** The birth date a number carries. Only of a checked number is it a real one. */
export function birthOf(idNumber: string): DateText {
  return `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`;
}
