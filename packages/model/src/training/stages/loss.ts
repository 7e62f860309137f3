import { type CostMatrix, MATURITY_STAGES } from '@blastwise/contracts';
import * as tf from '../../engine/tf.ts';

export interface StageLossOptions {
  /** Loss weight of each stage. */
  readonly weights: readonly number[];
  /** Share of the target spread evenly over the stages (Szegedy et al. 2016). */
  readonly smoothing: number;
  /** Further weight of each row; 1 where not given. */
  readonly rowWeights?: Float32Array;
}

export interface StageLoss {
  readonly loss: tf.Scalar;
  /** How many samples' highest logit is the right one. */
  readonly correct: tf.Scalar;
}

const K = MATURITY_STAGES.length;

/** Label of a field that shows no stage, for its white cells are gone: the network shall lean to none. */
export const NO_STAGE = -1;

/**
 * Mean of weight[label] (and of the row) times the cross-entropy against the smoothed label, uniform under `NO_STAGE`;
 * logits [n, 4].
 */
export function stageCrossEntropy(
  logits: tf.Tensor2D,
  labels: Int32Array,
  { weights, smoothing, rowWeights }: StageLossOptions,
): StageLoss {
  const targets = new Float32Array(labels.length * K).fill(smoothing / K);
  labels.forEach((label, i) => {
    if (label === NO_STAGE) {
      targets.fill(1 / K, i * K, (i + 1) * K);
      return;
    }
    const weight = (weights[label] ?? 1) * (rowWeights?.[i] ?? 1);
    for (let k = 0; k < K; k++) {
      targets[i * K + k] = weight * ((targets[i * K + k] ?? 0) + (k === label ? 1 - smoothing : 0));
    }
  });
  const loss: tf.Scalar = tf.neg(
    tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), tf.tensor2d(targets, [labels.length, K])), 1)),
  );
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
  { matrix }: CostMatrix,
  rowWeights?: Float32Array,
): tf.Scalar {
  const dearest = Math.max(...matrix.flat());
  const rows = [...labels].flatMap((label, i) => {
    const unit = (rowWeights?.[i] ?? 1) / dearest;
    return label === NO_STAGE ? matrix.map(() => 0) : [...(matrix[label] ?? [])].map((cost) => cost * unit);
  });
  return tf.mean(tf.sum(tf.mul(tf.softmax(logits), tf.tensor2d(rows, [labels.length, K])), 1));
}
