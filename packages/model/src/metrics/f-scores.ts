import type { CostMatrix } from '@blastwise/contracts';
import { type Confusion, support, transpose } from './confusion.ts';

export interface ClassScores {
  precision: number;
  recall: number;
  f1: number;
  /** Fields that truly are of this stage. */
  n: number;
}

const STAGE_INDICES = [0, 1, 2, 3] as const;

/** Precision, recall and F1 of each stage, in order; a ratio of nothing counts as 0. */
export function classScores(c: Confusion): ClassScores[] {
  const actual = support(c);
  const predicted = support(transpose(c));
  return STAGE_INDICES.map((i) => {
    const hits = c[i][i];
    const answers = actual[i] + predicted[i];
    return {
      precision: predicted[i] === 0 ? 0 : hits / predicted[i],
      recall: actual[i] === 0 ? 0 : hits / actual[i],
      f1: answers === 0 ? 0 : (2 * hits) / answers,
      n: actual[i],
    };
  });
}

/** Mean F1 over the stages that occur, as truth or as answer. */
export const macroF1 = (c: Confusion): number => weightedMeanF1(c, [1, 1, 1, 1]);

/** Mean F1 weighted by the number of fields of each true stage. */
export const weightedF1 = (c: Confusion): number => weightedMeanF1(c, support(c));

/** The study's "weighted F1": weights `1 / (cost[i][i] + 1)`; equal to macro F1 where right answers cost nothing. */
export const costWeightedF1 = (c: Confusion, costs: CostMatrix): number =>
  weightedMeanF1(
    c,
    STAGE_INDICES.map((i) => 1 / (costs.matrix[i][i] + 1)),
  );

function weightedMeanF1(c: Confusion, weights: readonly number[]): number {
  const [actual, predicted] = [support(c), support(transpose(c))];
  let [sum, weighed] = [0, 0];
  for (const i of STAGE_INDICES) {
    const answers = actual[i] + predicted[i];
    if (answers === 0) continue;
    const weight = weights[i] ?? 0;
    sum += ((2 * c[i][i]) / answers) * weight;
    weighed += weight;
  }
  return sum / weighed;
}
