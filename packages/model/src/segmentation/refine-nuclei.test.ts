import { describe, expect, it } from 'vitest';
import { createImage, type Rgb } from '../images/index.ts';
import { countOverlap, diceOf } from './evaluation/index.ts';
import { refineNuclei } from './refine-nuclei.ts';
import { type Disc, discs } from './testing.ts';

const SIZE = 96;
const CYTOPLASM: Rgb = [205, 190, 215];
const CHROMATIN: Rgb = [90, 40, 130];
const around = ({ x, y, radius }: Disc) => ({
  x: x - radius,
  y: y - radius,
  width: 2 * radius + 1,
  height: 2 * radius + 1,
});

function painted(parts: readonly (readonly [Disc, Rgb])[]) {
  const image = createImage(SIZE, SIZE, [245, 240, 235]);
  for (const [disc, colour] of parts)
    for (const [i, inside] of discs(SIZE, SIZE, [disc]).entries()) if (inside) image.data.set(colour, i * 3);
  return image;
}

const body: Disc = { x: 48, y: 48, radius: 30 };
const truth: Disc = { x: 52, y: 44, radius: 15 };
const guess: Disc = { x: 48, y: 48, radius: 19 };

describe('refineNuclei', () => {
  it('moves a rough border to where the cell absorbs clearly more', () => {
    const image = painted([
      [body, CYTOPLASM],
      [truth, CHROMATIN],
    ]);
    const [cell, rough, exact] = [body, guess, truth].map((d) => discs(SIZE, SIZE, [d])) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const { nucleus, shares } = refineNuclei(image, cell, rough, [around(body)]);
    expect(diceOf(countOverlap(rough, exact))).toBeLessThan(0.85);
    expect(diceOf(countOverlap(nucleus, exact))).toBeGreaterThan(0.95);
    // (15 / 30)^2 of the cell's area.
    expect(shares[0]).toBeCloseTo(0.25, 1);
  });

  it("leaves out a cell's dark outline", () => {
    const image = painted([
      [body, CHROMATIN],
      [{ ...body, radius: 28 }, CYTOPLASM],
      [truth, CHROMATIN],
    ]);
    const [cell, exact] = [body, truth].map((d) => discs(SIZE, SIZE, [d])) as [Uint8Array, Uint8Array];
    const { nucleus } = refineNuclei(image, cell, exact, [around(body)]);
    expect(diceOf(countOverlap(nucleus, exact))).toBeGreaterThan(0.95);
  });

  it('draws one nucleus where one cell was taken for two', () => {
    const image = painted([
      [body, CYTOPLASM],
      [{ ...truth, y: 36 }, CHROMATIN],
    ]);
    const [cell, exact] = [body, { ...truth, y: 36 }].map((d) => discs(SIZE, SIZE, [d])) as [
      Uint8Array,
      Uint8Array,
    ];
    const { x, y, width, height } = around(body);
    const halves = [
      { x, y, width, height: height / 2 },
      { x, y: y + height / 2, width, height: height / 2 },
    ];
    const { nucleus, shares } = refineNuclei(image, cell, cell, halves);
    expect(diceOf(countOverlap(nucleus, exact))).toBeGreaterThan(0.95);
    expect(shares[0]).toBeGreaterThan(0.4);
    expect(shares[1]).toBeLessThan(0.15);
  });

  it('leaves the learned nucleus where nothing paler lies around it', () => {
    const image = painted([[body, CHROMATIN]]);
    const [cell, rough] = [discs(SIZE, SIZE, [body]), discs(SIZE, SIZE, [guess])];
    const { nucleus, shares } = refineNuclei(image, cell, rough, [around(body)]);
    expect(nucleus).toEqual(rough);
    expect(shares[0]).toBeCloseTo((19 / 30) ** 2, 1);
  });

  it('draws nothing outside the cells, and takes a cell at the edge', () => {
    const edge: Disc = { x: 2, y: 93, radius: 12 };
    const image = painted([
      [edge, CYTOPLASM],
      [{ ...edge, radius: 6 }, CHROMATIN],
      [{ x: 70, y: 20, radius: 8 }, CHROMATIN],
    ]);
    const cell = discs(SIZE, SIZE, [edge]);
    const { nucleus } = refineNuclei(image, cell, new Uint8Array(SIZE * SIZE), [around(edge)]);
    expect(nucleus.some((v) => v === 255)).toBe(true);
    expect(nucleus.every((v, i) => v === 0 || cell[i] === 1)).toBe(true);
  });
});
