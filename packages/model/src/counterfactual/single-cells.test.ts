import { describe, expect, it } from 'vitest';
import { createImage, type Rgb, type RgbImage } from '../images/index.ts';
import { seededRandom } from '../random/index.ts';
import { cellCrops, shuffledCells } from './single-cells.ts';

const SIDE = 96;

interface Square {
  readonly x: number;
  readonly y: number;
  readonly colour: Rgb;
}

/** Squares of 13 x 13 pixels, centred at x, y, on a pale ground. */
function field(squares: readonly Square[]): { image: RgbImage; cells: Uint8Array } {
  const image = createImage(SIDE, SIDE, [225, 215, 230]);
  const cells = new Uint8Array(SIDE * SIDE);
  for (const { x, y, colour } of squares)
    for (let v = y - 6; v <= y + 6; v++)
      for (let u = x - 6; u <= x + 6; u++) {
        cells[v * SIDE + u] = 1;
        image.data.set(colour, 3 * (v * SIDE + u));
      }
  return { image, cells };
}

const pixel = ({ data }: RgbImage, x: number, y: number): number[] => [
  ...data.subarray(3 * (y * SIDE + x), 3 * (y * SIDE + x) + 3),
];
const three: readonly Square[] = [
  { x: 20, y: 20, colour: [90, 40, 160] },
  { x: 70, y: 30, colour: [110, 60, 180] },
  { x: 40, y: 75, colour: [130, 80, 200] },
];

describe('cellCrops', () => {
  it('centres every cell on the neutral colour', () => {
    const { image, cells } = field(three);
    const crops = cellCrops(image, cells);
    expect(crops.map((crop) => pixel(crop, 48, 48)).sort()).toEqual(three.map(({ colour }) => colour).sort());
    for (const crop of crops) {
      const drawn = crop.data.reduce((n, v, i) => n + (i % 3 === 0 && v !== 128 ? 1 : 0), 0);
      expect(drawn).toBe(13 * 13);
      expect(pixel(crop, 42, 54)).not.toEqual([128, 128, 128]);
      expect(pixel(crop, 41, 48)).toEqual([128, 128, 128]);
      expect(pixel(crop, 55, 48)).toEqual([128, 128, 128]);
    }
  });

  it('finds none in an empty mask', () => {
    expect(cellCrops(field([]).image, new Uint8Array(SIDE * SIDE))).toEqual([]);
  });
});

describe('shuffledCells', () => {
  it.each([1, 2, 3])('gives every place another cell, seed %i', (seed) => {
    const { image, cells } = field(three);
    const before = image.data.slice();
    const shuffled = shuffledCells(image, cells, seededRandom(seed));
    const there = three.map(({ x, y }) => pixel(shuffled, x, y));
    three.forEach(({ colour }, i) => {
      expect(there[i]).not.toEqual(colour);
    });
    expect([...there].sort()).toEqual(three.map(({ colour }) => colour).sort());
    expect(image.data).toEqual(before);
    expect(shuffledCells(image, cells, seededRandom(seed))).toEqual(shuffled);
  });

  it('leaves a cell that the border cuts where it is', () => {
    const { image, cells } = field([...three, { x: 6, y: 50, colour: [70, 20, 140] }]);
    const shuffled = shuffledCells(image, cells, seededRandom(2));
    expect(pixel(shuffled, 6, 50)).toEqual([70, 20, 140]);
    expect(pixel(shuffled, 20, 20)).not.toEqual([70, 20, 140]);
  });

  it('leaves a single cell where it is, and the background', () => {
    const { image, cells } = field(three.slice(0, 1));
    const shuffled = shuffledCells(image, cells, seededRandom(1));
    expect(pixel(shuffled, 20, 20)).toEqual(three[0]?.colour);
    expect(pixel(shuffled, 80, 80)).toEqual(pixel(image, 80, 80));
  });
});
