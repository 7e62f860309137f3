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

  return async (): Promise<JudgedHead> =>
    judgeRows([...labelled(await askOwn(), false), ...labelled(await askCorrected(), true)], costs);
}

/** What was answered to a field, and whether it is a corrected one. */
export interface JudgedRow {
  readonly logits: StageVector;
  readonly stage: MaturityStage;
  readonly corrected: boolean;
}

/** The figures of what was answered, and the mean cross-entropy over the rows of both kinds. */
export function judgeRows(rows: readonly JudgedRow[], costs: CostMatrix): JudgedHead {
  const [own, corrected] = [rows.filter((row) => !row.corrected), rows.filter((row) => row.corrected)];
  const { loss, accuracy } = judge(own);
  const { loss: correctedLoss, accuracy: correctedAccuracy } = judge(corrected);
  return {
    score: judge(rows).loss,
    figures: { loss, accuracy, cost: meanCost(own, costs), correctedLoss, correctedAccuracy },
  };
}

interface Answered {
  readonly logits: readonly StageVector[];
  readonly stages: readonly MaturityStage[];
}

const labelled = ({ logits, stages }: Answered, corrected: boolean): JudgedRow[] =>
  logits.flatMap((z, i) => stages.slice(i, i + 1).map((stage) => ({ logits: z, stage, corrected })));

const judge = (rows: readonly JudgedRow[]) =>
  judgeLogits(
    rows.map(({ logits }) => logits),
    rows.map(({ stage }) => stageIndex(stage)),
  );

function meanCost(rows: readonly JudgedRow[], costs: CostMatrix): number {
  const calibration = fitCalibration(
    rows.map(({ logits }) => logits),
    rows.map(({ stage }) => stage),
  );
  const total = rows.reduce((sum, { logits, stage }) => {
    const decided = minimumRisk(calibrate(logits, calibration), costs);
    return sum + (costs.matrix[stageIndex(stage)]?.[stageIndex(decided)] ?? 0);
  }, 0);
  return total / rows.length;
}
