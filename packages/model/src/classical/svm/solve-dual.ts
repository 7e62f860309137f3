import type { PairTable } from './kernel.ts';

/** A problem of two classes on some rows of a kernel. */
export interface DualProblem {
  readonly kernel: PairTable;
  /** Which rows of the kernel take part. */
  readonly rows: ArrayLike<number>;
  /** 1 or -1 for each of them. */
  readonly signs: ArrayLike<number>;
  /** Upper bound of each multiplier: C, weighted by class. */
  readonly bounds: ArrayLike<number>;
}

/** The machine `sum of coefficients[i] K(rows[i], x) + offset`. */
export interface DualSolution {
  /** Signed multipliers, one a row of the problem; 0 for what is no support vector. */
  readonly coefficients: Float64Array;
  readonly offset: number;
}

/** libsvm's default: how far the optimality conditions may be missed. */
export const KKT_TOLERANCE = 1e-3;
/** A pair of rows that the kernel does not tell apart moves as if it did by this much. */
const LEAST_CURVATURE = 1e-12;
/** Steps at most: large C on data that no machine parts well; the solution so far then stands. */
const MOST_STEPS = 100_000;

/**
 * The soft-margin support vector machine (Cortes & Vapnik 1995) by sequential minimal optimisation with second-order
 * choice of the pair (Fan, Chen & Lin 2005, as in libsvm): maximises `sum of s b - 1/2 b' K b` over signed
 * multipliers `b` with `sum of b = 0`, each between 0 and its bound on the side of its sign `s`. At the maximum the
 * gradient `s - K b` is at most the offset where `b` could grow, and at least that where it could shrink.
 */
export function solveDual({ kernel, rows, signs, bounds }: DualProblem): DualSolution {
  const n = rows.length;
  const beta = new Float64Array(n);
  const lower = Float64Array.from({ length: n }, (_, i) => Math.min(0, (signs[i] ?? 0) * (bounds[i] ?? 0)));
  const upper = Float64Array.from({ length: n }, (_, i) => Math.max(0, (signs[i] ?? 0) * (bounds[i] ?? 0)));
  const gradient = Float64Array.from(signs);
  const { values, rows: width } = kernel;
  const places = Int32Array.from(rows);

  for (let step = 0; step < MOST_STEPS; step++) {
    let up = -1;
    let highest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < n; k++) {
      const g = gradient[k] ?? 0;
      if (g > highest && (beta[k] ?? 0) < (upper[k] ?? 0)) {
        highest = g;
        up = k;
      }
    }
    if (up < 0) break;
    const rowUp = (places[up] ?? 0) * width;
    let down = -1;
    let lowest = Number.POSITIVE_INFINITY;
    let best = 0;
    for (let k = 0; k < n; k++) {
      if ((beta[k] ?? 0) <= (lower[k] ?? 0)) continue;
      const g = gradient[k] ?? 0;
      if (g < lowest) lowest = g;
      const gap = highest - g;
      if (gap <= 0) continue;
      const gain = (gap * gap) / curvature(values, width, rowUp, places[up] ?? 0, places[k] ?? 0);
      if (gain > best) {
        best = gain;
        down = k;
      }
    }
    if (down < 0 || highest - lowest < KKT_TOLERANCE) break;

    const rowDown = (places[down] ?? 0) * width;
    const wanted =
      (highest - (gradient[down] ?? 0)) / curvature(values, width, rowUp, places[up] ?? 0, places[down] ?? 0);
    const room = (upper[up] ?? 0) - (beta[up] ?? 0);
    const slack = (beta[down] ?? 0) - (lower[down] ?? 0);
    const moved = Math.min(wanted, room, slack);
    beta[up] = moved === room ? (upper[up] ?? 0) : (beta[up] ?? 0) + moved;
    beta[down] = moved === slack ? (lower[down] ?? 0) : (beta[down] ?? 0) - moved;
    for (let k = 0; k < n; k++) {
      const at = places[k] ?? 0;
      gradient[k] = (gradient[k] ?? 0) - moved * ((values[rowUp + at] ?? 0) - (values[rowDown + at] ?? 0));
    }
  }
  return { coefficients: beta, offset: offsetOf(beta, gradient, lower, upper) };
}

/** `K(a,a) + K(b,b) - 2 K(a,b)`; the radial kernel has 1 on its diagonal, others need not. */
function curvature(values: Float32Array, width: number, rowA: number, a: number, b: number): number {
  const own = (values[rowA + a] ?? 0) + (values[b * width + b] ?? 0);
  return Math.max(LEAST_CURVATURE, own - 2 * (values[rowA + b] ?? 0));
}

/** The gradient of the multipliers within their bounds, where the machine is exact; else the middle of what is allowed. */
function offsetOf(
  beta: Float64Array,
  gradient: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
): number {
  let [free, sum] = [0, 0];
  let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const [k, g] of gradient.entries()) {
    const [grows, shrinks] = [(beta[k] ?? 0) < (upper[k] ?? 0), (beta[k] ?? 0) > (lower[k] ?? 0)];
    if (grows && shrinks) {
      free++;
      sum += g;
    } else if (grows) least = Math.max(least, g);
    else if (shrinks) most = Math.min(most, g);
  }
  if (free > 0) return sum / free;
  const ends = [least, most].filter(Number.isFinite);
  return ends.length === 0 ? 0 : ends.reduce((a, b) => a + b, 0) / ends.length;
}
