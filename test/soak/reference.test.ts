/** A thousand random stories on random definitions: the engine and the reference model agree. `npm run soak` plays a hundred thousand. */
import { describe, expect, it } from 'vitest';
import { compareSeed } from '../reference/play-both.ts';

const STORIES = 4;
const SEEDS = 250;
const PART = 50;
const parts = Array.from({ length: SEEDS / PART }, (_, index) => index * PART + 1);

describe('the engine does what the reference model does', () => {
  it.each(parts)(
    `in ${STORIES} stories on each of ${PART} random definitions, from number %i on`,
    (first) => {
      for (let seed = first; seed < first + PART; seed += 1)
        expect(compareSeed(seed, STORIES), `definition ${seed}`).toBeUndefined();
    },
    120_000,
  );
});
