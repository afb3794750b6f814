/** Drawing numbers and members. `random` gives 0 ≤ x < 1, as Math.random does; a seeded one makes a rehearsal repeatable. */
export type Random = () => number;

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

export function pick<T>(random: Random, items: readonly T[]): T | undefined {
  return items[Math.floor(random() * items.length)];
}

/** A member by its weight; undefined when no weight is positive. */
export function pickWeighted(random: Random, weights: Readonly<Record<string, number>>): string | undefined {
  const members = Object.entries(weights).filter(([, weight]) => weight > 0);
  let left = random() * members.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [member, weight] of members) {
    left -= weight;
    if (left < 0) return member;
  }
  return members.at(-1)?.[0];
}

/** Undefined when no whole number lies within the bounds. */
export function drawWhole(random: Random, bounds: Bounds): number | undefined {
  const { low, high } = rangeOf(bounds);
  return between(random, Math.ceil(low), Math.floor(high));
}

/** With few decimals, as people write numbers, unless the bounds leave no room for that. */
export function drawNumber(random: Random, bounds: Bounds): number | undefined {
  const { low, high } = rangeOf(bounds);
  if (low > high) return undefined;
  const drawn = Number((low + random() * (high - low)).toFixed(2));
  return Math.min(high, Math.max(low, drawn));
}

export function drawMoney(random: Random, bounds: Bounds): number | undefined {
  const { low, high } = rangeOf(bounds);
  const cents = between(random, inCents(low, Math.ceil), inCents(high, Math.floor));
  return cents === undefined ? undefined : cents / 100;
}

/** 0.07 × 100 is a little more than 7, so an amount that is whole in cents is rounded, not raised. */
function inCents(amount: number, toward: (cents: number) => number): number {
  return Number(amount.toFixed(2)) === amount ? Math.round(amount * 100) : toward(amount * 100);
}

function rangeOf({ min, max }: Bounds): { readonly low: number; readonly high: number } {
  const low = min ?? Math.min(0, max ?? 0);
  return { low, high: max ?? low + 9 };
}

function between(random: Random, low: number, high: number): number | undefined {
  return low > high ? undefined : low + Math.floor(random() * (high - low + 1));
}
