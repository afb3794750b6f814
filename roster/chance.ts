/** Seeded chance for made-up registers (mulberry32): the same seed, the same register. */
export interface Chance {
  /** A whole number from 0 up to but not including `below`. */
  readonly whole: (below: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
}

export function createChance(seed: number): Chance {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (below: number): number => Math.floor(next() * below);
  return { whole, pick: (items) => items[whole(items.length)]! };
}
