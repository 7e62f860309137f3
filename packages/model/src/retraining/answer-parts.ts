import type { MaturityStage, StageVector } from '@blastwise/contracts';
import type { Artifact, Manifest } from '../artifact/index.ts';
import { CALIBRATION_METHOD, type Calibration, calibrate, fitCalibration } from '../calibration/index.ts';
import { fitConformal } from '../conformal/index.ts';
import { oodStatistics, oodThreshold } from '../ood/index.ts';
import { calibrationRecord } from '../training/stages/calibration-record.ts';
import { gatherRows, ownRowsOf, stageOf, type TrainingRows } from './training-rows.ts';

/** What has to follow new weights. */
export interface AnswerParts {
  readonly manifest: Pick<Manifest, 'calibration' | 'conformal' | 'ood'>;
  readonly calibration: Calibration;
  readonly record: ReturnType<typeof calibrationRecord>;
}

export interface CalibratedParts extends Omit<AnswerParts, 'manifest'> {
  readonly manifest: Pick<Manifest, 'calibration' | 'conformal'>;
}

interface Labelled {
  readonly logits: StageVector[];
  readonly stages: MaturityStage[];
}

/**
 * Calibration from the base's validation side and, where the base has them, thresholds of the prediction sets from its
 * calibration side. Corrections are a biased sample and have no part in it.
 *
 * @param logits of the new model, one vector a row.
 */
export function calibratedParts(
  base: Artifact,
  rows: TrainingRows,
  logits: readonly StageVector[],
): CalibratedParts {
  const { table } = rows;
  const side = (name: 'validation' | 'calibration'): Labelled => {
    const own = ownRowsOf(rows, name);
    return {
      logits: own.flatMap((row) => logits.slice(row, row + 1)),
      stages: own.map((row) => stageOf(table, row)),
    };
  };
  const validation = side('validation');
  const calibration = fitCalibration(validation.logits, validation.stages);
  const { temperature, bias, prior } = calibration;
  const held = side('calibration');
  const { conformal } = base.manifest;
  const probabilities = held.logits.map((z) => calibrate(z, calibration));
  return {
    calibration,
    record: calibrationRecord(calibration, validation.logits, validation.stages),
    manifest: {
      calibration: { method: CALIBRATION_METHOD, temperature, bias: [...bias], prior: [...prior] },
      ...(conformal && held.stages.length > 0 && { conformal: fitConformal(probabilities, held.stages) }),
    },
  };
}

/**
 * What follows a new head: the calibrated parts, and the threshold of the novelty score from the base's validation side.
 * The score reads features, which a new head leaves alone, so its directions stay: they were learned from more views than
 * are cached.
 */
export function answerParts(base: Artifact, rows: TrainingRows, logits: readonly StageVector[]): AnswerParts {
  const { table } = rows;
  const parts = calibratedParts(base, rows, logits);
  const { ood } = base.manifest;
  const statistics = oodStatistics(base.weights);
  if (!ood || !statistics) return parts;
  const validation = ownRowsOf(rows, 'validation');
  const seen = { data: gatherRows(table, validation), dimension: table.dimension };
  const threshold = oodThreshold(seen, statistics, ood.passes);
  const n = { ...ood.n, validation: validation.length };
  return { ...parts, manifest: { ...parts.manifest, ood: { ...ood, threshold, n } } };
}
