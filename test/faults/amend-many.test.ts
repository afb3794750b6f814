/** Hundreds of households amended by one command; `npm run soak` does it with thousands. */
import { describe, expect, it } from 'vitest';
import { amendMany, type ManyAmended } from '../running/amend-many.ts';
import { withEngine } from '../running/engine.ts';

const HOUSEHOLDS = 300;

const amended = (killedAt: readonly number[]): Promise<ManyAmended> =>
  withEngine((engine) => amendMany(engine, { households: HOUSEHOLDS, killedAt }), { host: false });

describe('300 households amended in one command', () => {
  it('come to the same end when every worker is killed thrice meanwhile as when none is, as the preview said, and with balanced books', async () => {
    const calm = await amended([]);
    const killed = await amended([0.1, 0.4, 0.8]);
    for (const each of [calm, killed]) {
      expect(each).toMatchObject({ refused: 0, unforeseen: [], lost: [], discrepancies: [] });
      expect(each.longest).toBeLessThan(4_096);
    }
    expect(killed.books).toEqual(calm.books);
    // It goes on in steps, none of them back.
    const counts = killed.progress.map(({ done }) => done);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts.length).toBeGreaterThan(5);
  }, 600_000);
});
