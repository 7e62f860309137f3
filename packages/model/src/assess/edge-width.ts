import { FIELD_SIZE } from '../images/index.ts';
import { floats, workspace } from '../memory/index.ts';
import { growMaskSquarely } from '../segmentation/index.ts';
import { quantileOf, quantilesOf } from './luminance.ts';

/** A Gaussian edge of width s rises by contrast / (s sqrt(2 pi)) a pixel where it is steepest. */
const STEEPEST = Math.sqrt(2 * Math.PI);
/** Fewer pixels hold too few edges to measure one. */
const LEAST_PIXELS = 50;
/** Pixels of the outline that belong to a cell's edge. */
const RIM = 3;

/** Sobel gradient, levels a pixel. */
function gradient(l: Float32Array, i: number): number {
  const above = i - FIELD_SIZE;
  const below = i + FIELD_SIZE;
  const falling = (l[below + 1] ?? 0) - (l[above - 1] ?? 0);
  const rising = (l[above + 1] ?? 0) - (l[below - 1] ?? 0);
  const x = falling + rising + 2 * ((l[i + 1] ?? 0) - (l[i - 1] ?? 0));
  const y = falling - rising + 2 * ((l[below] ?? 0) - (l[above] ?? 0));
  return Math.sqrt(x * x + y * y) / 8;
}

const levelsNear = workspace(floats);
const slopesNear = workspace(floats);

/**
 * Standard deviation, in pixels of the field, of the blur that the steepest twentieth of the edges in and around the
 * white cells shows: the contrast there (5th to 95th percentile of luminance) over the 95th percentile of the
 * gradient. Relative to contrast, so that pale, grey and recoloured fields measure alike; taken from a smoothing
 * gradient, so that grain and JPEG blocks count little.
 * @param cells white cells, 0|1 a pixel.
 * @returns null where the cells are too small to measure, or show no contrast.
 */
export function edgeWidth(luminance: Float32Array, cells: Uint8Array): number | null {
  // The cells and a rim around each, where the edges of cytoplasm and nucleus lie.
  const near = growMaskSquarely(cells, FIELD_SIZE, FIELD_SIZE, RIM);
  const [levels, slopes] = [levelsNear(luminance.length), slopesNear(luminance.length)];
  let n = 0;
  for (let y = 1; y < FIELD_SIZE - 1; y++) {
    for (let x = 1; x < FIELD_SIZE - 1; x++) {
      const i = y * FIELD_SIZE + x;
      if (near[i] !== 1) continue;
      levels[n] = luminance[i] ?? 0;
      slopes[n++] = gradient(luminance, i);
    }
  }
  if (n < LEAST_PIXELS) return null;
  const [dark, light] = quantilesOf(levels.subarray(0, n), [0.05, 0.95]);
  const contrast = (light ?? 0) - (dark ?? 0);
  const steepest = quantileOf(slopes.subarray(0, n), 0.95) ?? 0;
  return steepest > 0 ? contrast / (steepest * STEEPEST) : null;
}
