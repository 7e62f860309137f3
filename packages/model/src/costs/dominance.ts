import { type CostTable, MATURITY_STAGES, type MaturityStage } from '@blastwise/contracts';

/**
 * A stage that a cost matrix makes pointless. `decision`: the column of `stage` is nowhere cheaper than that of
 * `by`. `truth`: the row of `stage` is nowhere dearer than that of `by`.
 */
export interface Dominance {
  kind: 'decision' | 'truth';
  stage: MaturityStage;
  by: MaturityStage;
  sentence: string;
}

/**
 * Dominated columns of a cost matrix (Elkan 2001, The foundations of cost-sensitive learning, 1.1, where
 * predictions are the rows), and dominated rows by the same comparison of truths. A dominated decision is never the
 * only cheapest one, whatever the probabilities. A dominated truth can be called like the one that dominates it for
 * nothing. Both need an error that is free. Two equal columns or rows dominate each other.
 */
export function findDominance(matrix: CostTable): Dominance[] {
  return MATURITY_STAGES.flatMap((stage, s) =>
    MATURITY_STAGES.flatMap((by, b) => {
      if (s === b) return [];
      const found: Dominance[] = [];
      if (matrix.every((row) => (row[s] ?? 0) >= (row[b] ?? 0)))
        found.push({
          kind: 'decision',
          stage,
          by,
          sentence: `Calling a field ${stage} is nowhere cheaper than calling it ${by}: no probabilities make ${stage} the one cheapest answer.`,
        });
      if (matrix[s]?.every((cost, p) => cost <= (matrix[b]?.[p] ?? 0)))
        found.push({
          kind: 'truth',
          stage,
          by,
          sentence: `Errors on truly ${stage} fields are nowhere dearer than on truly ${by} ones: a field that is one of the two is called ${by} for nothing.`,
        });
      return found;
    }),
  );
}
