import * as tf from '../tf.ts';
import type { KernelAttributes, KernelInputs } from './registry.ts';

/** Fewer rows than this are left to the stock `Sum`. */
const WORTHWHILE = 256;
/** Most rows that one average pool adds up: short enough to keep the float32 sums exact. */
const LONGEST_BLOCK = 1024;

/** The largest divisor of `rows` that is at most {@link LONGEST_BLOCK}. */
function blockOf(rows: number): number {
  for (let block = Math.min(rows, LONGEST_BLOCK); block > 1; block--) if (rows % block === 0) return block;
  return 1;
}

/**
 * Sum of a matrix over its rows, [n, c] -> [c], in blocks that divide n: XNNPACK's average pooling reads them in
 * order, where `Sum` would transpose.
 */
export function sumLeading(x: tf.Tensor2D, block = blockOf(x.shape[0])): tf.Tensor1D {
  const [rows, channels] = x.shape;
  if (block < 8) return tf.sum(x, 0);
  const blocks: tf.Tensor4D = tf.reshape(x, [rows / block, block, 1, channels]);
  const means: tf.Tensor2D = tf.reshape(tf.avgPool(blocks, [block, 1], 1, 'valid'), [rows / block, channels]);
  return tf.mul(tf.sum(means, 0), block);
}

const summedAxes = (x: tf.Tensor, { axis }: KernelAttributes): number[] =>
  tf.util.parseAxisParam(axis as number | number[], x.shape);

/** Whether a `Sum` goes over all axes but the last (a bias gradient) of a tensor large enough to gain from it. */
export function isLeadingSum(inputs: KernelInputs, attributes: KernelAttributes): boolean {
  const x = inputs.x as tf.Tensor;
  const axes = summedAxes(x, attributes);
  const leading = x.rank >= 2 && axes.length === x.rank - 1 && !axes.includes(x.rank - 1);
  return leading && x.dtype === 'float32' && x.size / (x.shape[x.rank - 1] ?? 1) >= WORTHWHILE;
}

export function sumOverLeadingAxes(inputs: KernelInputs, attributes: KernelAttributes): tf.Tensor {
  const x = inputs.x as tf.Tensor;
  const channels = x.shape[x.rank - 1] ?? 1;
  const sum = sumLeading(tf.reshape(x, [-1, channels]));
  return attributes.keepDims ? tf.reshape(sum, [...summedAxes(x, attributes).map(() => 1), channels]) : sum;
}
