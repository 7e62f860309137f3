import * as tf from '../tf.ts';
import type { KernelAttributes } from './registry.ts';

export type Shape4 = [number, number, number, number];
type Pair = [number, number];

/** Where a convolution's filter meets its input: everything the gradients need, NHWC. */
export interface ConvGeometry {
  batch: number;
  input: Pair;
  output: Pair;
  filter: Pair;
  stride: Pair;
  /** Rows above and columns left of the input that the forward convolution padded with zeros. */
  before: Pair;
}

const asPair = (value: unknown): Pair =>
  Array.isArray(value) ? [value[0], value[1]] : [Number(value), Number(value)];

/** @throws Error for NCHW or dilated convolutions, which no network here uses. */
export function convGeometry(
  inputShape: Shape4,
  filterShape: Shape4,
  attributes: KernelAttributes,
  depthwise: boolean,
): ConvGeometry {
  const { strides, pad, dilations, dimRoundingMode, dataFormat } = attributes;
  if (dataFormat !== undefined && dataFormat !== 'NHWC')
    throw new Error(`No gradient for ${dataFormat} on wasm.`);
  if (asPair(dilations ?? 1).some((d) => d !== 1))
    throw new Error('No gradient for dilated convolutions on wasm.');
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides as Pair | number,
    1,
    pad as 'same' | 'valid' | number,
    dimRoundingMode as 'floor' | 'round' | 'ceil',
    depthwise,
  );
  return {
    batch: info.batchSize,
    input: [info.inHeight, info.inWidth],
    output: [info.outHeight, info.outWidth],
    filter: [info.filterHeight, info.filterWidth],
    stride: [info.strideHeight, info.strideWidth],
    before: [info.padInfo.top, info.padInfo.left],
  };
}

export const isPointwise = ({ filter, stride, before }: ConvGeometry): boolean =>
  [...filter, ...stride].every((n) => n === 1) && before.every((n) => n === 0);

/**
 * Spreads [B, h, w, C] to [B, h*s, w*s, C] with zeros after each row and column, so that a strided
 * convolution's gradient becomes one of stride 1. Two pads of a matrix: the cheapest copies wasm has.
 */
export function spread(x: tf.Tensor4D, [sy, sx]: Pair): tf.Tensor4D {
  const [b, h, w, c] = x.shape;
  let flat: tf.Tensor = x;
  if (sx > 1)
    flat = tf.pad2d(tf.reshape(flat, [b * h * w, c]), [
      [0, 0],
      [0, (sx - 1) * c],
    ]);
  if (sy > 1)
    flat = tf.pad2d(tf.reshape(flat, [b * h, w * sx * c]), [
      [0, 0],
      [0, (sy - 1) * w * sx * c],
    ]);
  return tf.reshape(flat, [b, h * sy, w * sx, c]);
}

/** The first `height` x `width` positions of the two middle axes. */
export function crop(x: tf.Tensor4D, [height, width]: Pair): tf.Tensor4D {
  const [b, h, w, c] = x.shape;
  return h === height && w === width ? x : tf.slice4d(x, [0, 0, 0, 0], [b, height, width, c]);
}

/** Zero padding that turns the (spread) output gradient into the input gradient's full convolution. */
export function fullPadding(g: ConvGeometry): [Pair, Pair, Pair, Pair] {
  const side = (axis: 0 | 1): Pair => {
    const first = g.filter[axis] - 1 - g.before[axis];
    return [first, Math.max(0, g.input[axis] - g.output[axis] * g.stride[axis] + g.before[axis])];
  };
  return [[0, 0], side(0), side(1), [0, 0]];
}
