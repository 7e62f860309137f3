import sharp from 'sharp';
import type { Box, RgbImage } from './rgb-image.ts';

/** The image resampled to `width` x `height` (Lanczos); the same object where it has that size. */
export async function resizeImage(image: RgbImage, width: number, height: number): Promise<RgbImage> {
  if (image.width === width && image.height === height) return image;
  const raw = { width: image.width, height: image.height, channels: 3 as const };
  const resized = await sharp(image.data, { raw }).resize(width, height, { fit: 'fill' }).raw().toBuffer();
  return { width, height, data: new Uint8Array(resized) };
}

/** A copy of the part inside the box; the image itself where that is all of it. */
export function cropImage(image: RgbImage, { left, top, right, bottom }: Box): RgbImage {
  const [width, height] = [right - left, bottom - top];
  if (width === image.width && height === image.height) return image;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * image.width + left) * 3;
    data.set(image.data.subarray(start, start + width * 3), y * width * 3);
  }
  return { width, height, data };
}
