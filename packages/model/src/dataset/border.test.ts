import { describe, expect, it } from 'vitest';
import { insideBorder, withoutBorder } from './border.ts';

/** 8 x 8 grey values of 100, black outside the box, and a mixed column beside it. */
const bordered = (left: number, top: number): Uint8Array =>
  Uint8Array.from({ length: 64 }, (_, i) => {
    const [x, y] = [i % 8, Math.floor(i / 8)];
    return x < left || y < top ? 2 : 100 + i;
  });

describe('insideBorder', () => {
  it('leaves a square without a dark border as it is, a dark cell at its edge too', () => {
    const grey = bordered(0, 0).fill(20, 1, 3);
    expect(insideBorder(grey)).toEqual({ left: 0, top: 0, right: 8, bottom: 8 });
    expect(withoutBorder(grey, insideBorder(grey))).toEqual(grey);
  });

  it('takes a dark border away, and the row beside it', () => {
    const grey = bordered(1, 0);
    const inside = insideBorder(grey);
    expect(inside).toEqual({ left: 2, top: 0, right: 8, bottom: 8 });
    const filled = withoutBorder(grey, inside);
    expect(Math.min(...filled)).toBeGreaterThan(100);
    expect(filled.filter((_, i) => i % 8 >= 2)).toEqual(grey.filter((_, i) => i % 8 >= 2));
  });

  it('finds it on every side', () => {
    expect(insideBorder(bordered(1, 1).reverse())).toEqual({ left: 0, top: 0, right: 6, bottom: 6 });
  });

  it('takes no more than a fifth of a dark picture, and nothing of a black one', () => {
    const inside = insideBorder(Uint8Array.from({ length: 56 ** 2 }, (_, i) => (i % 56 < 20 ? 0 : 90)));
    expect(inside).toEqual({ left: 13, top: 0, right: 56, bottom: 56 });
    expect(insideBorder(new Uint8Array(64))).toEqual({ left: 0, top: 0, right: 8, bottom: 8 });
  });
});
