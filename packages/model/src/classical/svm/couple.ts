import { pairsOf } from './one-vs-one.ts';

const MOST_ROUNDS = 100;
const TOLERANCE = 1e-6;

/**
 * Probabilities of the classes from those of every pair (Wu, Lin & Weng 2004, second method, as in libsvm): minimises
 * `sum over i != j of (r[j][i] p[i] - r[i][j] p[j])^2` with `sum of p = 1`, by their fixed point.
 *
 * @param pairs P(first of the two | one of the two) in the order of `pairsOf`, within (0, 1).
 */
export function couplePairs(pairs: readonly number[], classes: number): number[] {
  const r = Array.from({ length: classes }, () => new Float64Array(classes));
  for (const [k, [a, b]] of pairsOf(classes).entries()) {
    const [one, other] = [r[a], r[b]];
    if (one) one[b] = pairs[k] ?? 0.5;
    if (other) other[a] = 1 - (pairs[k] ?? 0.5);
  }
  const rate = (i: number, j: number): number => r[i]?.[j] ?? 0;
  const q = Array.from({ length: classes }, (_, i) =>
    Float64Array.from({ length: classes }, (_, j) => {
      if (i !== j) return -rate(j, i) * rate(i, j);
      return Array.from({ length: classes }, (_, k) => (k === i ? 0 : rate(k, i) ** 2)).reduce(
        (a, b) => a + b,
        0,
      );
    }),
  );
  const p = new Float64Array(classes).fill(1 / classes);
  const products = (): Float64Array =>
    Float64Array.from(q, (row) => row.reduce((sum, value, j) => sum + value * (p[j] ?? 0), 0));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const qp = products();
    const form = qp.reduce((sum, value, i) => sum + value * (p[i] ?? 0), 0);
    if (qp.every((value) => Math.abs(value - form) < TOLERANCE / classes)) break;
    for (let t = 0; t < classes; t++) {
      const fresh = products();
      const whole = fresh.reduce((sum, value, i) => sum + value * (p[i] ?? 0), 0);
      p[t] = (p[t] ?? 0) + (whole - (fresh[t] ?? 0)) / (q[t]?.[t] ?? 1);
      const sum = p.reduce((a, b) => a + b, 0);
      for (let i = 0; i < classes; i++) p[i] = (p[i] ?? 0) / sum;
    }
  }
  return [...p];
}
