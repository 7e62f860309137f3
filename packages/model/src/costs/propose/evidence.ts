import { type CostCorrection, type CostWeights, stageIndex } from '@blastwise/contracts';
import { type Grid, makeGrid } from './grid.ts';

/** What the corrections of one cell say. */
export interface CellEvidence {
  /** Sum of weights: the number of sure corrections by morphology that would say as much. */
  readonly weight: number;
  /** Sum of weight times the cost of the severity. */
  readonly weightedCost: number;
}

/**
 * Sums the corrections of each cell; the weight of one is its certainty's times its confirmation's. A field that
 * was called rightly says nothing of what an error costs: it is skipped and counted.
 */
export function gatherEvidence(
  corrections: readonly CostCorrection[],
  weights: CostWeights,
): { evidence: Grid<CellEvidence>; skipped: number } {
  const sums = makeGrid(() => ({ weight: 0, weightedCost: 0 }));
  let skipped = 0;
  for (const { actual, predicted, severity, certainty, confirmedBy } of corrections) {
    const cell = sums[stageIndex(actual)]?.[stageIndex(predicted)];
    if (actual === predicted || !cell) {
      skipped++;
      continue;
    }
    const weight = weights.certainty[certainty] * weights.confirmedBy[confirmedBy];
    cell.weight += weight;
    cell.weightedCost += weight * weights.severity[severity];
  }
  return { evidence: sums, skipped };
}
