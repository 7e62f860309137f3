import { describe, expect, it } from 'vitest';
import { ranksOf, spearman } from './rank-correlation.ts';

describe('spearman', () => {
  it('ranks equal values by their mean rank', () => {
    expect([...ranksOf([3, 1, 3, 0, 3])]).toEqual([4, 2, 4, 1, 4]);
  });

  it.each([
    ['the same order', [1, 2, 3, 4], [10, 20, 21, 99], 1],
    ['the other way round', [1, 2, 3, 4], [4, 3, 2, 1], -1],
    // d = 0, 1, 1, 0: 1 - 6 * 2 / (4 * 15)
    ['two neighbours exchanged', [1, 2, 3, 4], [1, 3, 2, 4], 0.8],
    // Ranks 1.5 1.5 3 against 1 2 3: products of deviations 0.25 * ... sum 1.5 over sqrt(1.5 * 2).
    ['a tie', [0, 0, 1], [1, 2, 3], 1.5 / Math.sqrt(3)],
    ['a constant', [5, 5, 5], [1, 2, 3], null],
  ])('%s', (_, a, b, expected) => {
    const result = spearman(a, b);
    if (expected === null) expect(result).toBeNull();
    else expect(result).toBeCloseTo(expected, 12);
  });
});
