import * as tf from '../../engine/tf.ts';

/**
 * Pixel-wise cross-entropy of mask logits against 0|1 labels, mean over all pixels, without overflow.
 *
 * @param weights how much each pixel counts, of a shape that spreads over the logits'; 1 where not given.
 */
export function maskCrossEntropy(logits: tf.Tensor, labels: tf.Tensor, weights?: tf.Tensor): tf.Scalar {
  const each = tf.sub(tf.softplus(logits), tf.mul(logits, labels));
  return tf.mean(weights ? tf.mul(each, weights) : each);
}

/**
 * 1 - soft Dice of the whole batch, mean over the channels of maps [n,s,s,m]: insensitive to how few pixels the cells
 * cover (Milletari et al. 2016). `weights` as in `maskCrossEntropy`: a pixel of weight 4 counts as four.
 */
export function softDiceLoss(logits: tf.Tensor, labels: tf.Tensor, weights?: tf.Tensor): tf.Scalar {
  const weighted = (values: tf.Tensor) => (weights ? tf.mul(values, weights) : values);
  const probabilities = tf.sigmoid(logits);
  const pixels = logits.rank === 4 ? [0, 1, 2] : undefined;
  const overlap = tf.sum(weighted(tf.mul(probabilities, labels)), pixels);
  const area = tf.add(tf.sum(weighted(probabilities), pixels), tf.sum(weighted(labels), pixels));
  return tf.sub(1, tf.mean(tf.div(tf.add(tf.mul(overlap, 2), 1), tf.add(area, 1))));
}

export interface Overlap {
  readonly dice: number;
  readonly iou: number;
}

/** Dice and intersection over union of masks cut at logit 0 (probability 1/2), over all pixels given. */
export function overlap(logits: ArrayLike<number>, labels: ArrayLike<number>): Overlap {
  let [both, either, sum] = [0, 0, 0];
  for (let i = 0; i < logits.length; i++) {
    const [p, t] = [(logits[i] ?? 0) > 0, (labels[i] ?? 0) > 0];
    if (p && t) both++;
    if (p || t) either++;
    sum += Number(p) + Number(t);
  }
  return { dice: sum === 0 ? 1 : (2 * both) / sum, iou: either === 0 ? 1 : both / either };
}
