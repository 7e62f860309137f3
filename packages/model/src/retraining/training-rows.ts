import { DomainError, MATURITY_STAGES, type MaturityStage, stageIndex } from '@blastwise/contracts';
import type { Correction, FeatureTable } from '../artifact/index.ts';
import type { Side } from '../dataset/index.ts';
import type { CorrectedField } from './corrected-field.ts';
import { sideOfCorrected } from './corrected-side.ts';

/** A table of features with the loss weight of every row and the corrections that its last rows are. */
export interface TrainingRows {
  readonly table: FeatureTable;
  /** One a row. */
  readonly weights: Float32Array;
  readonly corrections: readonly Correction[];
  /** Rows of the base that are no corrections; they come first. */
  readonly own: number;
}

const correctionOf = ({ id, group, stage, weight, fingerprint }: CorrectedField): Correction => ({
  id,
  group,
  stage,
  side: sideOfCorrected(group),
  weight,
  sha256: fingerprint.sha256,
});

const rowOf = ({ features, dimension }: FeatureTable, row: number): Float32Array =>
  features.subarray(row * dimension, (row + 1) * dimension);

/**
 * The base's cached rows with the corrected fields behind them by id, each on the side of its group. Corrections that the
 * base was itself trained on stay only as far as they are given again.
 *
 * @param inherited how many of the last rows of the base's table are corrections.
 * @throws DomainError ARTIFACT_INVALID where the table is shorter than that.
 */
export function trainingRows(
  base: FeatureTable,
  inherited: number,
  corrected: readonly CorrectedField[],
): TrainingRows {
  const own = base.labels.length - inherited;
  if (own < 0)
    throw new DomainError('ARTIFACT_INVALID', 'The base lists more corrections than it has features of.');
  const rows = corrected
    .map((field) => ({ correction: correctionOf(field), features: field.features }))
    .sort((a, b) => (a.correction.id < b.correction.id ? -1 : 1));

  const n = own + rows.length;
  const features = new Float32Array(n * base.dimension);
  features.set(base.features.subarray(0, own * base.dimension));
  rows.forEach((row, i) => {
    features.set(row.features, (own + i) * base.dimension);
  });
  const groups = base.groups.subarray(0, own);
  const firstGroup = groups.reduce((highest, group) => Math.max(highest, group), -1) + 1;
  const names = [...new Set(rows.map(({ correction }) => correction.group))].sort();
  return {
    table: {
      features,
      dimension: base.dimension,
      labels: Uint8Array.from([
        ...base.labels.subarray(0, own),
        ...rows.map(({ correction }) => stageIndex(correction.stage)),
      ]),
      groups: Int32Array.from([
        ...groups,
        ...rows.map(({ correction }) => firstGroup + names.indexOf(correction.group)),
      ]),
      sides: [...base.sides.slice(0, own), ...rows.map(({ correction }) => correction.side)],
    },
    weights: Float32Array.from({ length: n }, (_, i) => rows[i - own]?.correction.weight ?? 1),
    corrections: rows.map(({ correction }) => correction),
    own,
  };
}

/** Rows of one side, by index, the corrected ones last. */
export const rowsOf = ({ table: { sides } }: Pick<TrainingRows, 'table'>, side: Side): number[] =>
  sides.flatMap((s, row) => (s === side ? [row] : []));

/**
 * Rows of one side of the base itself. Corrected fields are those that a model was thought wrong about, a biased sample:
 * what describes the ordinary field is taken from these alone.
 */
export const ownRowsOf = (rows: Pick<TrainingRows, 'table' | 'own'>, side: Side): number[] =>
  rowsOf(rows, side).filter((row) => row < rows.own);

/** Corrected rows of one side. */
export const correctedRowsOf = (rows: Pick<TrainingRows, 'table' | 'own'>, side: Side): number[] =>
  rowsOf(rows, side).filter((row) => row >= rows.own);

export const stageOf = ({ labels }: Pick<FeatureTable, 'labels'>, row: number): MaturityStage =>
  MATURITY_STAGES[labels[row] ?? 0] ?? 'Benign';

/** The features of some rows, one after the other, [rows, dimension]. */
export function gatherRows(table: FeatureTable, rows: readonly number[]): Float32Array {
  const data = new Float32Array(rows.length * table.dimension);
  rows.forEach((row, i) => {
    data.set(rowOf(table, row), i * table.dimension);
  });
  return data;
}
