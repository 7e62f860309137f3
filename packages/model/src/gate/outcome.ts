import { type CostMatrix, DomainError, type MaturityStage, stageIndex } from '@blastwise/contracts';
import { minimumRisk } from '../decision/index.ts';
import type { EvaluationRow } from '../metrics/index.ts';

/** One field of a test set as two models decide it, by lowest expected cost and never deferring. */
export interface PairedOutcome {
  /** Fields of one group are not independent. */
  readonly group: string;
  readonly actual: MaturityStage;
  readonly champion: MaturityStage;
  readonly challenger: MaturityStage;
}

/**
 * Pairs what two models say of the same fields in the same order. A field that a model finds not assessable counts
 * with its cheapest stage, as in `evaluate`. Throws `BAD_INPUT` when the fields are not the same.
 */
export function pairOutcomes(
  champion: readonly EvaluationRow[],
  challenger: readonly EvaluationRow[],
  costs: CostMatrix,
): PairedOutcome[] {
  if (champion.length !== challenger.length)
    throw new DomainError('BAD_INPUT', 'The two models did not answer the same number of fields.');
  return champion.map(({ actual, group, probabilities }, i) => {
    const other = challenger[i];
    if (other?.actual !== actual || other.group !== group)
      throw new DomainError('BAD_INPUT', 'The two models did not answer the same fields.');
    return {
      group,
      actual,
      champion: minimumRisk(probabilities, costs),
      challenger: minimumRisk(other.probabilities, costs),
    };
  });
}

/** What the challenger's answer costs more than the champion's, in the unit of the matrix; negative is a gain. */
export function costDifference(
  { actual, champion, challenger }: PairedOutcome,
  { matrix }: CostMatrix,
): number {
  const row = matrix[stageIndex(actual)];
  return (row?.[stageIndex(challenger)] ?? 0) - (row?.[stageIndex(champion)] ?? 0);
}

/** Sums and means of costs nearer to 0 than this share of the largest cost are 0: 0.1 + 0.2 - 0.3 is not quite. */
const ROUNDING = 1e-9;
export const withoutRounding = (cost: number, { matrix }: CostMatrix): number =>
  Math.abs(cost) <= ROUNDING * Math.max(...matrix.flat()) ? 0 : cost;

/** Sums of `measure` over each group, in the order in which the groups first appear. */
export function sumByGroup<Row extends { readonly group: string }>(
  rows: readonly Row[],
  measure: (row: Row) => number,
): number[] {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(row.group, (sums.get(row.group) ?? 0) + measure(row));
  return [...sums.values()];
}
