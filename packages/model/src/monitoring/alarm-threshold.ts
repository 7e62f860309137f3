import { type SeededRandom, seededRandom } from '../random/index.ts';
import { addCase, type Distribution, type Positions } from './distribution.ts';
import type { Measure } from './statistics.ts';
import { unseenShare } from './unseen.ts';

export interface ThresholdOptions {
  readonly seed: number;
  readonly draws: number;
  /** Share of windows without drift that may exceed the threshold, 0..1. */
  readonly tail: number;
  readonly windowCases: number;
}

/** Whole cases drawn with replacement, as a distribution in `into`. */
function drawInto(into: Distribution, from: Positions, random: SeededRandom): Distribution {
  into.shares.fill(0);
  for (let i = 0; i < into.cases; i++) addCase(into.shares, from[random.int(from.length)] ?? [], into.cases);
  return into;
}

/**
 * What a statistic must exceed before a window counts as drifting, from the reference alone: a reference and a window are
 * drawn from its cases again and again (bootstrap by group; Field & Welsh 2007). Both are drawn, because the reference is a
 * sample as well. What it has never shown cannot be drawn, so the threshold is at least what `unseenShare` allows of it.
 */
export function alarmThreshold(
  measure: Measure,
  reference: Positions,
  values: readonly number[],
  { seed, draws, tail, windowCases }: ThresholdOptions,
): number {
  const random = seededRandom(seed);
  const [statistic, size] = [measure(values), values.length];
  const one = { shares: new Float64Array(size), cases: reference.length };
  const other = { shares: new Float64Array(size), cases: windowCases };
  const drawn = Float64Array.from({ length: draws }, () =>
    statistic(drawInto(one, reference, random), drawInto(other, reference, random)),
  ).sort();
  const exceeded = drawn[Math.ceil((1 - tail) * (draws + 1)) - 1] ?? Number.POSITIVE_INFINITY;
  return Math.max(exceeded, unseenThreshold(measure, reference.length, size, windowCases, tail));
}

/** The statistic of a reference all at one position, of which the window has as many cases elsewhere as chance allows. */
function unseenThreshold(
  measure: Measure,
  referenceCases: number,
  size: number,
  windowCases: number,
  tail: number,
): number {
  const share = unseenShare(referenceCases, windowCases, tail);
  const [known, strange] = [new Float64Array(Math.max(2, size)), new Float64Array(Math.max(2, size))];
  known[0] = 1;
  strange[0] = 1 - share;
  strange[1] = share;
  return measure([...known.keys()])(
    { shares: known, cases: referenceCases },
    { shares: strange, cases: windowCases },
  );
}
