import type { CostMatrix, MaturityStage, StageVector } from '@blastwise/contracts';
import { type Calibration, calibrate, fitCalibration } from '../../calibration/index.ts';
import type { ViewKind } from '../../counterfactual/index.ts';
import type { Side } from '../../dataset/index.ts';
import { type EvaluationRow, evaluate } from '../../metrics/index.ts';
import type { TrainingField } from '../fields.ts';
import type { CopyScores, RunRecord } from '../report/index.ts';
import type { StagesResult, UpperAnswer } from '../stages/index.ts';

/** One fold's training: the side of every field, and what it answered. */
export interface TrainedFold {
  readonly sides: readonly Side[];
  readonly result: Pick<StagesResult, 'answers'>;
}

const COPIES = [
  'plain',
  'recoloured',
  'grey',
  'cells-only',
  'cell-less',
] as const satisfies readonly ViewKind[];
const RESAMPLES = 2000;

/** Logits of one side of one judging view. */
export function answersOf({ answers }: Pick<StagesResult, 'answers'>, kind: ViewKind): UpperAnswer {
  const found = answers[`judge-${kind}`];
  if (!found) throw new RangeError(`There is no judging view ${kind}.`);
  return found;
}

/** The rows of an answer whose field lies on `side`. */
export function sideRows(
  { fields, logits }: UpperAnswer,
  sides: readonly Side[],
  side: Side,
): { field: number; logits: StageVector }[] {
  return fields.flatMap((field, i) => {
    const row = logits[i];
    return row && sides[field] === side ? [{ field, logits: row }] : [];
  });
}

function calibrationOf(fold: TrainedFold, stageOf: (field: number) => MaturityStage): Calibration {
  const rows = sideRows(answersOf(fold.result, 'plain'), fold.sides, 'validation');
  return fitCalibration(
    rows.map((r) => r.logits),
    rows.map((r) => stageOf(r.field)),
  );
}

/**
 * Every field judged by the one training that did not see its group, each fold calibrated on its own validation side;
 * pooled over the folds, intervals by resampling groups.
 */
export function outOfFold(
  fields: readonly TrainingField[],
  folds: readonly TrainedFold[],
  costs: CostMatrix,
  seed: number,
): RunRecord['outOfFold'] {
  if (folds.length === 0) return null;
  const stageOf = (field: number): MaturityStage => fields[field]?.stage ?? 'Benign';
  const calibrations = folds.map((fold) => calibrationOf(fold, stageOf));
  const rowsOf = (kind: ViewKind): EvaluationRow[] =>
    folds.flatMap((fold, k) =>
      sideRows(answersOf(fold.result, kind), fold.sides, 'test').map(({ field, logits }) => ({
        actual: stageOf(field),
        group: fields[field]?.group ?? '',
        probabilities: calibrate(logits, calibrations[k] as Calibration),
        assessable: true,
      })),
    );
  const scores = COPIES.map((kind): [ViewKind, CopyScores] => [kind, copyScores(rowsOf(kind), costs, seed)]);
  return { folds: folds.length, copies: Object.fromEntries(scores) as Record<ViewKind, CopyScores> };
}

/** The figures of one copy of a set of fields. */
export function copyScores(rows: readonly EvaluationRow[], costs: CostMatrix, seed: number): CopyScores {
  const e = evaluate(rows, costs, { seed, resamples: RESAMPLES });
  const bounds = (name: keyof typeof e.intervals, value: number) => {
    const { lower, upper } = e.intervals[name] ?? { lower: value, upper: value };
    return { value, lower, upper };
  };
  return {
    n: e.n,
    groups: e.groups,
    accuracy: bounds('accuracy', e.accuracy),
    averageCost: bounds('averageCost', e.averageCost),
    malignantToBenignRate: bounds('malignantToBenignRate', e.malignantToBenignRate ?? 0),
    deferredShare: bounds('deferredShare', e.selective.deferredShare),
    ece: e.ece,
    nll: e.nll,
    confusion: e.confusion.map((row): [number, number, number, number] => [...row]),
  };
}
