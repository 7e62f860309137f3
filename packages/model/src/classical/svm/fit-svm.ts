import { DomainError } from '@blastwise/contracts';
import { fitScaling, scaled } from '../scaling.ts';
import {
  type GridPoint,
  heldOutAccuracy,
  heldOutValues,
  type SearchProblem,
  searchGrid,
} from './grid-search.ts';
import { radialKernel, squaredDistances } from './kernel.ts';
import { fitPairs, type PairMachine, pairsOf } from './one-vs-one.ts';
import { fitSigmoid } from './sigmoid.ts';
import type { SupportVectorMachine } from './support-vector-machine.ts';

export interface SvmData {
  /** Features of the training rows, not scaled. */
  readonly rows: readonly Float32Array[];
  readonly labels: readonly number[];
  /** Fold of each row: rows of one group share a fold. */
  readonly folds: readonly number[];
  /** Weight of each class. */
  readonly weights: readonly number[];
}

export interface FittedSvm {
  readonly machine: SupportVectorMachine;
  /** Every point of the grid, the chosen one first. */
  readonly search: readonly GridPoint[];
}

/** Measures a point of the grid, or remembers it. */
export type Remember = (sigma: number, c: number, measure: () => number) => Promise<number>;

/**
 * A support vector machine with radial kernel `exp(-sigma |x - x'|^2)`, one a pair of classes, C weighted by class; sigma and
 * C by cross-validation over the folds. The sigmoids that turn its values into probabilities are fitted on the values
 * of the folds' machines, of rows that these had not learned from.
 */
export async function fitSvm(
  { rows, labels, folds, weights }: SvmData,
  remember: Remember = async (_sigma, _c, measure) => measure(),
): Promise<FittedSvm> {
  const { mean, spread } = fitScaling(rows);
  const vectors = rows.map((row) => scaled(row, mean, spread));
  const problem: SearchProblem = { distances: squaredDistances(vectors), labels, folds, weights };
  const search = await searchGrid((sigma, c) => remember(sigma, c, () => heldOutAccuracy(problem, sigma, c)));
  const [chosen] = search;
  if (!chosen) throw new DomainError('INTERNAL', 'The grid has no point.');

  const kernel = radialKernel(problem.distances, chosen.sigma);
  const held = heldOutValues(problem, kernel, chosen.c);
  const sigmoids = pairsOf(weights.length).map(([one, other], pair) => {
    const own = labels.flatMap((label, row) => (label === one || label === other ? [row] : []));
    return fitSigmoid(
      own.map((row) => held[row]?.[pair] ?? 0),
      own.map((row) => labels[row] === one),
    );
  });
  const bounds = weights.map((weight) => weight * chosen.c);
  const machines = fitPairs({ kernel, rows: [...labels.keys()], labels, bounds });
  return {
    search,
    machine: {
      sigma: chosen.sigma,
      mean: Float32Array.from(mean),
      spread: Float32Array.from(spread),
      ...supportOf(machines, vectors),
      offsets: Float32Array.from(machines, ({ offset }) => offset),
      slopes: Float32Array.from(sigmoids, ({ slope }) => slope),
      intercepts: Float32Array.from(sigmoids, ({ intercept }) => intercept),
    },
  };
}

/** The rows that any machine rests on, and what each machine makes of them. */
function supportOf(machines: readonly PairMachine[], vectors: readonly Float32Array[]) {
  const byRow = machines.map(
    ({ rows, coefficients }) => new Map([...rows].map((row, i) => [row, coefficients[i] ?? 0])),
  );
  const support = [...vectors.keys()].filter((row) => byRow.some((machine) => (machine.get(row) ?? 0) !== 0));
  const features = vectors[0]?.length ?? 0;
  const joined = new Float32Array(support.length * features);
  for (const [i, row] of support.entries()) joined.set(vectors[row] ?? [], i * features);
  const coefficients = byRow.flatMap((machine) => support.map((row) => machine.get(row) ?? 0));
  return { vectors: joined, coefficients: Float32Array.from(coefficients) };
}
