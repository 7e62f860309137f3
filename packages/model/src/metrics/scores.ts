import type { CostMatrix } from '@blastwise/contracts';
import {
  type Confusion,
  confusionFrom,
  correct,
  costSensitiveAccuracy,
  kappa,
  malignantToBenignRate,
  total,
  totalCost,
} from './confusion.ts';
import { costWeightedF1, macroF1, weightedF1 } from './f-scores.ts';
import { ECE_BINS, TALLY, type Tally } from './tally.ts';

/** What the confusion alone says. Costs in the unit of the matrix, the rest in 0..1 (kappa from -1). */
export interface ConfusionScores {
  accuracy: number;
  macroF1: number;
  weightedF1: number;
  costWeightedF1: number;
  kappa: number | null;
  totalCost: number;
  averageCost: number;
  costSensitiveAccuracy: number;
  malignantToBenignRate: number | null;
}

export function confusionScores(c: Confusion, costs: CostMatrix): ConfusionScores {
  return {
    accuracy: correct(c) / total(c.flat()),
    macroF1: macroF1(c),
    weightedF1: weightedF1(c),
    costWeightedF1: costWeightedF1(c, costs),
    kappa: kappa(c),
    ...costScores(c, costs),
  };
}

/** What the errors cost, and the one that is feared most. */
export type CostScores = Pick<
  ConfusionScores,
  'totalCost' | 'averageCost' | 'costSensitiveAccuracy' | 'malignantToBenignRate'
>;

export function costScores(c: Confusion, costs: CostMatrix): CostScores {
  const cost = totalCost(c, costs);
  return {
    totalCost: cost,
    averageCost: cost / total(c.flat()),
    costSensitiveAccuracy: costSensitiveAccuracy(c, costs),
    malignantToBenignRate: malignantToBenignRate(c),
  };
}

/** What the probabilities say: expected calibration error, Brier score (0..2, summed over stages), mean NLL (nats). */
export interface ProbabilityScores {
  ece: number;
  brier: number;
  nll: number;
}

export function probabilityScores(tally: Tally): ProbabilityScores {
  let n = 0;
  let gap = 0;
  for (let bin = 0; bin < ECE_BINS; bin++) {
    n += tally[TALLY.binCount + bin] ?? 0;
    gap += Math.abs((tally[TALLY.binConfidence + bin] ?? 0) - (tally[TALLY.binCorrect + bin] ?? 0));
  }
  return { ece: gap / n, brier: (tally[TALLY.brier] ?? 0) / n, nll: (tally[TALLY.nll] ?? 0) / n };
}

/** What remains when deferred fields and fields that cannot be assessed are left to a reader. */
export interface SelectiveScores {
  /** Share of fields left to a reader, 0..1. */
  deferredShare: number;
  averageCostKept: number | null;
  accuracyKept: number | null;
}

export function selectiveScores(tally: Tally): SelectiveScores {
  const n = total(confusionFrom(tally, TALLY.mostProbable).flat());
  const kept = tally[TALLY.kept] ?? 0;
  const perKept = (place: number): number | null => (kept === 0 ? null : (tally[place] ?? 0) / kept);
  return {
    deferredShare: 1 - kept / n,
    averageCostKept: perKept(TALLY.keptCost),
    accuracyKept: perKept(TALLY.keptCorrect),
  };
}
