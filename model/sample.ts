/** Whom a sample takes: decided by ids alone, so that it is the same on every machine, at every replay and in every run. */
import type { Sample } from './plan.ts';

const { imul } = Math;

/**
 * The hash that decides, 0 ≤ h < 2³²: FNV-1a of 32 bits over the characters of `seed|instance|task` (ids are ASCII; of a seed, its UTF-16 units), stirred
 * by the finaliser of MurmurHash3, so that ids that differ in their last digit come to lie far apart. Documented in docs/definition.md: never changed.
 */
export function sampleHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Whether an instance is taken: its hash lies within the share. A larger share takes all that a smaller one takes, and more. */
export function isTaken({ share, seed = '' }: Sample, { instance, task }: { instance: string; task: string }): boolean {
  return sampleHash(`${seed}|${instance}|${task}`) / 2 ** 32 < share;
}
