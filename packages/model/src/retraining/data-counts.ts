import type { Side } from '../dataset/index.ts';
import type { RetrainingRecord } from './record.ts';
import { correctedRowsOf, ownRowsOf, type TrainingRows } from './training-rows.ts';

/** Fields of each stage by side and origin. */
export function dataCounts(rows: Omit<TrainingRows, 'weights'>): RetrainingRecord['data'] {
  const counts = (some: readonly number[]): [number, number, number, number] => {
    const of = (stage: number) => some.filter((row) => rows.table.labels[row] === stage).length;
    return [of(0), of(1), of(2), of(3)];
  };
  const own = (side: Side) => counts(ownRowsOf(rows, side));
  const corrected = (side: Side) => counts(correctedRowsOf(rows, side));
  return {
    train: own('train'),
    validation: own('validation'),
    calibration: own('calibration'),
    corrected: { train: corrected('train'), validation: corrected('validation') },
  };
}
