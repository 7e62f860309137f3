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
  [3000, 40],
])('is that of the background, not of the cells, at %i x %i', (width, height) => {
  expect(backgroundColour(field(width, height))).toEqual({ red: 220, green: 190, blue: 205 });
});
