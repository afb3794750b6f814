import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Timetable } from '../../simulator/timetable.ts';

const entries = fc.array(fc.record({ at: fc.integer({ min: 0, max: 20 }), rank: fc.integer({ min: 0, max: 20 }) }), {
  maxLength: 60,
});

describe('the timetable', () => {
  it('gives out everything that was put in, the earliest first and ties by rank', () => {
    fc.assert(
      fc.property(entries, (given) => {
        const table = new Timetable<number>();
        given.forEach(({ at, rank }, index) => table.add(at, rank, index));
        const taken = given.map(() => table.take()!);
        expect(taken.map(({ at, rank }) => [at, rank])).toEqual(
          given.map(({ at, rank }) => [at, rank]).sort(([a, b], [c, d]) => a! - c! || b! - d!),
        );
        expect(taken.map(({ item }) => item).sort((a, b) => a - b)).toEqual(given.map((_, index) => index));
        expect(table.take()).toBeUndefined();
      }),
    );
  });

  it('keeps its order when taking and putting in go on in turns', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 50 })), { maxLength: 80 }), (script) => {
        const table = new Timetable<number>();
        const model: number[] = [];
        for (const at of script) {
          if (at === null) expect(table.take()?.at).toBe(model.sort((a, b) => a - b).shift());
          else {
            table.add(at, 0, at);
            model.push(at);
          }
          expect(table.first?.at).toBe(model.length === 0 ? undefined : Math.min(...model));
        }
      }),
    );
  });
});
