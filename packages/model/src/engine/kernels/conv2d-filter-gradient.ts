import * as tf from '../tf.ts';
import { type ConvGeometry, convGeometry, crop, isPointwise, type Shape4 } from './geometry.ts';
import type { KernelAttributes, KernelInputs } from './registry.ts';

/** A 1 x 1 convolution is a matrix product; so is its filter gradient. The smaller factor comes second: it gets packed. */
function pointwise(x: tf.Tensor4D, dy: tf.Tensor4D): tf.Tensor4D {
  const [inChannels, outChannels] = [x.shape[3], dy.shape[3]];
  const columns: tf.Tensor2D = tf.reshape(x, [-1, inChannels]);
  const gradients: tf.Tensor2D = tf.reshape(dy, [-1, outChannels]);
  const filter =
    inChannels < outChannels
      ? tf.transpose(tf.matMul(tf.transpose(gradients), columns))
      : tf.matMul(tf.transpose(columns), gradients);
  return tf.reshape(filter, [1, 1, inChannels, outChannels]);
}

/**
 * The filter gradient as one convolution: channels of `x` become the batch, the batch becomes the channels,
 * the output gradient is the filter, and the forward stride its dilation.
 */
function asConvolution(x: tf.Tensor4D, dy: tf.Tensor4D, g: ConvGeometry): tf.Tensor4D {
  const after = ([0, 1] as const).map((axis) =>
    Math.max(0, (g.output[axis] - 1) * g.stride[axis] + g.filter[axis] - g.input[axis] - g.before[axis]),
  );
  const image: tf.Tensor4D = tf.transpose(x, [3, 1, 2, 0]);
  const filter: tf.Tensor4D = tf.transpose(dy, [1, 2, 0, 3]);
  const padding: [[number, number], [number, number], [number, number], [number, number]] = [
    [0, 0],
    [g.before[0], after[0] ?? 0],
    [g.before[1], after[1] ?? 0],
    [0, 0],
  ];
  const gradient: tf.Tensor4D = tf.conv2d(image, filter, 1, padding, 'NHWC', g.stride);
  return tf.transpose(crop(gradient, g.filter), [1, 2, 0, 3]);
}

/** Conv2DBackpropFilter: x [B, H, W, I], dy [B, h, w, O] -> dW [kh, kw, I, O]. */
export function conv2dFilterGradient(inputs: KernelInputs, attributes: KernelAttributes): tf.Tensor {
  const x = inputs.x as tf.Tensor4D;
  const dy = inputs.dy as tf.Tensor4D;
  const g = convGeometry(x.shape, attributes.filterShape as Shape4, attributes, false);
  return isPointwise(g) ? pointwise(x, dy) : asConvolution(x, dy, g);
}
