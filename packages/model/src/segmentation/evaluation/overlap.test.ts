import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countOverlap, diceOf, iouOf } from './overlap.ts';

describe('countOverlap', () => {
  it.each<[string, number[], number[], number, number]>([
    ['two of three and two of four shared', [1, 1, 1, 0, 0], [0, 1, 1, 1, 1], 4 / 7, 2 / 5],
    ['equal masks, whatever byte is inside', [255, 0, 255], [1, 0, 1], 1, 1],
    ['nothing shared', [1, 0], [0, 1], 0, 0],
    ['both empty', [0, 0], [0, 0], 1, 1],
    ['nothing found', [0, 0], [0, 1], 0, 0],
  ])('%s', (_, found, truth, dice, iou) => {
    const counts = countOverlap(Uint8Array.from(found), Uint8Array.from(truth));
    expect(diceOf(counts)).toBeCloseTo(dice, 12);
    expect(iouOf(counts)).toBeCloseTo(iou, 12);
  });

  it('refuses masks of different sizes', () => {
    expect(() => countOverlap(new Uint8Array(2), new Uint8Array(3))).toThrow(RangeError);
  });

  it('is symmetric, and Dice is 2 IoU / (1 + IoU)', () => {
    const masks = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 1 })));
    fc.assert(
      fc.property(masks, (pixels) => {
        const [a, b] = [0, 1].map((k) => Uint8Array.from(pixels, (p) => p[k] ?? 0)) as [
          Uint8Array,
          Uint8Array,
        ];
        const counts = countOverlap(a, b);
        const iou = iouOf(counts);
        expect(diceOf(counts)).toBeCloseTo((2 * iou) / (1 + iou), 10);
        expect(iouOf(countOverlap(b, a))).toBe(iou);
      }),
    );
  });
});
