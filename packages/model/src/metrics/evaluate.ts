import {
  type CostMatrix,
  DomainError,
  MATURITY_STAGES,
  type MaturityStage,
  type StageRecord,
} from '@blastwise/contracts';
import type { BootstrapOptions } from './bootstrap.ts';
import { type Confusion, confusionFrom, support, total } from './confusion.ts';
import { type ClassScores, classScores } from './f-scores.ts';
import { type Interval, type IntervalName, scoreIntervals } from './intervals.ts';
import {
  type ConfusionScores,
  type CostScores,
  confusionScores,
  costScores,
  type ProbabilityScores,
  probabilityScores,
  type SelectiveScores,
  selectiveScores,
} from './scores.ts';
import { addTally, type EvaluationRow, emptyTally, TALLY, tallyGroups } from './tally.ts';

/**
 * Everything `blastwise evaluate` says of one test set. The top level answers with the most probable stage and never
 * defers; `minimumRisk` answers with the lowest expected cost; `selective` leaves deferred fields, and those that
 * cannot be assessed, to a reader. A field that cannot be assessed still counts in the first two.
 */
export interface Evaluation extends ConfusionScores, ProbabilityScores {
  n: number;
  groups: number;
  /** Rows actual, columns predicted. */
  confusion: Confusion;
  perClass: StageRecord<ClassScores>;
  minimumRisk: CostScores & { confusion: Confusion };
  selective: SelectiveScores;
  notAssessable: number;
  /** The answer that would cost least if it were given to every field. */
  constant: { stage: MaturityStage; averageCost: number };
  intervals: Partial<Record<IntervalName, Interval>>;
  level: number;
}

/** Scores a test set under a cost matrix. Throws `BAD_INPUT` when there is no field. */
export function evaluate(
  rows: readonly EvaluationRow[],
  costs: CostMatrix,
  { seed, resamples = 2000, level = 0.95 }: Pick<BootstrapOptions, 'seed'> & Partial<BootstrapOptions>,
): Evaluation {
  if (rows.length === 0) throw new DomainError('BAD_INPUT', 'There is no field to evaluate.');
  const groups = tallyGroups(rows, costs);
  const all = emptyTally();
  for (const group of groups) addTally(all, group);
  const confusion = confusionFrom(all, TALLY.mostProbable);
  const chosen = confusionFrom(all, TALLY.minimumRisk);
  return {
    n: rows.length,
    groups: groups.length,
    ...confusionScores(confusion, costs),
    ...probabilityScores(all),
    confusion,
    perClass: perClass(confusion),
    minimumRisk: { ...costScores(chosen, costs), confusion: chosen },
    selective: selectiveScores(all),
    notAssessable: all[TALLY.notAssessable] ?? 0,
    constant: bestConstant(confusion, costs),
    intervals: scoreIntervals(groups, costs, { seed, resamples, level }),
    level,
  };
}

function perClass(confusion: Confusion): StageRecord<ClassScores> {
  const [Benign, Early, Pre, Pro] = classScores(confusion);
  if (!Benign || !Early || !Pre || !Pro) throw new DomainError('INTERNAL', 'A stage has no scores.');
  return { Benign, Early, Pre, Pro };
}

function bestConstant(confusion: Confusion, costs: CostMatrix): Evaluation['constant'] {
  const counts = support(confusion);
  const averages = MATURITY_STAGES.map((stage, predicted) => ({
    stage,
    averageCost:
      total(counts.map((n, actual) => n * (costs.matrix[actual]?.[predicted] ?? 0))) / total(counts),
  }));
  return averages.reduce((best, next) => (next.averageCost < best.averageCost ? next : best));
}
