import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileOf } from './luminance.ts';

describe('quantileOf', () => {
  it.each([
    [[], 0.5, null],
    [[3], 0.99, 3],
    [[4, 1, 3, 2], 0, 1],
    [[4, 1, 3, 2], 0.5, 3],
    [[4, 1, 3, 2], 1, 4],
    [[2, 2, 2, 1], 0.5, 2],
    [[255, 7.75, 7.25, 7.5, 0], 0.5, 7.5],
  ])('of %j at %d is %j', (values, q, expected) => {
    expect(quantileOf(Float32Array.from(values), q)).toBe(expected);
  });

  it('is the value at that rank of the sorted ones, and leaves the given ones as they are', () => {
    const level = fc.integer({ min: 0, max: 255 * 4 }).map((quarters) => quarters / 4);
    const values = fc.array(fc.oneof(level, fc.constantFrom(0, 0.25, 1, 255)), {
      minLength: 1,
      maxLength: 600,
    });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (given, q) => {
        const array = Float32Array.from(given);
        const rank = Math.min(given.length - 1, Math.floor(q * given.length));
        expect(quantileOf(array, q)).toBe(array.toSorted()[rank]);
        expect([...array]).toEqual(given.map(Math.fround));
      }),
    );
  });
});
