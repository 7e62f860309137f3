import { type CostCorrection, type CostWeights, stageIndex } from '@blastwise/contracts';
import { type Grid, makeGrid } from './grid.ts';

/** Corrections of one `field` in one cell judge the same error; one without a field judges an error of its own. */
export type JudgedCorrection = CostCorrection & { readonly field?: string };

/** What the corrections of one cell say. */
export interface CellEvidence {
  /** Sum of weights: the number of sure corrections by morphology that would say as much. */
  readonly weight: number;
  /** Sum of weight times the cost of the severity. */
  readonly weightedCost: number;
}

/**
 * Sums the errors of each cell; the weight of a correction is its certainty's times its confirmation's. An error that
 * several readers judged weighs as its heaviest correction and costs their weighted mean. A field that was called
 * rightly says nothing of what an error costs: it is skipped and counted.
 */
export function gatherEvidence(
  corrections: readonly JudgedCorrection[],
  weights: CostWeights,
): { evidence: Grid<CellEvidence>; skipped: number } {
  const sums = makeGrid(() => ({ weight: 0, weightedCost: 0 }));
  const wrong = corrections.filter(({ actual, predicted }) => actual !== predicted);
  const errors = Map.groupBy(wrong, ({ field, actual, predicted }, i) =>
    field === undefined ? i : `${actual} ${predicted} ${field}`,
  );
  for (const judgements of errors.values()) {
    const [first] = judgements;
    const cell = first && sums[stageIndex(first.actual)]?.[stageIndex(first.predicted)];
    if (!cell) continue;
    const error = weighError(judgements, weights);
    cell.weight += error.weight;
    cell.weightedCost += error.weightedCost;
  }
  return { evidence: sums, skipped: corrections.length - wrong.length };
}

function weighError(judgements: readonly CostCorrection[], weights: CostWeights): CellEvidence {
  const weighed = judgements.map(({ severity, certainty, confirmedBy }) => ({
    weight: weights.certainty[certainty] * weights.confirmedBy[confirmedBy],
    cost: weights.severity[severity],
  }));
  const heaviest = Math.max(...weighed.map(({ weight }) => weight));
  const sum = weighed.reduce((total, { weight }) => total + weight, 0);
  if (sum === 0) return { weight: 0, weightedCost: 0 };
  const weightedCost = weighed.reduce((total, { weight, cost }) => total + weight * cost, 0);
  return { weight: heaviest, weightedCost: weightedCost * (heaviest / sum) };
}
