import type { Size } from '../zoom.ts';
import type { DrawnMask } from './editing.ts';

function drawingOf({ width, height }: Size) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives no drawing surface.');
  return { canvas, context };
}

/** A mask PNG (white inside) as pixels, row-major, 1 inside; empty where there is none. Rejects where it cannot be loaded. */
async function readMask(src: string | null, size: Size): Promise<Uint8Array> {
  const mask = new Uint8Array(size.width * size.height);
  if (src === null) return mask;
  const image = new Image();
  image.src = src;
  await image.decode();
  const { context } = drawingOf(size);
  context.drawImage(image, 0, 0, size.width, size.height);
  const { data } = context.getImageData(0, 0, size.width, size.height);
  for (let i = 0; i < mask.length; i += 1) mask[i] = (data[4 * i] ?? 0) >= 128 ? 1 : 0;
  return mask;
}

/** Both masks that edits may begin from; the same picture is asked for once. */
export async function readSources(
  { base, model }: Pick<DrawnMask, 'base' | 'model'>,
  size: Size,
): Promise<{ base: Uint8Array; model: Uint8Array }> {
  const models = readMask(model, size);
  const [from, of] = await Promise.all([base === model ? models : readMask(base, size), models]);
  return { base: from, model: of };
}

/** The mask as a PNG of black and white. */
export async function writeMask(mask: Uint8Array, size: Size): Promise<Blob> {
  const { canvas, context } = drawingOf(size);
  const image = context.createImageData(size.width, size.height);
  for (let i = 0; i < mask.length; i += 1) image.data.fill(mask[i] === 1 ? 255 : 0, 4 * i, 4 * i + 3);
  for (let i = 3; i < image.data.length; i += 4) image.data[i] = 255;
  context.putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}
