import {
  type Analysis,
  type CostMatrix,
  type Decision,
  DomainError,
  MATURITY_STAGES,
  type MaturityStage,
  type Reason,
  type StageVector,
  toStageRecord,
} from '@blastwise/contracts';
import { expectedCosts } from './expected-costs.ts';

/** Costs closer than this share of the largest cost are rounding, so that scaling a matrix changes no answer. */
const ROUNDING = 1e-12;

/** There is no default stage: without a number for each there is no answer. */
function stageAt(index: number): MaturityStage {
  const stage = MATURITY_STAGES[index];
  if (!stage) throw new DomainError('INTERNAL', 'A stage has no probability, so there is no answer.');
  return stage;
}

/**
 * The most probable stage; the first in order where several are equally probable. Throws `INTERNAL` when a
 * probability is no number.
 */
export function mostProbable(probabilities: StageVector): MaturityStage {
  return stageAt(probabilities.indexOf(Math.max(...probabilities)));
}

/**
 * The stage of lowest expected cost. Equal costs go to the more probable stage, and then to the first in order:
 * a certain field keeps its stage even where the matrix holds an error for free. Throws `INTERNAL` when a probability
 * is no number.
 */
export function minimumRisk(probabilities: StageVector, costs: CostMatrix): MaturityStage {
  const risks = expectedCosts(probabilities, costs);
  const lowest = Math.min(...risks) + rounding(costs);
  let best = -1;
  for (let i = 0; i < 4; i++) {
    const cheapest = (risks[i] ?? Infinity) <= lowest;
    if (cheapest && (best < 0 || (probabilities[i] ?? 0) > (probabilities[best] ?? 0))) best = i;
  }
  return stageAt(best);
}

/** What is known of a field beside its probabilities; null where the model cannot say. */
export type Evidence = Pick<Analysis, 'assessable' | 'reasons' | 'predictionSet' | 'outOfDistribution'>;

/**
 * Bayes minimum-risk decision on calibrated probabilities, deferred by Chow's rule (1970) when the lowest expected
 * cost exceeds `referralCost`. A field that cannot be assessed gets no stage, for the reasons that the analysis names;
 * its expected costs are still given. An assessable one that is unlike the training fields, or for which several
 * stages cannot be ruled out, keeps its stage and is deferred to a reader. Throws `INTERNAL` when a probability is no
 * number.
 */
export function decide(probabilities: StageVector, costs: CostMatrix, evidence: Evidence): Decision {
  const risks = expectedCosts(probabilities, costs);
  const cheapest = minimumRisk(probabilities, costs);
  const { assessable, predictionSet, outOfDistribution } = evidence;
  const asks: Reason[] = [];
  if (assessable && outOfDistribution?.flag) asks.push('out-of-distribution');
  if (assessable && (predictionSet?.length ?? 1) > 1) asks.push('several-stages-possible');
  if (Math.min(...risks) > costs.referralCost + rounding(costs)) asks.push('expected-cost-above-referral');
  return {
    stage: assessable ? cheapest : null,
    expectedCosts: toStageRecord(risks),
    defer: asks.length > 0,
    reasons: [...(assessable ? [] : evidence.reasons), ...asks],
  };
}

function rounding(costs: CostMatrix): number {
  return ROUNDING * Math.max(...costs.matrix.flat());
}
