import type { FeatureTable } from '../artifact/index.ts';
import type { Side } from '../dataset/index.ts';

/**
 * Rows of features of one network nearer than this show the same pixels. Measured on the starter: a field read again from a
 * lossless copy lies 0.0003 from its row (half floats), another field 0.14 or more (5th percentile), the same field as
 * JPEG of quality 75 0.11. So copies that were encoded again, turned or shifted are not found this way.
 */
const SAME = 0.01;

/** What a network saw in a field of which no image is at hand. */
export interface KnownRow {
  readonly name: string;
  readonly features: Float32Array;
}

/** Of the first `rows` rows of a table, all by default, those of some sides. */
export function knownRows(
  { features, dimension, sides: all }: FeatureTable,
  sides: readonly Side[],
  rows = all.length,
): KnownRow[] {
  return all.slice(0, rows).flatMap((side, row) => {
    if (!sides.includes(side)) return [];
    const name = `field ${row + 1} of the ${side} side`;
    return [{ name, features: features.subarray(row * dimension, (row + 1) * dimension) }];
  });
}

/** The first row that shows the same pixels; null where none does. Rows of another length are passed over. */
export function samePixelsAs(features: Float32Array, known: readonly KnownRow[]): KnownRow | null {
  return known.find((row) => relativeDistance(features, row.features) < SAME) ?? null;
}

/** ‖a − b‖ over the root mean square of both lengths; Infinity for rows of different lengths. */
function relativeDistance(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let apart = 0;
  let size = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? 0;
    const y = b[i] ?? 0;
    apart += (x - y) ** 2;
    size += x * x + y * y;
  }
  return size === 0 ? 0 : Math.sqrt((2 * apart) / size);
}
