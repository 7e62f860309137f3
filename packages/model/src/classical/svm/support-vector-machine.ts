import { couplePairs } from './couple.ts';
import { squaredDistance } from './kernel.ts';
import { pairsOf } from './one-vs-one.ts';
import { fallOff } from './sigmoid.ts';

/** Machines for every pair of classes over one set of support vectors. */
export interface SupportVectorMachine {
  readonly sigma: number;
  /** Standardises a row of features, one value a feature. */
  readonly mean: Float32Array;
  readonly spread: Float32Array;
  /** Standardised support vectors, row-major [vectors, features]. */
  readonly vectors: Float32Array;
  /** Signed multipliers, row-major [pairs, vectors]; 0 where a vector supports none of the pair. */
  readonly coefficients: Float32Array;
  /** One value a pair. */
  readonly offsets: Float32Array;
  readonly slopes: Float32Array;
  readonly intercepts: Float32Array;
}

/** libsvm's: no pair is certain. */
const LEAST_PROBABILITY = 1e-7;

/** What the machines say of a row of features: one value a pair, positive for its first class. */
export function decisionValues(machine: SupportVectorMachine, row: ArrayLike<number>): number[] {
  const { sigma, mean, spread, vectors, coefficients, offsets } = machine;
  const features = mean.length;
  const count = vectors.length / features;
  const point = Float32Array.from(row, (value, k) => (value - (mean[k] ?? 0)) / (spread[k] ?? 1));
  const kernel = Float64Array.from({ length: count }, (_, v) =>
    Math.exp(-sigma * squaredDistance(point, vectors.subarray(v * features, (v + 1) * features))),
  );
  return Array.from(offsets, (offset, pair) =>
    kernel.reduce((sum, k, v) => sum + k * (coefficients[pair * count + v] ?? 0), offset),
  );
}

/** Probability that a row is of the first class of each pair, given that it is of one of the two. */
export const pairProbabilities = (
  values: readonly number[],
  { slopes, intercepts }: Pick<SupportVectorMachine, 'slopes' | 'intercepts'>,
): number[] =>
  values.map((value, pair) => {
    const p = fallOff((slopes[pair] ?? 0) * value + (intercepts[pair] ?? 0));
    return Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, p));
  });

/** Logarithms of the classes' probabilities, for a calibration to bend. */
export function svmLogits(machine: SupportVectorMachine, row: ArrayLike<number>, classes: number): number[] {
  const pairs = pairProbabilities(decisionValues(machine, row), machine);
  return couplePairs(pairs, classes).map((p) => Math.log(Math.max(p, LEAST_PROBABILITY)));
}

/** The class that most pairs vote for; the first of those that tie. */
export function votedClass(values: readonly number[], classes: number): number {
  const votes = new Array<number>(classes).fill(0);
  for (const [k, [one, other]] of pairsOf(classes).entries()) {
    const winner = (values[k] ?? 0) > 0 ? one : other;
    votes[winner] = (votes[winner] ?? 0) + 1;
  }
  return votes.indexOf(Math.max(...votes));
}
