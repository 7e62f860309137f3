export interface OneCycle {
  /** The highest learning rate. */
  readonly peak: number;
  readonly steps: number;
  /** Share of the steps that warm up, 0..1. */
  readonly warmUp: number;
}

/** The first rate is the peak divided by this, the last the first divided by {@link FINAL_DIVISOR} (Smith and Topin 2019). */
const START_DIVISOR = 25;
const FINAL_DIVISOR = 1000;

/** The rate halfway on a cosine from `from` (share 0) to `to` (share 1). */
const cosine = (from: number, to: number, share: number) =>
  to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;

/** Learning rate of step `step` (0-based): a cosine up to the peak, then a cosine down to almost nothing. */
export function oneCycleRate({ peak, steps, warmUp }: OneCycle, step: number): number {
  const first = peak / START_DIVISOR;
  const top = Math.max(1, warmUp * steps);
  if (step < top) return cosine(first, peak, step / top);
  return cosine(peak, first / FINAL_DIVISOR, Math.min(1, (step - top) / Math.max(1, steps - top)));
}
