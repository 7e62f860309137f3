import { describe, expect, it } from 'vitest';
import { estimate, estimateGain, estimateRatio, estimateShare } from './estimate.ts';
import { wilson } from './wilson.ts';

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

describe('estimateRatio', () => {
  const field = (group: string, part: number, whole: number) => ({ group, part, whole });

  it('weighs every field by its whole, bounded by the ratios of the groups', () => {
    // 3 of 4 and 1 of 6 are 4 of 10, no mean of 3/4 and 1/6; nearly a quarter of the draws are each group alone.
    const result = estimateRatio([field('a', 1, 2), field('a', 2, 2), field('b', 1, 6)], 1);
    expect(result).toEqual({ mean: 0.4, lower: 1 / 6, upper: 0.75, n: 3 });
  });

  it('leaves out draws without a whole, and is null where there is none', () => {
    // A quarter of the draws are the empty group alone, the others give one half.
    expect(estimateRatio([field('a', 1, 2), field('b', 0, 0)], 1)).toMatchObject({ lower: 0.5, upper: 0.5 });
    expect(estimateRatio([field('a', 0, 0)], 1)).toBeNull();
    expect(estimateRatio([], 1)).toBeNull();
  });
});

// Wilson's upper bound for 0 of n is z^2 / (n + z^2).
const none = (groups: number): number => 1.959963984540054 ** 2 / (groups + 1.959963984540054 ** 2);

describe('estimateShare', () => {
  const rows = (...hits: [string, boolean][]) => hits.map(([group, hit]) => ({ group, hit }));

  it('resamples groups where some hit', () => {
    const share = estimateShare(rows(['a', true], ['a', true], ['b', false], ['b', false]), 1);
    expect(share).toEqual({ mean: 0.5, lower: 0, upper: 1, n: 4 });
  });

  it.each([
    ['none of 3 fields of 2 groups', false, { mean: 0, lower: 0, upper: none(2) }],
    ['all of 3 fields of 2 groups', true, { mean: 1, lower: 1 - none(2), upper: 1 }],
  ])('%s: Wilson over the groups', (_, hit, { mean, lower, upper }) => {
    expect(estimateShare(rows(['a', hit], ['a', hit], ['b', hit]), 1)).toEqual({
      mean,
      lower: expect.closeTo(lower, 12),
      upper: expect.closeTo(upper, 12),
      n: 3,
    });
    expect(wilson(0, 2).upper).toBeCloseTo(none(2), 12);
  });

  it('is null without rows', () => expect(estimateShare([], 1)).toBeNull());
});

describe('estimateGain', () => {
  const row = (group: string, one: boolean, other: boolean) => ({ group, one, other });

  it('is the difference of the two shares, paired', () => {
    // Group a gains 1, group b loses 1 of 2: of the draws a a, a b, b b the means are 1, 0 and -1/2.
    const gain = estimateGain([row('a', true, false), row('b', false, true), row('b', true, true)], 1);
    expect(gain).toEqual({ mean: 0, lower: -0.5, upper: 1, n: 3 });
  });

  it('is bounded either way where the two never differ', () => {
    const gain = estimateGain([row('a', true, true), row('b', false, false)], 1);
    expect(gain).toMatchObject({ mean: 0, lower: expect.closeTo(-none(2)), upper: expect.closeTo(none(2)) });
  });
});
