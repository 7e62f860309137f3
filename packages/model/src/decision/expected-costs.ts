import type { CostMatrix, StageVector } from '@blastwise/contracts';

/**
 * Conditional risk of each answer: `sum over actual of p[actual] * cost[actual][predicted]`, in the unit of the
 * matrix and the order of the stages (Duda, Hart & Stork, Pattern Classification, 2.2).
 */
export function expectedCosts(probabilities: StageVector, costs: CostMatrix): StageVector {
  const answer = (predicted: 0 | 1 | 2 | 3): number =>
    probabilities[0] * costs.matrix[0][predicted] +
    probabilities[1] * costs.matrix[1][predicted] +
    probabilities[2] * costs.matrix[2][predicted] +
    probabilities[3] * costs.matrix[3][predicted];
  return [answer(0), answer(1), answer(2), answer(3)];
}
