import type { Rgb, RgbImage } from './rgb-image.ts';

/** A copy of the image with one colour where the mask (0|1 a pixel) equals `where`. */
export function coverWhere(
  image: RgbImage,
  mask: Uint8Array,
  where: 0 | 1,
  [r, g, b]: Readonly<Rgb>,
): RgbImage {
  const data = image.data.slice();
  for (let i = 0, p = 0; i < mask.length; i++, p += 3) {
    if (mask[i] !== where) continue;
    data[p] = r;
    data[p + 1] = g;
    data[p + 2] = b;
  }
  return { ...image, data };
}

/** The pixels of `image` inside the mask (0|1 a pixel), over `background`, an image of the same size. */
export function pasteInside(image: RgbImage, mask: Uint8Array, background: RgbImage): RgbImage {
  const data = background.data.slice();
  for (let i = 0, p = 0; i < mask.length; i++, p += 3) {
    if (mask[i] !== 1) continue;
    data[p] = image.data[p] ?? 0;
    data[p + 1] = image.data[p + 1] ?? 0;
    data[p + 2] = image.data[p + 2] ?? 0;
  }
  return { ...image, data };
}
