import type { AnalysisRow, DecisionRow } from '../rows.ts';
import { type analyses, costMatrices, decisions } from '../schema/index.ts';

export const DECISION_COLUMNS = {
  id: decisions.id,
  analysisId: decisions.analysisId,
  costMatrixId: decisions.costMatrixId,
  costMatrixVersion: costMatrices.version,
  costMatrixName: costMatrices.name,
  costMatrixValidated: costMatrices.validated,
  referralCost: costMatrices.referralCost,
  stage: decisions.stage,
  expectedCosts: decisions.expectedCosts,
  expectedCost: decisions.expectedCost,
  defer: decisions.defer,
  reasons: decisions.reasons,
  createdAt: decisions.createdAt,
} satisfies Record<keyof DecisionRow, unknown>;

/** An analysis as its row, in the form of the contracts. */
export function toAnalysisRow(row: typeof analyses.$inferSelect): AnalysisRow {
  const { imageId: _, modelDigest, modelName, preprocessing, calibration, ...rest } = row;
  return { ...rest, versions: { modelDigest, modelName, preprocessing, calibration } };
}
