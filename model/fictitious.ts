/** Numbers for made-up people: they pass our checks and belong to nobody. */
import { checkCharacterOf } from './id-number.ts';
import type { DateText } from './plan.ts';

/** Region codes begin with the two digits of a province, of which the last is 82; no card was ever issued under 999999. */
const REGION_OF_NOBODY = '999999';

/** An identity number with a valid check character. `order` counts those born on one day, 0 to 999; odd ones are male. */
export function fictitiousIdNumber({ bornOn, order }: { bornOn: DateText; order: number }): string {
  const digits = `${REGION_OF_NOBODY}${bornOn.replaceAll('-', '')}${String(order % 1000).padStart(3, '0')}`;
  return digits + checkCharacterOf(digits);
}

/** Eleven digits beginning with 100: mobile numbers begin with 13 to 19, and 100 is a range of five-digit service numbers, so this one rings nowhere. */
export function fictitiousPhone(serial: number): string {
  return `100${String(serial % 100_000_000).padStart(8, '0')}`;
}
