import type { CostMatrix } from '@blastwise/contracts';
import { type BootstrapOptions, groupBootstrap } from './bootstrap.ts';
import { type Confusion, confusionFrom, correct, total } from './confusion.ts';
import {
  type ConfusionScores,
  confusionScores,
  costScores,
  type ProbabilityScores,
  probabilityScores,
} from './scores.ts';
import { addTally, emptyTally, TALLY, type Tally } from './tally.ts';
import { type Bounds, wilson } from './wilson.ts';
import { zeroErrorBounds } from './zero-errors.ts';

/**
 * `group-bootstrap`: percentiles over resampled groups. `zero-errors`: no such error occurred, so the bound is
 * Wilson's for 0 of as many groups as could have shown one.
 */
export interface Interval extends Bounds {
  method: 'group-bootstrap' | 'zero-errors';
}

type OfMinimumRisk = 'averageCost' | 'costSensitiveAccuracy' | 'malignantToBenignRate';
type Prefixed = `minimumRisk${Capitalize<OfMinimumRisk>}`;
export type IntervalName = keyof ConfusionScores | keyof ProbabilityScores | Prefixed;

const CONFUSION_SCORES = [
  'accuracy',
  'macroF1',
  'weightedF1',
  'costWeightedF1',
  'kappa',
  'totalCost',
  'averageCost',
  'costSensitiveAccuracy',
] as const;

/** Intervals of every score of a test set; a score that is undefined everywhere has none. */
export function scoreIntervals(
  groups: readonly Tally[],
  costs: CostMatrix,
  options: BootstrapOptions,
): Partial<Record<IntervalName, Interval>> {
  const all = emptyTally();
  for (const group of groups) addTally(all, group);
  const argmax = confusionFrom(all, TALLY.mostProbable);
  const chosen = confusionFrom(all, TALLY.minimumRisk);
  const n = total(argmax.flat());

  const result: Partial<Record<IntervalName, Interval>> = {};
  const put = (name: IntervalName, { lower, upper }: Bounds, method: Interval['method']): void => {
    if (Number.isFinite(lower)) result[name] = { lower, upper, method };
  };
  const drawn = groupBootstrap(groups, (tally) => scoresOf(tally, costs, n), options);
  for (const [name, bounds] of Object.entries(drawn) as [IntervalName, Bounds][])
    put(name, bounds, 'group-bootstrap');

  const bounded = <Name extends keyof ConfusionScores>(names: readonly Name[], c: Confusion) =>
    correct(c) === n ? zeroErrorBounds(names, c, groups.length, costs, options.level) : [];
  for (const [name, bounds] of bounded(CONFUSION_SCORES, argmax)) put(name, bounds, 'zero-errors');
  for (const [name, bounds] of bounded(['averageCost', 'costSensitiveAccuracy'], chosen))
    put(
      name === 'averageCost' ? 'minimumRiskAverageCost' : 'minimumRiskCostSensitiveAccuracy',
      bounds,
      'zero-errors',
    );

  const malignantGroups = groups.filter(
    (group) => malignant(confusionFrom(group, TALLY.mostProbable)) > 0,
  ).length;
  const neverMissed = wilson(0, malignantGroups, options.level);
  if (missed(argmax) === 0) put('malignantToBenignRate', neverMissed, 'zero-errors');
  if (missed(chosen) === 0) put('minimumRiskMalignantToBenignRate', neverMissed, 'zero-errors');
  return result;
}

/** Scores of one resample; its total cost is scaled to `n` fields, as resamples differ in size. */
function scoresOf(tally: Tally, costs: CostMatrix, n: number): Record<IntervalName, number | null> {
  const argmax = confusionScores(confusionFrom(tally, TALLY.mostProbable), costs);
  const chosen = costScores(confusionFrom(tally, TALLY.minimumRisk), costs);
  return {
    ...argmax,
    ...probabilityScores(tally),
    totalCost: argmax.averageCost * n,
    minimumRiskAverageCost: chosen.averageCost,
    minimumRiskCostSensitiveAccuracy: chosen.costSensitiveAccuracy,
    minimumRiskMalignantToBenignRate: chosen.malignantToBenignRate,
  };
}

const malignant = (c: Confusion): number => total([...c[1], ...c[2], ...c[3]]);
const missed = (c: Confusion): number => c[1][0] + c[2][0] + c[3][0];
