import { type PairTable, radialKernel } from './kernel.ts';
import { fitPairs, pairValues } from './one-vs-one.ts';
import { votedClass } from './support-vector-machine.ts';

/** Width of the kernel and cost of a missed margin, with the share of held-out rows named right. */
export interface GridPoint {
  readonly sigma: number;
  readonly c: number;
  readonly accuracy: number;
}

export interface SearchProblem {
  /** Squared distances of the training rows. */
  readonly distances: PairTable;
  readonly labels: readonly number[];
  /** Fold of each row: rows of one group share a fold. */
  readonly folds: readonly number[];
  /** Weight of each class, which its C is multiplied by. */
  readonly weights: readonly number[];
}

/** Values of the machines that did not learn from a row, one list a row. */
export function heldOutValues(
  { labels, folds, weights }: SearchProblem,
  kernel: PairTable,
  c: number,
): number[][] {
  const values: number[][] = labels.map(() => []);
  for (const fold of new Set(folds)) {
    const rows = labels.flatMap((_, row) => (folds[row] === fold ? [] : [row]));
    const machines = fitPairs({ kernel, rows, labels, bounds: weights.map((w) => w * c) });
    for (const row of labels.keys()) if (folds[row] === fold) values[row] = pairValues(machines, kernel, row);
  }
  return values;
}

const EXPONENTS = [-3, -2, -1, 0, 1, 2, 3];
/** Around the best decade: half and a quarter of one to both sides. */
const FINE_STEPS = [-0.5, -0.25, 0, 0.25, 0.5];
const [LEAST, MOST] = [-3, 3];

/** Points of the search in all, for a progress bar. */
export const GRID_POINTS = EXPONENTS.length ** 2 + FINE_STEPS.length ** 2 - 1;

/** Higher accuracy first; then the smoother machine: the wider kernel, the smaller C. */
const better = (a: GridPoint, b: GridPoint): number =>
  b.accuracy - a.accuracy || a.sigma - b.sigma || a.c - b.c;

/**
 * Searches sigma and C over 10^-3..10^3 by the accuracy of the votes on held-out folds: every decade, then quarters of a
 * decade around the best. `evaluate` measures one point, so that a caller may keep what it found.
 *
 * @returns every point, the best first.
 */
export async function searchGrid(
  evaluate: (sigma: number, c: number) => Promise<number>,
): Promise<GridPoint[]> {
  const points = new Map<string, GridPoint>();
  const visit = async (sigmas: readonly number[], costs: readonly number[]): Promise<void> => {
    for (const s of sigmas)
      for (const k of costs) {
        const [sigma, c] = [10 ** s, 10 ** k];
        const key = `${s} ${k}`;
        if (!points.has(key)) points.set(key, { sigma, c, accuracy: await evaluate(sigma, c) });
      }
  };
  const best = (): GridPoint | undefined => [...points.values()].sort(better)[0];
  await visit(EXPONENTS, EXPONENTS);
  const coarse = best();
  if (coarse) {
    const around = (value: number): number[] =>
      FINE_STEPS.map((step) => Math.log10(value) + step).filter((e) => e >= LEAST && e <= MOST);
    await visit(around(coarse.sigma), around(coarse.c));
  }
  return [...points.values()].sort(better);
}

/** Share of the rows whose class most of the machines that did not learn from them vote for. */
export function heldOutAccuracy(problem: SearchProblem, sigma: number, c: number): number {
  const values = heldOutValues(problem, radialKernel(problem.distances, sigma), c);
  const right = values.filter((v, row) => votedClass(v, problem.weights.length) === problem.labels[row]);
  return right.length / values.length;
}
