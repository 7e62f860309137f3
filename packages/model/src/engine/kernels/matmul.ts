import * as tf from '../tf.ts';
import type { KernelAttributes, KernelInputs } from './registry.ts';

const isOneMatrix = (t: tf.Tensor) => t.rank >= 2 && t.shape.slice(0, -2).every((n) => n === 1);

export const isTransposedProduct = (
  inputs: KernelInputs,
  { transposeA, transposeB }: KernelAttributes,
): boolean =>
  Boolean(transposeA || transposeB) &&
  isOneMatrix(inputs.a as tf.Tensor) &&
  isOneMatrix(inputs.b as tf.Tensor);

/** The stock kernel multiplies transposed matrices in a plain loop, ten times slower than transposing them first. */
export function transposedMatMul(
  inputs: KernelInputs,
  { transposeA, transposeB }: KernelAttributes,
): tf.Tensor {
  const a = inputs.a as tf.Tensor;
  const b = inputs.b as tf.Tensor;
  const matrix = (t: tf.Tensor): tf.Tensor2D => tf.reshape(t, t.shape.slice(-2) as [number, number]);
  const left = transposeA ? tf.transpose(matrix(a)) : matrix(a);
  const right = transposeB ? tf.transpose(matrix(b)) : matrix(b);
  const product = tf.matMul(left, right);
  const batch = (a.rank >= b.rank ? a : b).shape.slice(0, -2);
  return tf.reshape(product, [...batch, ...product.shape]);
}
