/** Random definitions, simulated: none crashes, every rung is in its time and said once, everything ends, and the same seed is the same bytes. */
import { describe, expect, it } from 'vitest';
import { faultsOfSimulation } from './simulate-random.ts';

const SEEDS = 60;

describe('a simulated campaign of any definition', () => {
  it('comes to its end, with each rung in its time and none twice, and the same for the same seed', () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) expect(faultsOfSimulation(seed), `definition ${seed}`).toEqual([]);
  }, 120_000);
});
