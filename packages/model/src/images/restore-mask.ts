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

/** One row of a field at the columns of the input (bilinear). */
function resampleRow(values: Float32Array, row: number, columns: Positions, target: Float64Array): void {
  const { low, high, weight } = columns;
  const start = row * FIELD_SIZE;
  for (let i = 0; i < low.length; i++) {
    const across = weight[i] ?? 0;
    const left = values[start + (low[i] ?? 0)] ?? 0;
    const right = values[start + (high[i] ?? 0)] ?? 0;
    target[i] = left * (1 - across) + right * across;
  }
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
  // Neighbouring rows of the input lie between the same two of the field, or share one.
  let [above, below] = [new Float64Array(columns.low.length), new Float64Array(columns.low.length)];
  let [upper, lower] = [-1, -1];
  for (let j = 0; j < rows.low.length; j++) {
    const [low, high, down] = [rows.low[j] ?? 0, rows.high[j] ?? 0, rows.weight[j] ?? 0];
    if (low === lower) {
      [above, below] = [below, above];
      [upper, lower] = [lower, upper];
    }
    if (low !== upper) resampleRow(values, low, columns, above);
    if (high !== lower) resampleRow(values, high, columns, below);
    [upper, lower] = [low, high];
    const start = (rows.first + j) * target.width + columns.first;
    for (let i = 0; i < above.length; i++) {
      const value = (above[i] ?? 0) * (1 - down) + (below[i] ?? 0) * down;
      target.data[start + i] = value >= 0.5 ? 255 : 0;
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
