import { describe, expect, it } from 'vitest';
import { createImage, type Rgb } from '../images/index.ts';
import { keepWhiteCells, nuclearStain } from './keep-white-cells.ts';

const SIDE = 90;
const PURPLE: Rgb = [110, 60, 150];
const CYTOPLASM: Rgb = [200, 190, 235];
const RED_CELL: Rgb = [225, 150, 160];
/** Densities of purple of 0.08 and 0.13. */
const FAINT: Rgb = [190, 120, 180];
const SHALLOW: Rgb = [188, 105, 176];
const GREY: Rgb = [110, 110, 110];

type Square = readonly [x: number, y: number, side: number, colour: Rgb];

/** Squares on a light background, all of them in the mask. */
function draw(...squares: Square[]) {
  const field = createImage(SIDE, SIDE, [240, 235, 240]);
  const mask = new Uint8Array(SIDE * SIDE);
  for (const [left, top, side, colour] of squares) {
    for (let y = top; y < top + side; y++) {
      for (let x = left; x < left + side; x++) {
        field.data.set(colour, (y * SIDE + x) * 3);
        mask[y * SIDE + x] = 1;
      }
    }
  }
  return { field, mask };
}

const WHITE_CELL: readonly Square[] = [
  [10, 10, 24, CYTOPLASM],
  [15, 15, 14, PURPLE],
];
const AWAY: Square = [60, 60, 20, RED_CELL];
const TOUCHING: Square = [34, 12, 16, RED_CELL];

describe('keepWhiteCells', () => {
  it('keeps a white cell whole and drops red cells, beside it or away', () => {
    const { field, mask } = draw(...WHITE_CELL, TOUCHING, AWAY);
    const kept = keepWhiteCells(field, nuclearStain(field), mask);
    const at = (x: number, y: number) => kept[y * SIDE + x];
    expect([at(22, 22), at(12, 22), at(30, 22)]).toEqual([1, 1, 1]);
    expect([at(40, 20), at(48, 20), at(70, 70)]).toEqual([0, 0, 0]);
  });

  it('drops red cells that are faintly purple beside a deeply stained nucleus, and keeps them where nothing is deeper', () => {
    const [left, top, side] = AWAY;
    const faint: Square = [left, top, side, FAINT];
    const keptAt = (...squares: Square[]) => {
      const { field, mask } = draw(...squares);
      return keepWhiteCells(field, nuclearStain(field), mask)[70 * SIDE + 70];
    };
    expect(keptAt([10, 10, 30, PURPLE], faint)).toBe(0);
    expect(keptAt([10, 10, 30, SHALLOW], faint)).toBe(1);
  });

  it.each([
    ['a mask of white cells alone', draw(...WHITE_CELL)],
    ['a grey field', draw([10, 10, 20, GREY], [60, 60, 20, GREY])],
    ['a field that shows no nuclear stain', draw(AWAY, TOUCHING)],
    ['an empty mask', draw()],
  ])('leaves %s as it is', (_, { field, mask }) => {
    expect(keepWhiteCells(field, nuclearStain(field), mask)).toEqual(mask);
  });
});
