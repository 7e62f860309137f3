import type { CostMatrix, Judgement } from '@blastwise/contracts';
import type { GateFigures } from './figures.ts';
import { type GateOptions, type GateResult, judgeChallenger } from './judge.ts';
import { allowedRise } from './margin.ts';
import type { PairedOutcome } from './outcome.ts';
import { cost, points, VERDICT_SENTENCES } from './reasons.ts';

/** The same two models on the first locked set that can judge both. */
export interface GuardSet {
  readonly setId: string;
  readonly setName: string;
  readonly outcomes: readonly PairedOutcome[];
}

/**
 * Adds to a judgement on another set how the challenger does on the first one, so that a model which is better in one look
 * and ruined elsewhere is refused. Measured there, its cost per field may rise by no more than calling `margin` of the fields
 * Benign would cost at the cheapest, and the share of malignant fields that it calls Benign by no more than `margin`.
 *
 * That is a limit on what is measured and no proof: to rule out a rise of 0.01 takes 299 malignant fields, which few
 * first sets have. The set that was judged on must still give the proof; the guard can only refuse.
 *
 * @throws DomainError BAD_INPUT without a field and for rules out of range.
 */
export function guarded(
  judgement: Judgement,
  { outcomes, ...set }: GuardSet,
  costs: CostMatrix,
  options: GateOptions,
): Judgement {
  const comparison = judgeChallenger(outcomes, costs, options);
  const allowed = allowedRise(costs, comparison.malignantToBenign.margin);
  const guard = { ...set, comparison };
  const said = sentenceOf(set.setName, comparison, allowed);
  const isWorse =
    comparison.costDifference.mean > allowed ||
    riseOfMisses(comparison) > comparison.malignantToBenign.margin;
  if (!isWorse) return { ...judgement, reasons: [...judgement.reasons, said], guard };
  const [, ...reasons] = judgement.reasons;
  return {
    ...{ ...judgement, verdict: 'refuse', promote: false, guard },
    reasons: [VERDICT_SENTENCES.refuse, said, ...reasons],
  };
}

/** Of malignant fields called Benign, as a share of all malignant fields; 0 where there is none. */
function riseOfMisses({ malignantToBenign }: GateFigures): number {
  const { onlyChallenger, onlyChampion, fields } = malignantToBenign;
  // Of the difference, not a difference of shares: 4 / 100 - 3 / 100 is above 0.01 by rounding.
  return fields === 0 ? 0 : (onlyChallenger - onlyChampion) / fields;
}

function sentenceOf(name: string, figures: GateResult, allowed: number): string {
  const { costDifference, malignantToBenign } = figures;
  const change = (value: number, text: string): string => `${value < 0 ? 'less by' : 'more by'} ${text}`;
  const { mean } = costDifference;
  const rise = riseOfMisses(figures);
  return `On the first locked test set, ${name}, it may not be worse: there it costs ${change(mean, cost(Math.abs(mean)))} per field, where ${cost(allowed)} more are allowed, and calls malignant fields Benign ${change(rise, points(Math.abs(rise)))} percentage points, where ${points(malignantToBenign.margin)} more are allowed.`;
}
