import type { CostMatrix, MaturityStage, StageVector } from '@blastwise/contracts';
import { type Calibration, calibrate, fitCalibration, softmax } from '../../calibration/index.ts';
import { type Conformal, coverageOf, fitConformal, predictionSet } from '../../conformal/index.ts';
import type { ViewKind } from '../../counterfactual/index.ts';
import type { Side } from '../../dataset/index.ts';
import { type EvaluationRow, evaluate, reliabilityFigures, scoreCopy } from '../../metrics/index.ts';
import type { TrainingField } from '../fields.ts';
import type { CopyScores, RunRecord } from '../report/index.ts';
import type { StagesResult, UpperAnswer } from '../stages/index.ts';

/** One fold's training: the side of every field, and what it answered. */
export interface TrainedFold {
  readonly sides: readonly Side[];
  readonly result: Pick<StagesResult, 'answers'>;
}

/** What is known of a field that folds are judged on. */
type JudgedField = Pick<TrainingField, 'stage' | 'group'>;

/** What folds are judged on. */
export const COPIES = [
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

type StageOf = (field: number) => MaturityStage;

export interface JudgedRow extends EvaluationRow {
  readonly logits: StageVector;
  readonly predictionSet: MaturityStage[];
}

function calibrationOf(fold: TrainedFold, stageOf: StageOf): Calibration {
  const rows = sideRows(answersOf(fold.result, 'plain'), fold.sides, 'validation');
  return fitCalibration(
    rows.map((r) => r.logits),
    rows.map((r) => stageOf(r.field)),
  );
}

/** Thresholds of a fold's prediction sets, from its own calibration side. */
function conformalOf(fold: TrainedFold, calibration: Calibration, stageOf: StageOf): Conformal {
  const rows = sideRows(answersOf(fold.result, 'plain'), fold.sides, 'calibration');
  return fitConformal(
    rows.map((r) => calibrate(r.logits, calibration)),
    rows.map((r) => stageOf(r.field)),
  );
}

/**
 * How every field of the folds' test sides is answered by the one training that did not see its group, each fold
 * calibrated on its own validation side and its sets cut on its own calibration side; rows in the order of the folds.
 */
export function judgedRows(
  fields: readonly JudgedField[],
  folds: readonly TrainedFold[],
): (kind: ViewKind) => JudgedRow[] {
  const stageOf: StageOf = (field) => fields[field]?.stage ?? 'Benign';
  const judges = folds.map((fold) => {
    const calibration = calibrationOf(fold, stageOf);
    return { fold, calibration, conformal: conformalOf(fold, calibration, stageOf) };
  });
  return (kind) =>
    judges.flatMap(({ fold, calibration, conformal }) =>
      sideRows(answersOf(fold.result, kind), fold.sides, 'test').map(({ field, logits }) => {
        const probabilities = calibrate(logits, calibration);
        const group = fields[field]?.group ?? '';
        const set = predictionSet(probabilities, conformal);
        return { actual: stageOf(field), group, probabilities, assessable: true, logits, predictionSet: set };
      }),
    );
}

/** The folds' rows pooled, intervals by resampling groups. */
export function outOfFold(
  fields: readonly JudgedField[],
  folds: readonly TrainedFold[],
  costs: CostMatrix,
  seed: number,
): RunRecord['outOfFold'] {
  if (folds.length === 0) return null;
  const judged = judgedRows(fields, folds);
  const plain = judged('plain');
  const labels = plain.map((row) => row.actual);
  const scores = COPIES.map((kind): [ViewKind, CopyScores] => [
    kind,
    copyScores(kind === 'plain' ? plain : judged(kind), costs, seed),
  ]);
  return {
    folds: folds.length,
    copies: Object.fromEntries(scores) as Record<ViewKind, CopyScores>,
    reliability: {
      before: reliabilityFigures(
        plain.map((row) => softmax(row.logits)),
        labels,
      ),
      after: reliabilityFigures(
        plain.map((row) => row.probabilities),
        labels,
      ),
    },
    coverage: coverageOf(
      plain.map((row) => row.predictionSet),
      labels,
    ),
  };
}

/** The figures of one copy of a set of fields. */
export function copyScores(rows: readonly EvaluationRow[], costs: CostMatrix, seed: number): CopyScores {
  const { intervals, ...scores } = scoreCopy(rows, costs, { seed, resamples: RESAMPLES });
  const bounds = (name: 'accuracy' | 'averageCost' | 'malignantToBenignRate' | 'deferredShare') => {
    const value = scores[name] ?? 0;
    const { lower, upper } = intervals[name] ?? { lower: value, upper: value };
    return { value, lower, upper };
  };
  const { ece, nll } = evaluate(rows, costs, { seed, resamples: 1 });
  return {
    n: scores.n,
    groups: scores.groups,
    accuracy: bounds('accuracy'),
    averageCost: bounds('averageCost'),
    malignantToBenignRate: bounds('malignantToBenignRate'),
    deferredShare: bounds('deferredShare'),
    ece,
    nll,
    confusion: scores.confusion.map((row): [number, number, number, number] => [...row]),
  };
}
