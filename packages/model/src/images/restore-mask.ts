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

/** Where the owned pixels `first`, `first` + 1, ... of the input lie on one axis of the field. */
interface Positions {
  readonly first: number;
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** Of `high` against `low`. */
  readonly weight: Float64Array;
}

/** One axis of a window. */
interface Span {
  readonly start: number;
  readonly margin: number;
  readonly placed: number;
  readonly owned: readonly [number, number];
}

function positions(length: number, scaled: number, { start, margin, placed, owned }: Span): Positions {
  const firstFrom = (edge: number): number => Math.ceil((edge * length) / scaled - 0.5);
  const first = Math.max(0, firstFrom(owned[0]));
  const end = owned[1] >= scaled ? length : firstFrom(owned[1]);
  const n = Math.max(0, end - first);
  const [low, high, weight] = [new Int32Array(n), new Int32Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) {
    const inside = Math.min(Math.max(((first + i + 0.5) * scaled) / length - 0.5 - start, 0), placed - 1);
    const whole = Math.floor(inside);
    low[i] = margin + whole;
    high[i] = margin + Math.min(whole + 1, placed - 1);
    weight[i] = inside - whole;
  }
  return { first, low, high, weight };
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
  for (let j = 0; j < rows.low.length; j++) {
    const upper = (rows.low[j] ?? 0) * FIELD_SIZE;
    const lower = (rows.high[j] ?? 0) * FIELD_SIZE;
    const down = rows.weight[j] ?? 0;
    const start = (rows.first + j) * target.width + columns.first;
    for (let i = 0; i < columns.low.length; i++) {
      const low = columns.low[i] ?? 0;
      const high = columns.high[i] ?? 0;
      const across = columns.weight[i] ?? 0;
      const above = (values[upper + low] ?? 0) * (1 - across) + (values[upper + high] ?? 0) * across;
      const below = (values[lower + low] ?? 0) * (1 - across) + (values[lower + high] ?? 0) * across;
      target.data[start + i] = above * (1 - down) + below * down >= 0.5 ? 255 : 0;
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
