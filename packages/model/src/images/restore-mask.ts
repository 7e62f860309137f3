import type { Placement } from './preprocess.ts';
import { FIELD_SIZE } from './rgb-image.ts';

/** Where pixel `i` of the input lies on one axis of the field: two neighbours and the weight of the second. */
function positions(
  length: number,
  start: number,
  placed: number,
): { low: number; high: number; weight: number }[] {
  return Array.from({ length }, (_, i) => {
    const at = ((i + 0.5) * placed) / length - 0.5;
    const inside = Math.min(Math.max(at, 0), placed - 1);
    const low = Math.floor(inside);
    return { low: start + low, high: start + Math.min(low + 1, placed - 1), weight: inside - low };
  });
}

/**
 * Brings a mask of the field back to the size of the input (bilinear, then cut at one half).
 * @param mask 224 * 224 values, 0..1.
 * @returns `width * height` bytes, 0 or 255.
 */
export function restoreMask(
  mask: Float32Array,
  placement: Placement,
  width: number,
  height: number,
): Uint8Array {
  const columns = positions(width, placement.left, placement.width);
  const rows = positions(height, placement.top, placement.height);
  const restored = new Uint8Array(width * height);
  let i = 0;
  for (const y of rows) {
    const upper = y.low * FIELD_SIZE;
    const lower = y.high * FIELD_SIZE;
    for (const x of columns) {
      const above = (mask[upper + x.low] ?? 0) * (1 - x.weight) + (mask[upper + x.high] ?? 0) * x.weight;
      const below = (mask[lower + x.low] ?? 0) * (1 - x.weight) + (mask[lower + x.high] ?? 0) * x.weight;
      restored[i++] = above * (1 - y.weight) + below * y.weight >= 0.5 ? 255 : 0;
    }
  }
  return restored;
}
