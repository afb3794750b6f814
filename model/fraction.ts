/**
 * Numbers reckoned exactly, as fractions of whole numbers: an author who adds 0.1 and 0.2 means 0.3, and a third of a sum three times is the sum.
 * Doubles would miss both by a hair, and a rule about money would be broken by it.
 */
export interface Fraction {
  readonly over: bigint;
  /** More than zero. */
  readonly under: bigint;
}

/** A decimal number: `digits` divided by ten so many times. */
interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

const DECIMAL = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

/** A double as people read and write it, by its shortest spelling. Undefined of what is infinite or no number. */
function decimalOf(number: number): Decimal | undefined {
  const match = DECIMAL.exec(String(number));
  if (match === null) return undefined;
  const [, whole = '', decimals = '', exponent = '0'] = match;
  const places = decimals.length - Number(exponent);
  const digits = BigInt(whole + decimals);
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}

export function fractionOf(number: number): Fraction | null {
  const decimal = decimalOf(number);
  return decimal === undefined ? null : { over: decimal.digits, under: 10n ** BigInt(decimal.places) };
}

export function plus(a: Fraction, b: Fraction): Fraction {
  if (a.under === b.under) return { over: a.over + b.over, under: a.under };
  return { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
}

export const negative = ({ over, under }: Fraction): Fraction => ({ over: -over, under });

export const times = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.over, under: a.under * b.under });

/** Null of a division by zero. */
export function dividedBy(a: Fraction, b: Fraction): Fraction | null {
  if (b.over === 0n) return null;
  const sign = b.over < 0n ? -1n : 1n;
  return { over: sign * a.over * b.under, under: sign * b.over * a.under };
}

/** Less than zero, zero, or more, as the first is less than the second, the same, or more. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.over * b.under - b.over * a.under;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Whole, towards zero. */
export const truncated = ({ over, under }: Fraction): number => Number(over / under);

/** The number of so many decimals that is nearest from below, and whether it is the same. */
export function roundedDown({ over, under }: Fraction, places: number): { readonly number: number; readonly exact: boolean } {
  const scaled = over * 10n ** BigInt(places);
  // Division of whole numbers goes towards zero.
  const rest = scaled % under;
  const digits = scaled / under - (rest < 0n ? 1n : 0n);
  return { number: Number(`${digits}e-${places}`), exact: rest === 0n };
}

/** The sum of numbers as one would write it: the double nearest to the exact sum. */
export function sumOf(numbers: readonly number[]): number {
  const decimals = numbers.flatMap((number) => decimalOf(number) ?? []);
  const places = decimals.reduce((most, decimal) => Math.max(most, decimal.places), 0);
  const digits = decimals.reduce((sum, decimal) => sum + decimal.digits * 10n ** BigInt(places - decimal.places), 0n);
  return Number(`${digits}e-${places}`);
}
