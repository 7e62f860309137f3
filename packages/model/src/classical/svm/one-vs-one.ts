import type { PairTable } from './kernel.ts';
import { type DualSolution, solveDual } from './solve-dual.ts';

/** Every two of `classes`: the first speaks with positive, the second with negative values. */
export const pairsOf = (classes: number): (readonly [number, number])[] =>
  Array.from({ length: classes }, (_, a) =>
    Array.from({ length: classes - a - 1 }, (_, k) => [a, a + 1 + k] as const),
  ).flat();

/** The machine of one pair, on rows of the kernel. */
export interface PairMachine extends DualSolution {
  readonly rows: Int32Array;
}

export interface PairProblem {
  readonly kernel: PairTable;
  /** Rows of the kernel to learn from. */
  readonly rows: readonly number[];
  /** Class of every row of the kernel. */
  readonly labels: readonly number[];
  /** C of a class: the cost of a margin missed, times the weight of the class. */
  readonly bounds: readonly number[];
}

/** One machine a pair, each on the rows of its two classes (one against one, Knerr et al. 1990, as in libsvm). */
export function fitPairs({ kernel, rows, labels, bounds }: PairProblem): PairMachine[] {
  return pairsOf(bounds.length).map(([one, other]) => {
    const own = Int32Array.from(rows.filter((row) => labels[row] === one || labels[row] === other));
    const solution = solveDual({
      kernel,
      rows: own,
      signs: Array.from(own, (row) => (labels[row] === one ? 1 : -1)),
      bounds: Array.from(own, (row) => bounds[labels[row] ?? 0] ?? 0),
    });
    return { rows: own, ...solution };
  });
}

/** What the machines say of a row of the kernel: one value a pair. */
export function pairValues(
  machines: readonly PairMachine[],
  { values, rows: width }: PairTable,
  row: number,
): number[] {
  return machines.map(({ rows, coefficients, offset }) => {
    let sum = offset;
    for (let i = 0; i < rows.length; i++)
      sum += (coefficients[i] ?? 0) * (values[row * width + (rows[i] ?? 0)] ?? 0);
    return sum;
  });
}
