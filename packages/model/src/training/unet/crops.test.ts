import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../random/index.ts';
import { STARTER_RECIPE } from '../config.ts';
import { generatedFields } from '../testing.ts';
import { randomCrops } from './crops.ts';
import { jpegBlocks } from './jpeg-blocks.ts';
import { cutPatch } from './patch.ts';

const fields = generatedFields(1, 112);
const [field] = fields;
if (!field) throw new Error('There is a generated field.');
const SIDE = 24;

/** Value `c` of a place between the pixels of an image of `channels`, its border repeated (bilinear). */
function between(values: Uint8Array, width: number, channels: number, x: number, y: number, c: number) {
  const inField = (at: number) => Math.min(Math.max(at, 0), width - 1);
  const [left, top] = [Math.floor(inField(x)), Math.floor(inField(y))];
  const [across, down] = [inField(x) - left, inField(y) - top];
  const at = (column: number, row: number) =>
    values[(inField(row) * width + inField(column)) * channels + c] ?? 0;
  const above = at(left, top) * (1 - across) + at(left + 1, top) * across;
  const below = at(left, top + 1) * (1 - across) + at(left + 1, top + 1) * across;
  return Math.fround(above * (1 - down) + below * down);
}

describe('cutPatch', () => {
  it.each([
    { left: 3.3, top: 80.7, scale: 0.8 },
    { left: 0, top: 12.25, scale: 1 },
    { left: 90.5, top: 55, scale: 1.6 },
  ])('reads the field between its pixels at %j', (window) => {
    const { image, cell, nucleus } = cutPatch(field, window, SIDE);
    const place = (start: number, i: number) => start + (i + 0.5) / window.scale - 0.5;
    for (let i = 0; i < SIDE * SIDE; i++) {
      const [x, y] = [place(window.left, i % SIDE), place(window.top, Math.floor(i / SIDE))];
      for (let c = 0; c < 3; c++)
        expect(image.data[3 * i + c]).toBe(Math.round(between(field.image.data, 112, 3, x, y, c)));
      expect(cell[i]).toBe(Number(between(field.cells, 112, 1, x, y, 0) >= 0.5));
      expect(nucleus[i]).toBe(Number(between(field.nucleus, 112, 1, x, y, 0) >= 0.5));
    }
  });
});

it('jpegBlocks rounds the cosine coefficients of every block', () => {
  const basis = (k: number, x: number) =>
    Math.sqrt((k === 0 ? 1 : 2) / 8) * Math.cos(((2 * x + 1) * k * Math.PI) / 16);
  const places = Array.from({ length: 64 }, (_, i) => [i >> 3, i & 7] as const);
  const step = 7;
  const { data } = jpegBlocks(field.image, step);
  for (let c = 0; c < 3; c++) {
    // The block whose first pixel lies at column 16, row 40.
    const at = ([y, x]: readonly [number, number]) => ((40 + y) * 112 + 16 + x) * 3 + c;
    const coefficients = places.map(([v, u]) => {
      const exact = places.reduce(
        (sum, [y, x]) => sum + (field.image.data[at([y, x])] ?? 0) * basis(v, y) * basis(u, x),
        0,
      );
      const coarse = step * (1 + (v + u) / 3);
      return Math.round(exact / coarse) * coarse;
    });
    for (const [y, x] of places) {
      const value = places.reduce(
        (sum, [v, u], i) => sum + (coefficients[i] ?? 0) * basis(v, y) * basis(u, x),
        0,
      );
      expect(Math.abs((data[at([y, x])] ?? 0) - Math.min(255, Math.max(0, value)))).toBeLessThan(0.5001);
    }
  }
});

it('randomCrops stay within 0..255 and repeat under one seed', () => {
  const crops = { ...STARTER_RECIPE.masks.crops, grey: 0, jpeg: 0 };
  const make = () => randomCrops(fields, fields, { side: 48, crops, random: seededRandom(6) });
  const { images, masks } = make();
  expect(make().images).toEqual(images);
  expect(Math.min(...images)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...images)).toBeLessThanOrEqual(255);
  expect(new Set(images.slice(0, 300)).size).toBeGreaterThan(10);
  expect([...new Set(masks)].sort()).toEqual([0, 1]);
});
