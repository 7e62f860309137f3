import { describe, expect, it } from 'vitest';
import { tintMask, withRim } from './tint.ts';

const SIZE = { width: 4, height: 4 };
const MASK = Uint8Array.from([1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0]);
const RECT = { left: 0, top: 0, right: 4, bottom: 4 };
const alpha = (pixels: Uint8ClampedArray) => [...pixels].filter((_, i) => i % 4 === 3);

describe('tintMask', () => {
  it.each([
    ['fill', 115],
    ['outline', 0],
  ] as const)('draws the rim opaque and the inside as %s', (mode, inside) => {
    const pixels = tintMask(MASK, SIZE, RECT, { mode, color: [1, 2, 3] });
    const [o, i] = [255, inside];
    expect(alpha(pixels)).toEqual([o, o, o, 0, o, i, o, 0, o, o, o, 0, 0, 0, 0, 0]);
    expect([...pixels.subarray(0, 3)]).toEqual([1, 2, 3]);
  });

  it('gives a part as it is in the whole', () => {
    const pixels = tintMask(
      MASK,
      SIZE,
      { left: 1, top: 1, right: 3, bottom: 2 },
      { mode: 'fill', color: [9, 9, 9] },
    );
    expect(alpha(pixels)).toEqual([115, 255]);
  });
});

it('withRim stays within the image', () => {
  expect(withRim({ left: 0, top: 1, right: 2, bottom: 4 }, SIZE)).toEqual({
    left: 0,
    top: 0,
    right: 3,
    bottom: 4,
  });
});
