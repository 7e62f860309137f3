import type { Placement } from './preprocess.ts';
import { type Box, FIELD_SIZE } from './rgb-image.ts';

/** What a field shows of an image that was brought to another size; lengths in pixels of that scaled image. */
export interface FieldWindow {
  /** First column and row of the scaled image inside the field. */
  readonly left: number;
  readonly top: number;
  /** Where they lie inside the 224 square, which is larger only than an image smaller than it. */
  readonly placement: Placement;
  /** The part that this field answers for. */
  readonly owned: Box;
}

interface Position {
  readonly at: number;
  readonly low: number;
  readonly high: number;
  readonly weight: number;
}

/** One axis of a window. */
interface Span {
  readonly start: number;
  readonly margin: number;
  readonly placed: number;
  readonly owned: readonly [number, number];
}

/** Where each owned pixel `at` of the input lies on one axis of the field: two neighbours and the weight of the second. */
function positions(length: number, scaled: number, { start, margin, placed, owned }: Span): Position[] {
  const firstFrom = (edge: number): number => Math.ceil((edge * length) / scaled - 0.5);
  const first = Math.max(0, firstFrom(owned[0]));
  const end = owned[1] >= scaled ? length : firstFrom(owned[1]);
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => {
    const at = first + i;
    const inside = Math.min(Math.max(((at + 0.5) * scaled) / length - 0.5 - start, 0), placed - 1);
    const low = Math.floor(inside);
    return {
      at,
      low: margin + low,
      high: margin + Math.min(low + 1, placed - 1),
      weight: inside - low,
    };
  });
}

/**
 * Writes what a window owns of a mask at the size of the input (bilinear, then cut at one half).
 * @param values 224 * 224 values, 0..1.
 * @param scaled Size of the scaled image.
 * @param target `data` holds `width * height` bytes, 0 or 255.
 */
export function restoreWindow(
  values: Float32Array,
  { left, top, placement, owned }: FieldWindow,
  scaled: { readonly width: number; readonly height: number },
  target: { readonly width: number; readonly height: number; readonly data: Uint8Array },
): void {
  const columns = positions(target.width, scaled.width, {
    start: left,
    margin: placement.left,
    placed: placement.width,
    owned: [owned.left, owned.right],
  });
  const rows = positions(target.height, scaled.height, {
    start: top,
    margin: placement.top,
    placed: placement.height,
    owned: [owned.top, owned.bottom],
  });
  const asIs = [...rows, ...columns].every(({ weight }) => weight === 0);
  for (const y of rows) {
    const upper = y.low * FIELD_SIZE;
    const lower = y.high * FIELD_SIZE;
    const start = y.at * target.width;
    if (asIs) {
      for (const x of columns) target.data[start + x.at] = (values[upper + x.low] ?? 0) >= 0.5 ? 255 : 0;
      continue;
    }
    for (const x of columns) {
      const above = (values[upper + x.low] ?? 0) * (1 - x.weight) + (values[upper + x.high] ?? 0) * x.weight;
      const below = (values[lower + x.low] ?? 0) * (1 - x.weight) + (values[lower + x.high] ?? 0) * x.weight;
      target.data[start + x.at] = above * (1 - y.weight) + below * y.weight >= 0.5 ? 255 : 0;
    }
  }
}

/**
 * Brings a mask of a letterboxed field back to the size of the input (bilinear, then cut at one half).
 * @param mask 224 * 224 values, 0..1.
 * @returns `width * height` bytes, 0 or 255.
 */
export function restoreMask(
  mask: Float32Array,
  placement: Placement,
  width: number,
  height: number,
): Uint8Array {
  const data = new Uint8Array(width * height);
  const owned = { left: 0, top: 0, right: placement.width, bottom: placement.height };
  restoreWindow(mask, { left: 0, top: 0, placement, owned }, placement, { width, height, data });
  return data;
}
