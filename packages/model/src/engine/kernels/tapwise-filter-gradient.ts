import * as tf from '../tf.ts';
import { convGeometry, type Shape4 } from './geometry.ts';
import type { KernelAttributes, KernelInputs } from './registry.ts';
import { sumMiddle } from './sum-shader.ts';

/** Tiles of 32 x 32 that a matrix product should have to keep a large device busy. */
const TILES = 512;

/**
 * Transposed `a` [k, i] times `b` [k, o] -> [i, o], k long: batched over parts of k, [s, i, o], which are added after. tfjs's own
 * way for a long k lets hundreds of workgroups wait for each other to add to the same value.
 */
function longProduct(a: tf.Tensor4D, b: tf.Tensor4D): tf.Tensor {
  const [batch, height, width, inChannels] = a.shape;
  const outChannels = b.shape[3];
  const tiles = Math.ceil(inChannels / 32) * Math.ceil(outChannels / 32);
  const parts = tiles >= TILES ? 1 : tiles * batch >= TILES || width < 16 ? batch : batch * height;
  const length = (batch * height * width) / parts;
  const left: tf.Tensor3D = tf.reshape(a, [parts, length, inChannels]);
  const right: tf.Tensor3D = tf.reshape(b, [parts, length, outChannels]);
  const products = tf.matMul(left, right, true, false);
  const flat: tf.Tensor3D = tf.reshape(products, [1, parts, inChannels * outChannels]);
  return tf.reshape(sumMiddle(flat), [inChannels, outChannels]);
}

/** Channels-first data and dilated filters are left to the stock kernel. */
export const isUndilated = (_: KernelInputs, { dataFormat, dilations }: KernelAttributes): boolean =>
  (dataFormat === undefined || dataFormat === 'NHWC') && [dilations ?? 1].flat().every((d) => d === 1);

/**
 * Conv2DBackpropFilter for a graphics engine: x [B, H, W, I], dy [B, h, w, O] -> dW [kh, kw, I, O], for every tap of the
 * filter the matrix product of what it saw, [B h w, I], with the gradient, [B h w, O].
 */
export function tapwiseFilterGradient(inputs: KernelInputs, attributes: KernelAttributes): tf.Tensor {
  const x = inputs.x as tf.Tensor4D;
  const dy = inputs.dy as tf.Tensor4D;
  const filterShape = attributes.filterShape as Shape4;
  const { batch, input, output, filter, stride, before } = convGeometry(
    x.shape,
    filterShape,
    attributes,
    false,
  );
  const inChannels = filterShape[2];
  const reach = ([0, 1] as const).map((axis) => (output[axis] - 1) * stride[axis] + filter[axis]);
  const room = ([0, 1] as const).map((axis): [number, number] => [
    before[axis],
    Math.max(0, (reach[axis] ?? 0) - input[axis] - before[axis]),
  ]) as [[number, number], [number, number]];
  const isPadded = room.flat().some((n) => n > 0);
  const padded: tf.Tensor4D = isPadded ? tf.pad4d(x, [[0, 0], ...room, [0, 0]]) : x;
  const taps = Array.from({ length: filter[0] * filter[1] }, (_, tap) =>
    tf.tidy(() => {
      const from = [Math.floor(tap / filter[1]), tap % filter[1]] as const;
      const to = ([0, 1] as const).map((axis) => from[axis] + (output[axis] - 1) * stride[axis] + 1);
      const seen = tf.stridedSlice(
        padded,
        [0, from[0], from[1], 0],
        [batch, to[0] ?? 0, to[1] ?? 0, inChannels],
        [1, stride[0], stride[1], 1],
      );
      return longProduct(seen as tf.Tensor4D, dy);
    }),
  );
  return tf.reshape(taps.length === 1 ? (taps[0] as tf.Tensor) : tf.stack(taps), filterShape);
}
