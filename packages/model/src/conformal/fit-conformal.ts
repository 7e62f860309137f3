import { DomainError, type MaturityStage, type StageVector, stageIndex } from '@blastwise/contracts';
import { CONFORMAL_METHOD, type Conformal, EXCHANGEABILITY, nonconformity } from './conformal.ts';

/** 95 % for every stage, 99 % for those with fields enough. */
export const CONFORMAL_LEVELS: readonly number[] = [0.95, 0.99];

/** Products of a level and a count that should be whole are not always so in binary. */
const ROUNDING = 1e-9;

/**
 * Rank of the score, among `n` in ascending order, that a new exchangeable score stays at or below with probability
 * `level` at least: `ceil((n + 1) level)` (Vovk, Gammerman & Shafer 2005; Angelopoulos & Bates 2021, 1). Beyond `n`
 * there is no such score.
 */
export const conformalRank = (n: number, level: number): number => Math.ceil((n + 1) * level - ROUNDING);

/** The score at {@link conformalRank}; infinite where there are too few. */
export function conformalQuantile(scores: readonly number[], level: number): number {
  const ascending = scores.toSorted((a, b) => a - b);
  return ascending[conformalRank(scores.length, level) - 1] ?? Number.POSITIVE_INFINITY;
}

/**
 * Class-conditional (Mondrian) split conformal thresholds (Vovk 2012): for each stage the quantile of
 * `1 - calibrated probability of the true stage` over the fields of that stage alone, so that coverage holds for each
 * stage and not only on average. A stage takes the highest of `levels` that its fields can show, `(n + 1) level <= n`;
 * with too few for any of them its threshold is null, infinite, and the stage stands in every set.
 *
 * @param probabilities calibrated, of fields used for nothing else: neither training, early stopping nor calibration.
 * @param labels the true stage of each of them.
 * @param levels shares of coverage in 0..1.
 * @throws DomainError BAD_INPUT where there is not one label a field or a level is no share.
 */
export function fitConformal(
  probabilities: readonly StageVector[],
  labels: readonly MaturityStage[],
  levels: readonly number[] = CONFORMAL_LEVELS,
): Conformal {
  if (probabilities.length !== labels.length)
    throw new DomainError('BAD_INPUT', 'Conformal thresholds need one label for each field.');
  const ascending = levels.toSorted((a, b) => a - b);
  const [lowest = 0] = ascending;
  if (!(lowest > 0 && (ascending.at(-1) ?? 1) < 1))
    throw new DomainError('BAD_INPUT', 'Levels of coverage lie between 0 and 1.');
  const scores: [number[], number[], number[], number[]] = [[], [], [], []];
  probabilities.forEach((p, i) => {
    const stage = stageIndex(labels[i] ?? 'Benign');
    scores[stage]?.push(nonconformity(p, stage));
  });
  const stages = scores.map((own) => {
    const level = ascending.findLast((l) => conformalRank(own.length, l) <= own.length);
    return level === undefined
      ? { level: lowest, threshold: null, n: own.length }
      : { level, threshold: conformalQuantile(own, level), n: own.length };
  });
  const [a, b, c, d] = stages;
  if (!a || !b || !c || !d) throw new DomainError('INTERNAL', 'A stage has no threshold.');
  return {
    method: CONFORMAL_METHOD,
    levels: [a.level, b.level, c.level, d.level],
    thresholds: [a.threshold, b.threshold, c.threshold, d.threshold],
    n: [a.n, b.n, c.n, d.n],
    assumes: EXCHANGEABILITY,
  };
}
