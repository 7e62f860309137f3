import { describe, expect, it } from 'vitest';
import { differenceInterval, reachOfDifference } from './mover.ts';

const ten = { mean: 10, lower: 7, upper: 16 };
const four = { mean: 4, lower: 1, upper: 8 };

describe('differenceInterval', () => {
  it.each([
    // Down sqrt(3^2 + 4^2), up sqrt(6^2 + 3^2).
    { r: 0, lower: 6 - 5, upper: 6 + Math.sqrt(45) },
    // Down sqrt(9 - 12 + 16), up sqrt(36 - 18 + 9).
    { r: 0.5, lower: 6 - Math.sqrt(13), upper: 6 + Math.sqrt(27) },
    // What is fully correlated subtracts, what is opposed adds up: 4 - 3 and 6 - 3, 3 + 4 and 6 + 3.
    { r: 1, lower: 6 - 1, upper: 6 + 3 },
    { r: -1, lower: 6 - 7, upper: 6 + 9 },
  ])('is made of the distances of both intervals, correlated by $r', ({ r, lower, upper }) => {
    const difference = differenceInterval(ten, four, r);
    expect(difference.mean).toBe(6);
    expect(difference.lower).toBeCloseTo(lower, 12);
    expect(difference.upper).toBeCloseTo(upper, 12);
  });

  it('turns with its two sides', () => {
    const [one, other] = [differenceInterval(ten, four, 0.3), differenceInterval(four, ten, 0.3)];
    expect([other.lower, other.upper]).toEqual([-one.upper, -one.lower]);
  });

  it('is a number though a correlation is above 1 by rounding', () => {
    expect(reachOfDifference(0.1, 0.1, 1 + Number.EPSILON)).toBe(0);
  });
});
