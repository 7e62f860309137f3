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

interface Labelled {
  readonly logits: StageVector[];
  readonly stages: MaturityStage[];
}

/**
 * Calibration from the base's validation side and, where the base has them, thresholds of the prediction sets from its
 * calibration side and of the novelty score from its validation side. The novelty score reads features, which a new head
 * leaves alone, so its directions stay: they were learned from more views than are cached.
 *
 * @param logits of the new head, one vector a row.
 */
export function answerParts(base: Artifact, rows: TrainingRows, logits: readonly StageVector[]): AnswerParts {
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
  const { conformal, ood } = base.manifest;
  const probabilities = held.logits.map((z) => calibrate(z, calibration));
  const statistics = oodStatistics(base.weights);
  const seen = { data: gatherRows(table, ownRowsOf(rows, 'validation')), dimension: table.dimension };
  return {
    calibration,
    record: calibrationRecord(calibration, validation.logits, validation.stages),
    manifest: {
      calibration: { method: CALIBRATION_METHOD, temperature, bias: [...bias], prior: [...prior] },
      ...(conformal && held.stages.length > 0 && { conformal: fitConformal(probabilities, held.stages) }),
      ...(ood &&
        statistics && {
          ood: {
            ...ood,
            threshold: oodThreshold(seen, statistics, ood.passes),
            n: { ...ood.n, validation: validation.stages.length },
          },
        }),
    },
  };
}
