import { describe, expect, it } from 'vitest';
import { median, orderOf, percentile, ratiosOf, spreadOf } from '../../bench/statistics.ts';

describe('the median', () => {
  it('is the middle value of an odd number', () => expect(median([9, 1, 5])).toBe(5));
  it('is the mean of the two middle values of an even number', () => expect(median([4, 1, 9, 2])).toBe(3));
  it('sorts by value, not as text', () => expect(median([10, 9, 100])).toBe(10));
  it('of nothing is refused', () => expect(() => median([])).toThrow('nothing was measured'));
  it('leaves what it is given in its order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('a spread', () => {
  it('names the median and both ends', () => expect(spreadOf([8, 2, 4])).toEqual({ median: 4, min: 2, max: 8 }));
  it('of one value is that value three times', () => expect(spreadOf([7])).toEqual({ median: 7, min: 7, max: 7 }));
});

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it('is a value that was measured', () => expect(percentile([1, 10], 0.5)).toBe(1));
  it('leaves one in a hundred above the ninety-ninth', () => expect(percentile(hundred, 0.99)).toBe(99));
  it('of everything is the largest', () => expect(percentile(hundred, 1)).toBe(100));
  it('of one value is that value', () => expect(percentile([7], 0.99)).toBe(7));
});

describe('the ratios of pairs', () => {
  const pairs = [
    { engine: 10, reference: 20 },
    { engine: 30, reference: 30 },
    { engine: 8, reference: 2 },
  ];

  it('are taken pair by pair, the engine by the reference', () =>
    expect(ratiosOf(pairs, (figure) => figure).each).toEqual([0.5, 1, 4]));
  it('have the median of the ratios, which is not the ratio of the medians', () =>
    expect(ratiosOf(pairs, (figure) => figure).median).toBe(1));
});

describe('the order within pairs', () => {
  it('alternates, so that neither side always goes first', () =>
    expect([1, 2, 3].map((pair) => orderOf(pair)[0])).toEqual(['engine', 'reference', 'engine']));
  it('has each side once', () => expect([...orderOf(2)].sort()).toEqual(['engine', 'reference']));
});
