import type { CostMatrix } from '@blastwise/contracts';
import { type BootstrapOptions, groupBootstrap } from './bootstrap.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import type { Interval } from './intervals.ts';
import { selectiveScores } from './scores.ts';
import { type EvaluationRow, tallyGroups } from './tally.ts';
import { type Bounds, wilson } from './wilson.ts';

const SHOWN = ['accuracy', 'totalCost', 'averageCost', 'malignantToBenignRate'] as const;
type Shown = (typeof SHOWN)[number];

/**
 * What is asked of a counterfactual copy of a test set. The stage is the field's own: on cell-less copies, which show
 * none, `accuracy` is how often the background alone gave it away, and `deferredShare` is what counts.
 */
export interface CopyScores extends Pick<Evaluation, Shown | 'n' | 'groups' | 'confusion' | 'notAssessable'> {
  /** Share of fields left to a reader: not assessable or deferred, 0..1. */
  deferredShare: number;
  intervals: Partial<Record<Shown | 'deferredShare', Interval>>;
}

/** Scores one copy under a cost matrix, with intervals over groups. Throws `BAD_INPUT` when there is no field. */
export function scoreCopy(
  rows: readonly EvaluationRow[],
  costs: CostMatrix,
  { seed, resamples = 2000, level = 0.95 }: Pick<BootstrapOptions, 'seed'> & Partial<BootstrapOptions>,
): CopyScores {
  const options = { seed, resamples, level };
  const { n, groups, confusion, notAssessable, selective, intervals, ...scores } = evaluate(
    rows,
    costs,
    options,
  );
  const { accuracy, totalCost, averageCost, malignantToBenignRate } = scores;
  const { deferredShare } = selective;
  const kept = SHOWN.flatMap((name) => (intervals[name] ? [[name, intervals[name]] as const] : []));
  return {
    n,
    groups,
    accuracy,
    totalCost,
    averageCost,
    malignantToBenignRate,
    confusion,
    notAssessable,
    deferredShare,
    intervals: {
      ...Object.fromEntries(kept),
      deferredShare: deferredInterval(rows, costs, deferredShare, options),
    },
  };
}

/** Where all fields or none are left to a reader, the bound is Wilson's for 0 of as many groups. */
function deferredInterval(
  rows: readonly EvaluationRow[],
  costs: CostMatrix,
  share: number,
  options: BootstrapOptions,
): Interval {
  const groups = tallyGroups(rows, costs);
  if (share > 0 && share < 1) {
    const drawn = groupBootstrap<'deferredShare'>(groups, selectiveScores, options);
    return { ...drawn.deferredShare, method: 'group-bootstrap' };
  }
  const { upper } = wilson(0, groups.length, options.level);
  const bounds: Bounds = share === 0 ? { lower: 0, upper } : { lower: 1 - upper, upper: 1 };
  return { ...bounds, method: 'zero-errors' };
}
