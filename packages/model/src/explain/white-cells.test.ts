import { whiteCellSchema } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { whiteCellsOf } from './white-cells.ts';

/** One cell on the 224 field. */
function oneCell(left: number, top: number, right: number, bottom: number) {
  const labels = new Int32Array(224 * 224);
  for (let y = top; y < bottom; y++) labels.fill(1, y * 224 + left, y * 224 + right);
  return { count: 1, labels };
}
const whole = { scale: 1, left: 0, top: 0, width: 224, height: 224 };
const wide = { scale: 0.5, left: 0, top: 56, width: 224, height: 112 };

describe('whiteCellsOf', () => {
  it.each([
    ['a field', oneCell(10, 20, 40, 60), whole, [224, 224], [10, 20, 30, 40]],
    ['an image twice as large', oneCell(10, 20, 40, 60), whole, [448, 448], [20, 40, 60, 80]],
    ['a wide image', oneCell(10, 66, 40, 86), wide, [448, 224], [20, 20, 60, 40]],
    [
      'a cell that the mask carries into the margin',
      oneCell(0, 40, 30, 66),
      wide,
      [448, 224],
      [0, 0, 60, 20],
    ],
  ] as const)('%s: boxes in its pixels', (_, cells, placement, [width, height], [x, y, w, h]) => {
    const [cell] = whiteCellsOf(cells, placement, { width, height });
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
    const labels = oneCell(5, 5, 20, 20).labels;
    labels.fill(2, 100 * 224 + 30, 100 * 224 + 40);
    expect(whiteCellsOf({ count: 2, labels }, wide, { width: 448, height: 224 })).toEqual([
      { x: 60, y: 88, width: 20, height: 2, nucleusShare: null, contributions: null },
    ]);
  });
});
