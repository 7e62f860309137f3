import { type CostMatrix, type MaturityStage, type StageVector, stageIndex } from '@blastwise/contracts';
import { calibrate, fitCalibration } from '../calibration/index.ts';
import { minimumRisk } from '../decision/index.ts';
import type * as tf from '../engine/tf.ts';
import { judgeLogits } from '../training/stages/judge-logits.ts';
import { headLogits } from './head-logits.ts';
import { correctedRowsOf, gatherRows, ownRowsOf, stageOf, type TrainingRows } from './training-rows.ts';

/** What a head is worth where it was not trained; the losses are mean cross-entropies in nats, before calibration. */
export interface ValidationFigures {
  /** The base's validation side. */
  readonly loss: number;
  /** Share of it named right by the most probable stage. */
  readonly accuracy: number;
  /** Its mean cost when decided by lowest expected cost, never deferring, calibrated on this very side. */
  readonly cost: number;
  /** Corrected fields. */
  readonly correctedLoss: number;
  readonly correctedAccuracy: number;
}

export interface JudgedHead {
  /** Mean cross-entropy over the rows of both kinds. */
  readonly score: number;
  readonly figures: ValidationFigures;
}

/**
 * Judges a head on the base's validation side and on the corrected fields of that side. The first alone would choose the
 * epoch that has learned the least of the corrections. Where no corrected group fell on that side, the corrected fields
 * of the training side stand in for it.
 */
export function validationJudge(head: tf.LayersModel, rows: TrainingRows, costs: CostMatrix) {
  const { table } = rows;
  const held = correctedRowsOf(rows, 'validation');
  const ask = (some: readonly number[]) => {
    const features = gatherRows(table, some);
    const stages = some.map((row) => stageOf(table, row));
    return async () => ({ stages, logits: await headLogits(head, features) });
  };
  const askOwn = ask(ownRowsOf(rows, 'validation'));
  const askCorrected = ask(held.length > 0 ? held : correctedRowsOf(rows, 'train'));

  return async (): Promise<JudgedHead> => {
    const [own, corrected] = [await askOwn(), await askCorrected()];
    const { loss, accuracy } = judge(own);
    const { loss: correctedLoss, accuracy: correctedAccuracy } = judge(corrected);
    const [n, m] = [own.stages.length, corrected.stages.length];
    const cost = meanCost(own, costs);
    return {
      score: (n * loss + m * correctedLoss) / (n + m),
      figures: { loss, accuracy, cost, correctedLoss, correctedAccuracy },
    };
  };
}

interface Answered {
  readonly logits: readonly StageVector[];
  readonly stages: readonly MaturityStage[];
}

const judge = ({ logits, stages }: Answered) => judgeLogits(logits, stages.map(stageIndex));

function meanCost({ logits, stages }: Answered, costs: CostMatrix): number {
  const calibration = fitCalibration(logits, stages);
  const total = logits.reduce((sum, z, i) => {
    const decided = minimumRisk(calibrate(z, calibration), costs);
    return sum + (costs.matrix[stageIndex(stages[i] ?? 'Benign')]?.[stageIndex(decided)] ?? 0);
  }, 0);
  return total / logits.length;
}
