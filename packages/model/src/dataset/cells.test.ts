import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOf } from './cells.ts';

const line = (...values: number[]) => values.map((v) => [v, 0]);

describe('cellsOf', () => {
  it.each([
    { name: 'few points stay together', points: line(3, 1, 2), largest: 3, cells: [[0, 1, 2]] },
    {
      name: 'halves at the median, in order of the coordinate',
      points: line(9, 1, 8, 2),
      largest: 2,
      cells: [
        [1, 3],
        [2, 0],
      ],
    },
    {
      name: 'along the widest coordinate',
      points: [
        [0, 5],
        [1, 0],
        [0, 0],
        [1, 5],
      ],
      largest: 2,
      cells: [
        [1, 2],
        [0, 3],
      ],
    },
    { name: 'nothing of nothing', points: [], largest: 2, cells: [[]] },
  ])('$name', ({ points, largest, cells }) => expect(cellsOf(points, largest)).toEqual(cells));

  it('puts every point into one cell, none of them too large', () => {
    const points = fc.array(fc.tuple(fc.integer(), fc.integer(), fc.integer()), { maxLength: 300 });
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 40 }), (all, largest) => {
        const cells = cellsOf(all, largest);
        expect(cells.flat().toSorted((a, b) => a - b)).toEqual([...all.keys()]);
        expect(cells.every((cell) => cell.length <= largest)).toBe(true);
      }),
    );
  });
});
