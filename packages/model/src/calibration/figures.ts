import { DomainError, type MaturityStage, type StageVector } from '@blastwise/contracts';
import { type ReliabilityFigures, reliabilityFigures } from '../metrics/index.ts';
import { type Calibration, calibrate, softmax } from './calibrate.ts';

/** The same fields before calibration (softmax of the logits) and after it. */
export interface CalibrationFigures {
  readonly before: ReliabilityFigures;
  readonly after: ReliabilityFigures;
}

/**
 * What a calibration does on fields with known stages: ECE, Brier score, NLL and reliability bins before and after.
 * Told of fields that the calibration was not fitted on, they are honest; of its own fields, flattering.
 * @throws DomainError BAD_INPUT where there are no fields or not one label for each.
 */
export function calibrationFigures(
  logits: readonly StageVector[],
  labels: readonly MaturityStage[],
  calibration: Pick<Calibration, 'temperature' | 'bias'>,
): CalibrationFigures {
  if (logits.length === 0 || logits.length !== labels.length)
    throw new DomainError('BAD_INPUT', 'Calibration figures need logits and one label for each of them.');
  return {
    before: reliabilityFigures(logits.map(softmax), labels),
    after: reliabilityFigures(
      logits.map((z) => calibrate(z, calibration)),
      labels,
    ),
  };
}
