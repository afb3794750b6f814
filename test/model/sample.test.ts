import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTaken, sampleHash } from '../../model/sample.ts';

const ids = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `h/h-${String(index + 1).padStart(3, '0')}`);
const takenOf = (count: number, sample: { share: number; seed?: string }, task = 'call-back'): readonly string[] =>
  ids(count).filter((instance) => isTaken(sample, { instance, task }));

describe('the hash of a sample', () => {
  it.each([
    ['2020|h/h-001|call-back', 1067291194],
    ['|u/union-01|check', 4243853958],
  ])('of %s is what it has always been', (text, hash) => expect(sampleHash(text)).toBe(hash));
  it('is a whole number of 32 bits', () =>
    fc.assert(
      fc.property(fc.string(), (text) => {
        const hash = sampleHash(text);
        expect(Number.isInteger(hash) && hash >= 0 && hash < 2 ** 32).toBe(true);
      }),
    ));
});

describe('a sample', () => {
  it.each([0.05, 0.1, 0.3, 0.5, 0.9])('takes about its share of many: %d', (share) => {
    const taken = takenOf(4_000, { share }).length / 4_000;
    expect(Math.abs(taken - share)).toBeLessThan(0.03);
  });
  it('of all takes everybody', () => expect(takenOf(200, { share: 1 })).toHaveLength(200));
  it('takes all that a smaller share takes, and more', () =>
    expect(takenOf(500, { share: 0.4 })).toEqual(expect.arrayContaining([...takenOf(500, { share: 0.2 })])));
  it('is another one with another seed, and for another task', () => {
    const first = takenOf(500, { share: 0.3 });
    expect(takenOf(500, { share: 0.3, seed: '2020' })).not.toEqual(first);
    expect(takenOf(500, { share: 0.3 }, 'look-back')).not.toEqual(first);
  });
  it('does not take neighbours together', () => {
    const taken = new Set(takenOf(2_000, { share: 0.5 }));
    const alike = ids(2_000).filter((id, index, all) => index > 0 && taken.has(id) === taken.has(all[index - 1]!)).length;
    expect(Math.abs(alike / 2_000 - 0.5)).toBeLessThan(0.05);
  });
});
