import { otsuBin } from './otsu.ts';

const BINS = 256;

/** Counts of values between 0 and `highest`; what lies outside counts in the first or last bin. */
export interface Histogram {
  readonly counts: Uint32Array;
  readonly highest: number;
}

export function histogramOf(
  values: Float32Array,
  highest: number,
  include: (index: number) => boolean = () => true,
): Histogram {
  const counts = new Uint32Array(BINS);
  const scale = (BINS - 1) / highest;
  for (let i = 0; i < values.length; i++) {
    if (!include(i)) continue;
    const bin = Math.min(Math.max(Math.floor((values[i] ?? 0) * scale), 0), BINS - 1);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { counts, highest };
}

export const total = ({ counts }: Histogram): number => counts.reduce((sum, count) => sum + count, 0);

/** The value below which `share` of the counted values lie, to one bin; 0 when there are none. */
export function quantile(histogram: Histogram, share: number): number {
  const wanted = total(histogram) * share;
  let bin = 0;
  for (let seen = histogram.counts[0] ?? 0; seen < wanted; ) seen += histogram.counts[++bin] ?? 0;
  return (bin / (BINS - 1)) * histogram.highest;
}

export const otsuThreshold = ({ counts, highest }: Histogram): number =>
  (otsuBin(counts) / (BINS - 1)) * highest;
