import { describe, expect, it } from 'vitest';
import type { Distribution } from './distribution.ts';
import { deviationsOf, spread } from './spread.ts';

const VALUES = [0, 1, 2, 3, 4];
const of = (...shares: number[]): Distribution => ({ shares: Float64Array.from(shares), cases: 20 });

describe('how far numbers lie from their own median', () => {
  it.each<[string, Distribution, number[]]>([
    // Half lie below 2 and half above.
    ['between two', of(0.5, 0, 0, 0, 0.5), [2, 1, 0, 1, 2]],
    ['at one', of(0.3, 0.3, 0.4, 0, 0), [1, 0, 1, 2, 3]],
  ])('%s', (_, distribution, expected) => {
    expect(deviationsOf(distribution, VALUES)).toEqual(expected);
  });
});

describe('the excess of a spread', () => {
  it.each<[string, Distribution, Distribution, number]>([
    ['is nothing where both are alike', of(0.5, 0, 0.5, 0, 0), of(0.5, 0, 0.5, 0, 0), 0],
    ['is nothing of a common shift', of(0.5, 0, 0.5, 0, 0), of(0, 0.5, 0, 0.5, 0), 0],
    ['is nothing where the window is narrower', of(0.5, 0, 0, 0, 0.5), of(0, 0.5, 0, 0.5, 0), 0],
    ['is a half where all lie further', of(0, 0.5, 0, 0.5, 0), of(0.5, 0, 0, 0, 0.5), 0.5],
    // A quarter further, three quarters tied: 0.25 + 0.75 / 2 - 0.5.
    ['is half the share of a few far out', of(1, 0, 0, 0, 0), of(0.75, 0, 0, 0, 0.25), 0.125],
    // Deviations 0 and 2 against 1: half below, half above.
    ['weighs both sides', of(0, 0.5, 0, 0.5, 0), of(0.25, 0, 0.5, 0, 0.25), 0],
  ])('%s', (_, reference, window, expected) => {
    expect(spread(VALUES)(reference, window)).toBeCloseTo(expected, 12);
  });
});
