import { type CostMatrix, MATURITY_STAGES, type StageVector } from '@blastwise/contracts';

/** Counts `confusion[actual][predicted]`: rows are the true stage, columns the stage it was called. */
export type Confusion = readonly [StageVector, StageVector, StageVector, StageVector];

const STAGES = MATURITY_STAGES.length;

/** Reads 16 counts, row by row, from `counts` at `offset`. */
export function confusionFrom(counts: ArrayLike<number>, offset = 0): Confusion {
  const at = (i: number): number => counts[offset + i] ?? 0;
  const row = (r: number): StageVector => [at(4 * r), at(4 * r + 1), at(4 * r + 2), at(4 * r + 3)];
  return [row(0), row(1), row(2), row(3)];
}

/** Predicted-by-actual tables, as the study prints them, turned to ours; and back. */
export function transpose(c: Confusion): Confusion {
  const column = (j: 0 | 1 | 2 | 3): StageVector => [c[0][j], c[1][j], c[2][j], c[3][j]];
  return [column(0), column(1), column(2), column(3)];
}

export function total(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Fields of each true stage. */
export const support = (c: Confusion): StageVector => [total(c[0]), total(c[1]), total(c[2]), total(c[3])];

export const correct = (c: Confusion): number => c[0][0] + c[1][1] + c[2][2] + c[3][3];

/** `sum of n[actual][predicted] * cost[actual][predicted]`, in the unit of the matrix. */
export function totalCost(c: Confusion, costs: CostMatrix): number {
  return total(c.flatMap((row, i) => row.map((n, j) => n * (costs.matrix[i]?.[j] ?? 0))));
}

/** `1 - total / (sum of all costs * n / K)`: the study's cost-sensitive accuracy; 1 at best, may fall below 0. */
export function costSensitiveAccuracy(c: Confusion, costs: CostMatrix): number {
  const scale = (total(costs.matrix.flat()) * total(c.flat())) / STAGES;
  return 1 - totalCost(c, costs) / scale;
}

/** Malignant fields called Benign / malignant fields; null where no field is malignant. */
export function malignantToBenignRate(c: Confusion): number | null {
  const malignant = total(c[1]) + total(c[2]) + total(c[3]);
  return malignant === 0 ? null : (c[1][0] + c[2][0] + c[3][0]) / malignant;
}

/** Cohen's kappa (1960), unweighted; null where chance alone agrees fully. */
export function kappa(c: Confusion): number | null {
  const n = total(c.flat());
  const predicted = support(transpose(c));
  const chance = total(support(c).map((rows, i) => rows * (predicted[i] ?? 0))) / n ** 2;
  return chance === 1 ? null : (correct(c) / n - chance) / (1 - chance);
}
