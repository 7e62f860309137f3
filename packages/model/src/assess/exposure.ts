import { FIELD_SIZE, type Placement, type RgbImage } from '../images/index.ts';
import { bytes, floats, workspace } from '../memory/index.ts';
import { quantilesOf } from './luminance.ts';

/** How the light of some pixels is. */
export interface Exposure {
  /** 1st to 99th percentile of luminance, 0..255. */
  readonly range: number;
  /** Share of pixels white in every channel, and black in every channel. */
  readonly white: number;
  readonly black: number;
}

const WHITE = 253;
const BLACK = 5;

const levelsWithin = workspace(floats);

/**
 * Measures the light of the pixels where `mask` is 1.
 * @param luminance of the same field, see `luminanceOf`.
 */
export function exposureWithin({ data }: RgbImage, luminance: Float32Array, mask: Uint8Array): Exposure {
  const levels = levelsWithin(luminance.length);
  let [n, white, black] = [0, 0, 0];
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] !== 1) continue;
    levels[n++] = luminance[i] ?? 0;
    const [r, g, b] = [data[3 * i] ?? 0, data[3 * i + 1] ?? 0, data[3 * i + 2] ?? 0];
    if (r >= WHITE && g >= WHITE && b >= WHITE) white++;
    if (r <= BLACK && g <= BLACK && b <= BLACK) black++;
  }
  const [low, high] = quantilesOf(levels.subarray(0, n), [0.01, 0.99]);
  const all = Math.max(1, n);
  return { range: (high ?? 0) - (low ?? 0), white: white / all, black: black / all };
}

const shown = workspace(bytes);

/** Measures the light of the part of the field that shows the image. */
export function exposureOf(
  field: RgbImage,
  luminance: Float32Array,
  { left, top, width, height }: Omit<Placement, 'scale'>,
): Exposure {
  const mask = shown(luminance.length).fill(0);
  for (let y = top; y < top + height; y++) {
    const start = y * FIELD_SIZE + left;
    mask.fill(1, start, start + width);
  }
  return exposureWithin(field, luminance, mask);
}
