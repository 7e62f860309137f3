import type { Distribution } from './distribution.ts';

/** How far a window lies from its reference: 0 is alike. */
export type Statistic = (reference: Distribution, window: Distribution) => number;

/** The statistic of what lies at the positions: numbers ascending, or categories. */
export type Measure = (values: readonly number[]) => Statistic;

/**
 * Two-sample Kolmogorov-Smirnov statistic (Kolmogorov 1933, Smirnov 1939): the largest difference of the cumulative
 * distributions, 0..1. Over the two positions no and yes it is the difference of the shares.
 */
export const ksStatistic: Statistic = (reference, window) => {
  let [difference, largest] = [0, 0];
  for (const [position, share] of reference.shares.entries()) {
    difference += (window.shares[position] ?? 0) - share;
    largest = Math.max(largest, Math.abs(difference));
  }
  return largest;
};

/** Half a case in every bin: an empty one would make the index infinite (Krichevsky & Trofimov 1981). */
const PRIOR = 0.5;

const smoothed = ({ shares, cases }: Distribution, position: number): number =>
  ((shares[position] ?? 0) * cases + PRIOR) / (cases + PRIOR * shares.length);

/**
 * Population stability index (Siddiqi 2006): the sum over bins of (w - r) ln(w / r), which is Jeffreys' symmetric
 * divergence (1946). At least 0.
 */
export const psi: Statistic = (reference, window) =>
  reference.shares.reduce((sum, _, position) => {
    const [r, w] = [smoothed(reference, position), smoothed(window, position)];
    return sum + (w - r) * Math.log(w / r);
  }, 0);
