import {
  MATURITY_STAGES,
  type MaturityStage,
  type StageProbabilities,
  type StageRecord,
  stageIndex,
} from '@blastwise/contracts';

/** Two decisions in the order of maturity, which says nothing of which is the cheaper one. */
export interface DoubtfulPair {
  readonly first: MaturityStage;
  readonly second: MaturityStage;
}

interface Doubt {
  readonly probabilities: StageProbabilities;
  /** Of each answer, in the unit of `referralCost`. */
  readonly expectedCosts: StageRecord<number>;
  readonly referralCost: number;
}

/** Close to the referral cost: the lowest expected cost is at least half of it and at most twice. */
const FACTOR = 2;
/** The least that the two stages of the question hold together, so that it need not speak of the others. */
const TOGETHER = 0.9;

/**
 * The choice to ask an expert for: between the two most probable stages of a field whose lowest expected cost is close to
 * the referral cost, in whatever unit the costs are. Null on any other field, and where a third stage may well be true.
 */
export function askChoice({ probabilities, expectedCosts, referralCost }: Doubt): DoubtfulPair | null {
  const lowest = Math.min(...Object.values(expectedCosts));
  if (!(referralCost > 0) || lowest * FACTOR < referralCost || lowest > referralCost * FACTOR) return null;
  const [likely, next] = MATURITY_STAGES.toSorted((a, b) => probabilities[b] - probabilities[a]);
  if (!likely || !next || probabilities[likely] + probabilities[next] < TOGETHER) return null;
  return stageIndex(likely) < stageIndex(next)
    ? { first: likely, second: next }
    : { first: next, second: likely };
}
