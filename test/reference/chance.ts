/** Choices from a seed: the same for the same seed on every machine. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    // Small seeds differ in few bits; a few turns spread them.
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
    for (let turn = 0; turn < 3; turn += 1) this.next();
  }

  /** In [0, 1): mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  maybe(share = 0.5): boolean {
    return this.next() < share;
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new Error('there is nothing to choose from');
    return items[this.whole(0, items.length - 1)]!;
  }

  /** In their order, each with the same chance; `most` at most. */
  some<T>(items: readonly T[], { share = 0.5, most = items.length }: { share?: number; most?: number } = {}): T[] {
    const kept = items.filter(() => this.maybe(share));
    while (kept.length > most) kept.splice(this.whole(0, kept.length - 1), 1);
    return kept;
  }
}
