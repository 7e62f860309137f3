import { FIELD_SIZE } from '../images/index.ts';
import { quantileOf } from './luminance.ts';

/** A Gaussian edge of width s rises by contrast / (s sqrt(2 pi)) a pixel where it is steepest. */
const STEEPEST = Math.sqrt(2 * Math.PI);
/** Fewer pixels hold too few edges to measure one. */
const LEAST_PIXELS = 50;
/** Pixels of the outline that belong to a cell's edge. */
const RIM = 3;

/** Sobel gradient, levels a pixel. */
function gradient(luminance: Float32Array, i: number): number {
  const at = (dx: number, dy: number) => luminance[i + dy * FIELD_SIZE + dx] ?? 0;
  const x = at(1, -1) + 2 * at(1, 0) + at(1, 1) - at(-1, -1) - 2 * at(-1, 0) - at(-1, 1);
  const y = at(-1, 1) + 2 * at(0, 1) + at(1, 1) - at(-1, -1) - 2 * at(0, -1) - at(1, -1);
  return Math.hypot(x, y) / 8;
}

/** The cells and a rim of 3 px around each, where the edges of cytoplasm and nucleus lie. */
function withRim(mask: Uint8Array): Uint8Array {
  const near = new Uint8Array(mask.length);
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] !== 1) continue;
    const [x, y] = [i % FIELD_SIZE, Math.floor(i / FIELD_SIZE)];
    for (let dy = Math.max(-RIM, -y); dy <= Math.min(RIM, FIELD_SIZE - 1 - y); dy++) {
      const from = i + dy * FIELD_SIZE - Math.min(RIM, x);
      near.fill(1, from, i + dy * FIELD_SIZE + Math.min(RIM, FIELD_SIZE - 1 - x) + 1);
    }
  }
  return near;
}

/**
 * Standard deviation, in pixels of the field, of the blur that the steepest twentieth of the edges in and around the
 * white cells shows: the contrast there (5th to 95th percentile of luminance) over the 95th percentile of the
 * gradient. Relative to contrast, so that pale, grey and recoloured fields measure alike; taken from a smoothing
 * gradient, so that grain and JPEG blocks count little.
 * @param cells white cells, 0|1 a pixel.
 * @returns null where the cells are too small to measure, or show no contrast.
 */
export function edgeWidth(luminance: Float32Array, cells: Uint8Array): number | null {
  const near = withRim(cells);
  const values: number[] = [];
  const slopes: number[] = [];
  for (let y = 1; y < FIELD_SIZE - 1; y++) {
    for (let x = 1; x < FIELD_SIZE - 1; x++) {
      const i = y * FIELD_SIZE + x;
      if (near[i] !== 1) continue;
      values.push(luminance[i] ?? 0);
      slopes.push(gradient(luminance, i));
    }
  }
  if (values.length < LEAST_PIXELS) return null;
  const levels = Float32Array.from(values);
  const contrast = (quantileOf(levels, 0.95) ?? 0) - (quantileOf(levels, 0.05) ?? 0);
  const steepest = quantileOf(Float32Array.from(slopes), 0.95) ?? 0;
  return steepest > 0 ? contrast / (steepest * STEEPEST) : null;
}
