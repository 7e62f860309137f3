import { whiteCellSchema } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { whiteCellsOf } from './white-cells.ts';

/** The pixels of a rectangle on the 224 field. */
function rectangle(left: number, top: number, right: number, bottom: number): Int32Array {
  const width = right - left;
  return Int32Array.from({ length: width * (bottom - top) }, (_, i) => {
    return (top + Math.floor(i / width)) * 224 + left + (i % width);
  });
}
const whole = { scale: 1, left: 0, top: 0, width: 224, height: 224 };
const wide = { scale: 0.5, left: 0, top: 56, width: 224, height: 112 };

describe('whiteCellsOf', () => {
  it.each([
    ['a field', rectangle(10, 20, 40, 60), whole, [224, 224], [10, 20, 30, 40]],
    ['an image twice as large', rectangle(10, 20, 40, 60), whole, [448, 448], [20, 40, 60, 80]],
    ['a wide image', rectangle(10, 66, 40, 86), wide, [448, 224], [20, 20, 60, 40]],
    [
      'a cell that the mask carries into the margin',
      rectangle(0, 40, 30, 66),
      wide,
      [448, 224],
      [0, 0, 60, 20],
    ],
  ] as const)('%s: boxes in its pixels', (_, pixels, placement, [width, height], [x, y, w, h]) => {
    const [cell] = whiteCellsOf({ pixels: [pixels] }, placement, { width, height });
    expect(whiteCellSchema.parse(cell)).toEqual({
      x,
      y,
      width: w,
      height: h,
      nucleusShare: null,
      contributions: null,
    });
  });

  it('leaves out what lies in the margin only', () => {
    const pixels = [rectangle(5, 5, 20, 20), rectangle(30, 100, 40, 101)];
    expect(whiteCellsOf({ pixels }, wide, { width: 448, height: 224 })).toEqual([
      { x: 60, y: 88, width: 20, height: 2, nucleusShare: null, contributions: null },
    ]);
  });
});
