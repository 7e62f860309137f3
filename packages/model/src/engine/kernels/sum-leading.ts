import * as tf from '../tf.ts';
import type { KernelAttributes, KernelInputs } from './registry.ts';

/** Rows that one average pool adds up: long enough to be fast, short enough to keep float32 sums exact. */
const BLOCK = 256;

/** Sum of a matrix over its rows, [n, c] -> [c]: XNNPACK's average pooling reads it in order, `Sum` would transpose. */
export function sumLeading(x: tf.Tensor2D): tf.Tensor1D {
  const [rows, channels] = x.shape;
  const blocks = Math.floor(rows / BLOCK);
  if (blocks === 0) return tf.sum(x, 0);
  const whole = tf.reshape(blocks * BLOCK === rows ? x : tf.slice2d(x, [0, 0], [blocks * BLOCK, channels]), [
    blocks,
    BLOCK,
    1,
    channels,
  ]) as tf.Tensor4D;
  const means: tf.Tensor2D = tf.reshape(tf.avgPool(whole, [BLOCK, 1], 1, 'valid'), [blocks, channels]);
  const total: tf.Tensor1D = tf.sum(tf.mul(means, BLOCK), 0);
  if (blocks * BLOCK === rows) return total;
  return tf.add(total, tf.sum(tf.slice2d(x, [blocks * BLOCK, 0], [rows - blocks * BLOCK, channels]), 0));
}

const summedAxes = (x: tf.Tensor, { axis }: KernelAttributes): number[] =>
  tf.util.parseAxisParam(axis as number | number[], x.shape);

/** Whether a `Sum` goes over all axes but the last (a bias gradient) of a tensor large enough to gain from it. */
export function isLeadingSum(inputs: KernelInputs, attributes: KernelAttributes): boolean {
  const x = inputs.x as tf.Tensor;
  const axes = summedAxes(x, attributes);
  const leading = x.rank >= 2 && axes.length === x.rank - 1 && !axes.includes(x.rank - 1);
  return leading && x.dtype === 'float32' && x.size / (x.shape[x.rank - 1] ?? 1) >= BLOCK;
}

export function sumOverLeadingAxes(inputs: KernelInputs, attributes: KernelAttributes): tf.Tensor {
  const x = inputs.x as tf.Tensor;
  const channels = x.shape[x.rank - 1] ?? 1;
  const sum = sumLeading(tf.reshape(x, [-1, channels]));
  return attributes.keepDims ? tf.reshape(sum, [...summedAxes(x, attributes).map(() => 1), channels]) : sum;
}
