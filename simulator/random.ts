/** Seeded chance: the same seed and key give the same numbers, whatever was asked before. */

/** A generator of numbers in [0, 1) for one key (mulberry32 over an FNV-1a hash of seed and key). */
export function createRandom(seed: number, key: string): () => number {
  let state = 2166136261 ^ seed;
  for (let index = 0; index < key.length; index += 1) state = Math.imul(state ^ key.charCodeAt(index), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
