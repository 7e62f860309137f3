import type { StageVector } from '@blastwise/contracts';

interface InformedField {
  /** Calibrated, sum 1. */
  readonly probabilities: StageVector;
  /** The lowest expected cost of an answer, and what a second reading costs; both 0 or more, in the unit of the matrix. */
  readonly expectedCost: number;
  readonly referralCost: number;
  /** Distance from the training fields, 1 where unfamiliar begins; null: not measured. */
  readonly novelty: number | null;
}

/** What a reading of a field is worth to training: `score` is the mean of the four parts; all 0..1. */
export interface InformationOfField {
  readonly score: number;
  readonly spread: number;
  readonly closeness: number;
  readonly cost: number;
  readonly novelty: number;
}

/**
 * Uncertainty sampling (Settles 2009, Active learning literature survey, 3.1), its usual measures taken together:
 *
 *     spread    = -sum p ln p / ln 4       (entropy, against that of four equal probabilities)
 *     closeness = 1 - (p1 - p2)            (one minus the margin of the two likeliest stages)
 *     cost      = min(1, expected cost / cost of a second reading), 1 where a second reading is free
 *     novelty   = min(1, novelty), 0 where it was not measured
 *
 * This is the definition. The worklist, which must be put in order without reading every analysis, has it in SQL
 * (`informationParts` of packages/db); a test holds the two together.
 */
export function informationOf({
  probabilities,
  expectedCost,
  referralCost,
  novelty: measured,
}: InformedField): InformationOfField {
  const [first = 0, second = 0] = probabilities.toSorted((a, b) => b - a);
  const spread =
    probabilities.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0) /
    Math.log(probabilities.length);
  const closeness = 1 - (first - second);
  const cost = referralCost > 0 ? Math.min(1, expectedCost / referralCost) : 1;
  const novelty = Math.min(1, measured ?? 0);
  return { score: (spread + closeness + cost + novelty) / 4, spread, closeness, cost, novelty };
}
