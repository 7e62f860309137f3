import * as tf from '../tf.ts';
import { convGeometry, crop, fullPadding, isPointwise, type Shape4, spread } from './geometry.ts';
import type { KernelAttributes, KernelInputs } from './registry.ts';

const geometryOf = (inputs: KernelInputs, attributes: KernelAttributes) =>
  convGeometry(attributes.inputShape as Shape4, (inputs.filter as tf.Tensor4D).shape, attributes, false);

/** Paddings wider than the filter and channels-first data are left to the stock kernel. */
export const isPlainInputGradient = (inputs: KernelInputs, attributes: KernelAttributes): boolean =>
  attributes.dataFormat === 'NHWC' &&
  fullPadding(geometryOf(inputs, attributes))
    .flat()
    .every((n) => n >= 0);

/**
 * Conv2DBackpropInput (also the forward pass of a transposed convolution): dy [B, h, w, O], filter
 * [kh, kw, I, O] -> dx [B, H, W, I], as the convolution of the spread gradient with the turned filter.
 */
export function conv2dInputGradient(inputs: KernelInputs, attributes: KernelAttributes): tf.Tensor {
  const dy = inputs.dy as tf.Tensor4D;
  const filter = inputs.filter as tf.Tensor4D;
  const g = geometryOf(inputs, attributes);
  const [, , inChannels, outChannels] = filter.shape;
  if (isPointwise(g)) {
    const weights: tf.Tensor2D = tf.reshape(filter, [inChannels, outChannels]);
    const rows: tf.Tensor2D = tf.reshape(dy, [-1, outChannels]);
    return tf.reshape(tf.matMul(rows, tf.transpose(weights)), attributes.inputShape as Shape4);
  }
  const turned: tf.Tensor4D = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
  return crop(tf.conv2d(spread(dy, g.stride), turned, 1, fullPadding(g)), g.input);
}
