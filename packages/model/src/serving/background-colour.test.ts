import { expect, it } from 'vitest';
import { createImage, type RgbImage } from '../images/index.ts';
import { backgroundColour } from './background-colour.ts';

/** A pink field whose lower eighth is one violet cell. */
function field(width: number, height: number): RgbImage {
  const image = createImage(width, height, [220, 190, 205]);
  for (let at = Math.floor(height * (7 / 8)) * width * 3; at < image.data.length; at += 3)
    image.data.set([90, 20, 160], at);
  return image;
}

it.each([
  [224, 224],
  [1600, 1200],
  [3000, 400],
])('tells the background from the cells, at %i x %i', (width, height) => {
  expect(backgroundColour(field(width, height))).toEqual({
    red: 220,
    green: 190,
    blue: 205,
    stained: { red: 90, green: 20, blue: 160 },
  });
});

it('knows no stained pixels where all are of one colour', () => {
  expect(backgroundColour(createImage(8, 8, [220, 190, 205]))).toEqual({ red: 220, green: 190, blue: 205 });
});
