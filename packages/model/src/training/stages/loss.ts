import { type CostMatrix, MATURITY_STAGES } from '@blastwise/contracts';
import * as tf from '../../engine/tf.ts';
import { costRows, stageTargets, type TargetOptions } from './stage-targets.ts';

export interface StageLoss {
  readonly loss: tf.Scalar;
  /** How many samples' highest logit is the right one. */
  readonly correct: tf.Scalar;
}

const K = MATURITY_STAGES.length;

/**
 * Mean of weight[label] (and of the row) times the cross-entropy against the smoothed label, uniform under `NO_STAGE`;
 * logits [n, 4].
 */
export function stageCrossEntropy(
  logits: tf.Tensor2D,
  labels: Int32Array,
  options: TargetOptions,
): StageLoss {
  const targets = tf.tensor2d(stageTargets(labels, options), [labels.length, K]);
  const loss: tf.Scalar = tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), targets), 1)));
  const right = tf.equal(tf.argMax(logits, 1), tf.tensor1d(labels, 'int32'));
  return { loss, correct: tf.sum(tf.cast(right, 'float32')) };
}

/**
 * Mean expected cost of answering by the network's own probabilities, `sum_j p_j cost[actual][j]`, in units of the
 * dearest confusion: pulls probability away from what would be harmful.
 */
export function expectedCostLoss(
  logits: tf.Tensor2D,
  labels: Int32Array,
  costs: CostMatrix,
  rowWeights?: Float32Array,
): tf.Scalar {
  const rows = tf.tensor2d(costRows(labels, costs, rowWeights), [labels.length, K]);
  return tf.mean(tf.sum(tf.mul(tf.softmax(logits), rows), 1));
}
