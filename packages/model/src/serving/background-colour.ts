import type { Background, Colour } from '@blastwise/contracts';
import { createImage, fieldColours, type Rgb, type RgbImage } from '../images/index.ts';

/** Side in pixels beyond which pixels are skipped: enough to tell a colour, whatever the camera. */
const SIDE = 256;

/** Every nth pixel of every nth row, so that no side is longer than twice SIDE. */
function thin(image: RgbImage): RgbImage {
  const step = Math.floor(Math.max(image.width, image.height) / SIDE);
  if (step <= 1) return image;
  const [width, height] = [Math.ceil(image.width / step), Math.ceil(image.height / step)];
  const thinned = createImage(width, height, [0, 0, 0]);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * step * image.width + x * step) * 3;
      thinned.data.set(image.data.subarray(from, from + 3), (y * width + x) * 3);
    }
  }
  return thinned;
}

const hundredth = (value: number): number => Math.round(value * 100) / 100;

const toColour = ([red, green, blue]: Rgb): Colour => ({
  red: hundredth(red),
  green: hundredth(green),
  blue: hundredth(blue),
});

/** Mean colour of an image's background (its least saturated three quarters) and of the rest, to a hundredth of a level. */
export function backgroundColour(image: RgbImage): Background {
  const { background, stained } = fieldColours(thin(image));
  return { ...toColour(background), ...(stained && { stained: toColour(stained) }) };
}
