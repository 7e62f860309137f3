import { type MaturityStage, type StageVector, stageIndex } from '@blastwise/contracts';
import { type Calibration, calibrate, softmax } from '../../calibration/index.ts';
import type { RunRecord } from '../report/index.ts';

/** Mean negative log likelihood (nats) of the true stages. */
function meanNll(probabilities: readonly StageVector[], labels: readonly MaturityStage[]): number {
  const total = labels.reduce(
    (sum, stage, i) => sum - Math.log(probabilities[i]?.[stageIndex(stage)] ?? 0),
    0,
  );
  return total / labels.length;
}

/** What the calibration did to the validation side. */
export function calibrationRecord(
  calibration: Calibration,
  logits: readonly StageVector[],
  labels: readonly MaturityStage[],
): RunRecord['calibration'] {
  return {
    temperature: calibration.temperature,
    bias: [...calibration.bias],
    prior: [...calibration.prior],
    nllBefore: meanNll(logits.map(softmax), labels),
    nllAfter: meanNll(
      logits.map((z) => calibrate(z, calibration)),
      labels,
    ),
  };
}
