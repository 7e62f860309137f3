import {
  type CostTable,
  type CostWeights,
  costTableSchema,
  DEFAULT_COST_WEIGHTS,
  DomainError,
} from '@blastwise/contracts';
import { gatherEvidence, type JudgedCorrection } from './evidence.ts';
import { type Grid, makeGrid } from './grid.ts';
import { type Posterior, posteriorOf } from './posterior.ts';
import { stepTowards } from './step.ts';

/** Costs that the corrections speak for; rows actual, columns predicted, in the unit of the matrix. */
export interface CostProposal {
  /** What to approve: the posterior, as far as one step from the active matrix allows. */
  matrix: CostTable;
  /** Where the costs go in the long run. A cell without evidence holds its founding cost. */
  posterior: CostTable;
  /** 95 % credible intervals of the posterior; a cell without evidence has that of the founding cost. */
  intervals: Grid<Posterior['interval']>;
  /** Sum of the errors' weights; 0 where nothing is known, and there the active cost stays as it is. */
  evidence: Grid<number>;
  weights: CostWeights;
  /** Corrections of fields that had been called rightly. */
  skipped: number;
}

interface Known {
  /** The founding matrix: every proposal starts from it, so that no evidence is counted twice. */
  prior: CostTable;
  /** The matrix in force; the founding one by default. */
  active?: CostTable;
  corrections: readonly JudgedCorrection[];
  weights?: CostWeights;
}

/**
 * Proposes costs from how harmful the experts judged each kind of error, never from how often it occurs. Throws
 * `BAD_INPUT` when the outcome would be no cost matrix, which is when no error would cost anything any more.
 */
export function proposeCosts({
  prior,
  active = prior,
  corrections,
  weights = DEFAULT_COST_WEIGHTS,
}: Known): CostProposal {
  const { evidence, skipped } = gatherEvidence(corrections, weights);
  const posteriors = makeGrid<Posterior>((a, p) =>
    a === p ? { mean: 0, interval: [0, 0] } : posteriorOf(prior[a][p], evidence[a][p], weights),
  );
  const proposed = makeGrid((a, p) =>
    evidence[a][p].weight === 0
      ? active[a][p]
      : stepTowards(active[a][p], posteriors[a][p].mean, weights.step),
  );
  const matrix = costTableSchema.safeParse(proposed);
  if (!matrix.success)
    throw new DomainError('BAD_INPUT', `There is nothing to propose: ${matrix.error.issues[0]?.message}`);
  return {
    matrix: matrix.data,
    posterior: makeGrid((a, p) => posteriors[a][p].mean),
    intervals: makeGrid((a, p) => posteriors[a][p].interval),
    evidence: makeGrid((a, p) => evidence[a][p].weight),
    weights,
    skipped,
  };
}
