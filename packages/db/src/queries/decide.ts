import type { Analysis, CostMatrix, Decision } from '@blastwise/contracts';

/** Minimum-risk decision; the caller brings it (`@blastwise/model/decision`), this package does no arithmetic of costs. */
export type Decide = (
  analysis: Pick<
    Analysis,
    'probabilities' | 'assessable' | 'reasons' | 'predictionSet' | 'outOfDistribution'
  >,
  costs: CostMatrix,
) => Decision;

/** A decision as a row of its table. */
export function decisionValues(decision: Decision, analysisId: string, costMatrixId: string) {
  return {
    analysisId,
    costMatrixId,
    stage: decision.stage,
    expectedCosts: decision.expectedCosts,
    expectedCost: Math.min(...Object.values(decision.expectedCosts)),
    defer: decision.defer,
    reasons: decision.reasons,
  };
}
