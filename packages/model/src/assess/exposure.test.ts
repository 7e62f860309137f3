import { expect, it } from 'vitest';
import { createImage, FIELD_SIZE } from '../images/index.ts';
import { exposureOf, exposureWithin } from './exposure.ts';
import { luminanceOf } from './luminance.ts';

const field = createImage(FIELD_SIZE, FIELD_SIZE, [100, 100, 100]);
// Of the first row: white, nearly white, white but for one channel, black, nearly black, black but for one channel.
[
  [255, 255, 255],
  [253, 254, 253],
  [255, 255, 252],
  [0, 0, 0],
  [5, 4, 5],
  [5, 5, 6],
].forEach((colour, i) => {
  field.data.set(colour, 3 * i);
});
const luminance = luminanceOf(field);
const first = (n: number) => Uint8Array.from({ length: FIELD_SIZE ** 2 }, (_, i) => (i < n ? 1 : 0));

it.each([
  { pixels: 0, white: 0, black: 0, range: 0 },
  { pixels: 2, white: 1, black: 0 },
  { pixels: 3, white: 2 / 3, black: 0 },
  { pixels: 4, white: 1 / 2, black: 1 / 4, range: 255 },
  { pixels: 8, white: 1 / 4, black: 1 / 4, range: 255 },
])('white and black are so in every channel: $pixels pixels', ({ pixels, ...expected }) => {
  const { white, black, range } = exposureWithin(field, luminance, first(pixels));
  expect([white, black]).toEqual([expected.white, expected.black]);
  if (expected.range !== undefined) expect(range).toBeCloseTo(expected.range, 3);
});

it('of an image in the field counts nothing beside it', () => {
  const rows = { left: 0, top: 0, width: 4, height: 1 };
  expect(exposureOf(field, luminance, rows)).toEqual(exposureWithin(field, luminance, first(4)));
  expect(exposureOf(field, luminance, { ...rows, left: 6, top: 1 })).toEqual({
    range: 0,
    white: 0,
    black: 0,
  });
});
