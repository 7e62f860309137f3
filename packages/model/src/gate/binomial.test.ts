import { describe, expect, it } from 'vitest';
import { exactLower, exactUpper } from './binomial.ts';

describe('exact bounds of a share', () => {
  it.each([
    [0, 20, 1 - 0.05 ** (1 / 20)],
    [0, 300, 1 - 0.05 ** (1 / 300)],
    // P(X <= 1) = (1 - p)^9 (1 + 9 p) is 0.05 at 0.39416.
    [1, 10, 0.39416],
    [10, 10, 1],
    [0, 0, 1],
  ])('%i of %i: at most %f', (hits, n, bound) => {
    expect(exactUpper(hits, n, 0.05)).toBeCloseTo(bound, 5);
  });

  it.each([
    [0, 10, 0],
    // P(X >= 1) = 1 - (1 - p)^10.
    [1, 10, 1 - 0.95 ** (1 / 10)],
    [10, 10, 0.05 ** (1 / 10)],
  ])('%i of %i: at least %f', (hits, n, bound) => {
    expect(exactLower(hits, n, 0.05)).toBeCloseTo(bound, 9);
  });
});
