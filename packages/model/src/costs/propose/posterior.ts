import type { CostWeights } from '@blastwise/contracts';
import { NORMAL_QUANTILES } from '../../metrics/index.ts';
import type { CellEvidence } from './evidence.ts';

export interface Posterior {
  readonly mean: number;
  /** 95 % credible interval of the mean severity cost, never below 0. */
  readonly interval: [lower: number, upper: number];
}

/**
 * What an error costs after the evidence: the conjugate normal mean with known spread s (Murphy 2007, Conjugate
 * Bayesian analysis of the Gaussian distribution, section 2; Gelman et al., Bayesian Data Analysis, 3rd ed., 2.5).
 * A judgement of weight w is normal about the cell's cost with variance s^2 / w; the founding cost counts as
 * `priorStrength` of weight 1:
 *
 *     mean = prior + sum w (cost - prior) / (priorStrength + sum w)
 *          = (priorStrength * prior + sum w cost) / (priorStrength + sum w)
 *     interval = mean -+ 1.96 s / sqrt(priorStrength + sum w), cut at 0
 *
 * Given that no cost is negative, the cut interval still holds 95 to 97.5 %: at most half of the normal lies below
 * 0. Its half-width before the cut depends on the amount of evidence alone, and every judgement narrows it.
 */
export function posteriorOf(prior: number, evidence: CellEvidence, weights: CostWeights): Posterior {
  const strength = weights.priorStrength + evidence.weight;
  const mean = Math.max(0, prior + (evidence.weightedCost - evidence.weight * prior) / strength);
  const half = (NORMAL_QUANTILES[0.95] * severitySpread(weights)) / Math.sqrt(strength);
  return { mean, interval: [Math.max(0, mean - half), mean + half] };
}

/**
 * Standard deviation of one judgement, in cost: that of the severity scale with its grades equally likely. It is
 * given rather than estimated from a cell's few judgements, which might agree by luck.
 */
export function severitySpread({ severity }: CostWeights): number {
  const costs = Object.values(severity);
  const mean = costs.reduce((sum, c) => sum + c, 0) / costs.length;
  return Math.sqrt(costs.reduce((sum, c) => sum + (c - mean) ** 2, 0) / costs.length);
}
