import { type CostMatrix, DomainError, type Verdict } from '@blastwise/contracts';
import { estimate } from '../metrics/index.ts';
import { mixSeed } from '../random/index.ts';
import type { GateFigures } from './figures.ts';
import { malignantToBenign } from './malignant.ts';
import { costDifference, type PairedOutcome, sumByGroup, withoutRounding } from './outcome.ts';
import { reasonsFor } from './reasons.ts';
import { DRAWS, GATE_RULES, type GateRules, levelOf } from './rules.ts';
import { signFlip } from './sign-flip.ts';
import { verdictOf } from './verdict.ts';

export interface GateResult extends GateFigures {
  readonly promote: boolean;
  readonly verdict: Verdict;
  /** Plain sentences with their figures, the deciding ones first. */
  readonly reasons: readonly string[];
}

export interface GateOptions extends Partial<GateRules> {
  readonly seed: number;
  /** Of the bootstrap. */
  readonly resamples?: number;
  /** Of the sign-flip test, beyond what is enumerated. */
  readonly draws?: number;
}

/**
 * Weighs a challenger against the champion on one test set. Throws `BAD_INPUT` without a field and for rules out of
 * range.
 */
export function judgeChallenger(
  outcomes: readonly PairedOutcome[],
  costs: CostMatrix,
  { seed, resamples = 2000, draws = DRAWS, ...asked }: GateOptions,
): GateResult {
  const rules = { ...GATE_RULES, ...asked };
  const level = levelOf(rules);
  const difference = (outcome: PairedOutcome): number => costDifference(outcome, costs);
  const drawn = estimate(
    outcomes.map((outcome) => ({ group: outcome.group, value: difference(outcome) })),
    mixSeed(seed, 1),
    { resamples, tail: 0.025 },
  );
  if (!drawn) throw new DomainError('BAD_INPUT', 'There is no field to compare the models on.');
  const sums = sumByGroup(outcomes, difference).map((sum) => withoutRounding(sum, costs));
  const flipped = signFlip(sums, { seed: mixSeed(seed, 2), draws, level });
  const { lower, upper } = drawn;
  const mean = withoutRounding(drawn.mean, costs);
  const figures: GateFigures = {
    fields: outcomes.length,
    groups: sums.length,
    costDifference: { mean, lower, upper, p: flipped.p },
    malignantToBenign: {
      ...malignantToBenign(outcomes, { seed: mixSeed(seed, 3), resamples }),
      margin: rules.margin,
    },
    discordantGroups: flipped.discordant,
    level,
    smallestP: flipped.smallestP,
    smallestDetectable: flipped.critical === null ? null : -flipped.critical / outcomes.length,
    budget: rules.budget,
  };
  const verdict = verdictOf(figures);
  return { promote: verdict === 'promote', verdict, reasons: reasonsFor(verdict, figures), ...figures };
}
