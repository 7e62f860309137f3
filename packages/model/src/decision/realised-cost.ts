import { type CostMatrix, type Decision, type MaturityStage, stageIndex } from '@blastwise/contracts';

/**
 * What a decision has cost, the true stage being known, in the unit of the matrix. One that was left to a reader, deferred
 * or without a stage, costs a second reading.
 */
export function realisedCost(
  { stage, defer }: Pick<Decision, 'stage' | 'defer'>,
  actual: MaturityStage,
  { matrix, referralCost }: CostMatrix,
): number {
  if (defer || stage === null) return referralCost;
  return matrix[stageIndex(actual)]?.[stageIndex(stage)] ?? Number.NaN;
}
