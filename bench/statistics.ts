/** What can be said of pairs of rounds. Both rounds of a pair ran under nearly the same load, so their ratio means more than either figure. */
export const SIDES = ['engine', 'reference'] as const;
export type Side = (typeof SIDES)[number];

export type Pair<Round> = Readonly<Record<Side, Round>>;

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface Ratios extends Spread {
  /** Engine to reference, one for each pair. */
  readonly each: readonly number[];
}

/** Whoever goes second finds warmer caches and a fuller database, so the sides take turns at it. `pair` counts from 1. */
export function orderOf(pair: number): readonly [Side, Side] {
  return pair % 2 === 1 ? ['engine', 'reference'] : ['reference', 'engine'];
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const upper = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[upper]! : (sorted[upper - 1]! + sorted[upper]!) / 2;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = ascending(values);
  return { median: median(sorted), min: sorted[0]!, max: sorted.at(-1)! };
}

/** By nearest rank: a value that was measured, never one between two. `share` is above 0 and at most 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = ascending(values);
  return sorted[Math.ceil(sorted.length * share) - 1]!;
}

/** A figure of each pair's engine round by that of its reference round. The median of ratios, not the ratio of medians: load differs from pair to pair. */
export function ratiosOf<Round>(pairs: readonly Pair<Round>[], figure: (round: Round) => number): Ratios {
  const each = pairs.map(({ engine, reference }) => figure(engine) / figure(reference));
  return { ...spreadOf(each), each };
}

function ascending(values: readonly number[]): readonly number[] {
  if (values.length === 0) throw new RangeError('nothing was measured');
  return [...values].sort((a, b) => a - b);
}
