import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromFloat16, fromFloat16Bits, toFloat16, toFloat16Bits } from './float16.ts';

describe('float16', () => {
  it.each([
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [0.1, 0x2e66],
    [65504, 0x7bff],
    [65519.99, 0x7bff],
    [65520, 0x7c00],
    [Number.NEGATIVE_INFINITY, 0xfc00],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [1.5 * 2 ** -25, 0x0001],
    [3 * 2 ** -25, 0x0002],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
  ])('%d is 0x%s', (value, half) => {
    expect(toFloat16Bits(value)).toBe(half);
  });

  it('keeps NaN', () => {
    expect(fromFloat16Bits(toFloat16Bits(Number.NaN))).toBeNaN();
  });

  it('every finite half survives the round trip', () => {
    const halves = Uint16Array.from({ length: 0x10000 }, (_, i) => i).filter((h) => (h & 0x7c00) !== 0x7c00);
    expect(toFloat16(fromFloat16(halves))).toEqual(halves);
  });

  it('is within half a unit in the last place', () => {
    fc.assert(
      fc.property(fc.float({ min: -60000, max: 60000, noNaN: true }), (x) => {
        const tolerance = Math.max(Math.abs(x) * 2 ** -11, 2 ** -25);
        return Math.abs(fromFloat16Bits(toFloat16Bits(x)) - x) <= tolerance;
      }),
    );
  });
});
