import { expect, it } from 'vitest';
import { boxesOf } from './cell-boxes.ts';
import { countCells } from './count-cells.ts';
import { drawing } from './testing.ts';

it('surrounds each cell, right and bottom outside', () => {
  const { mask, width, height } = drawing(['.##...', '.##..#', '.....#', '....##']);
  const boxes = boxesOf(countCells(mask, width, height, { smallest: 1 }), width);
  expect(boxes.toSorted((a, b) => a.left - b.left)).toEqual([
    { left: 1, top: 0, right: 3, bottom: 2 },
    { left: 4, top: 1, right: 6, bottom: 4 },
  ]);
});
