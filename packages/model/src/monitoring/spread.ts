import type { Distribution } from './distribution.ts';
import type { Measure } from './statistics.ts';

/** Shares of patients do not add up exactly. */
const ROUNDING = 1e-9;

/** The median of numbers at ascending positions, each with its share; between the two in the middle, their mean. */
function medianOf({ shares }: Distribution, values: readonly number[]): number {
  let [seen, lower] = [0, Number.NaN];
  for (const [position, share] of shares.entries()) {
    seen += share;
    if (Number.isNaN(lower) && seen > 0.5 - ROUNDING) lower = values[position] ?? Number.NaN;
    if (seen > 0.5 + ROUNDING) return (lower + (values[position] ?? Number.NaN)) / 2;
  }
  return lower;
}

/** How far numbers lie from their own median. */
export function deviationsOf(distribution: Distribution, values: readonly number[]): number[] {
  const median = medianOf(distribution, values);
  return values.map((value) => Math.abs(value - median));
}

interface Deviation {
  readonly size: number;
  readonly share: number;
}

function ascending(distribution: Distribution, values: readonly number[]): Deviation[] {
  return deviationsOf(distribution, values)
    .map((size, position) => ({ size, share: distribution.shares[position] ?? 0 }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => a.size - b.size);
}

/**
 * By how much a window's numbers lie further from their own median than the reference's from theirs: P(w > r) + P(w = r) / 2 - 1/2
 * of the absolute deviations, 0 where less, at most 1/2 (the statistic of Mann & Whitney 1947 on the deviations of Brown &
 * Forsythe 1974). A common shift moves both medians and leaves it alone; a few numbers far out move it by their share alone.
 */
export const spread: Measure = (values) => (reference, window) => {
  const before = ascending(reference, values);
  let [at, below, excess] = [0, 0, 0];
  for (const { size, share } of ascending(window, values)) {
    while ((before[at]?.size ?? Number.POSITIVE_INFINITY) < size) below += before[at++]?.share ?? 0;
    let tied = 0;
    for (let next = at; before[next]?.size === size; next++) tied += before[next]?.share ?? 0;
    excess += share * (below + tied / 2 - 0.5);
  }
  return Math.max(0, excess);
};
