import { describe, expect, it } from 'vitest';
import { estimate } from './estimate.ts';
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

describe('estimate', () => {
  const field = (group: string, value: number | null) => ({ group, value });

  it('is the mean over fields, bounded by the means of the groups', () => {
    const result = estimate([field('a', 1), field('a', 2), field('b', 6), field('c', null)], 1);
    // Every draw of two groups: means 1.5, 3 or 6; nearly a quarter of the draws are each extreme.
    expect(result).toEqual({ mean: 3, lower: 1.5, upper: 6, n: 3 });
  });

  it('is null where no field gave a value', () => {
    expect(estimate([field('a', null)], 1)).toBeNull();
  });
});
