import * as tf from '../tf.ts';
import { type ConvGeometry, convGeometry, crop, fullPadding, type Shape4, spread } from './geometry.ts';
import type { KernelAttributes, KernelInputs } from './registry.ts';
import { sumLeading } from './sum-leading.ts';

/** Repeats each channel `times` times in place: [B, H, W, C] -> [B, H, W, C * times]. */
function repeatChannels(x: tf.Tensor4D, times: number): tf.Tensor4D {
  if (times === 1) return x;
  const [b, h, w, c] = x.shape;
  return tf.reshape(tf.tile(tf.reshape(x, [b * h * w * c, 1]), [1, times]), [b, h, w, c * times]);
}

/** DepthwiseConv2dNativeBackpropInput: dy [B, h, w, C*m], filter [kh, kw, C, m] -> dx [B, H, W, C]. */
export function depthwiseInputGradient(inputs: KernelInputs, attributes: KernelAttributes): tf.Tensor {
  const dy = inputs.dy as tf.Tensor4D;
  const filter = inputs.filter as tf.Tensor4D;
  const inputShape = attributes.inputShape as Shape4;
  const g = convGeometry(inputShape, filter.shape, attributes, true);
  const [kh, kw, channels, multiplier] = filter.shape;
  const turned: tf.Tensor4D = tf.reshape(tf.reverse(filter, [0, 1]), [kh, kw, channels * multiplier, 1]);
  // depthwiseConv2d takes one number for its padding, so the zeros are put there first.
  const padded: tf.Tensor4D = tf.pad4d(spread(dy, g.stride), fullPadding(g));
  const each = crop(tf.depthwiseConv2d(padded, turned, 1, 'valid'), g.input);
  if (multiplier === 1) return each;
  return tf.reshape(tf.sum(tf.reshape(each, [-1, multiplier]), 1), inputShape);
}

/** Values of the grid that one pass works on: small enough to stay in a core's cache between the taps. */
const PASS_SIZE = 400_000;

type Padding4 = [[number, number], [number, number], [number, number], [number, number]];

/**
 * DepthwiseConv2dNativeBackpropFilter: x [B, H, W, C], dy [B, h, w, C*m] -> dW [kh, kw, C, m].
 *
 * `x` (zero padded) and the spread `dy` are laid on one common grid, whose rows are then joined to one long
 * list of positions. There a filter offset is a plain shift, a contiguous slice, and the positions that a
 * shift carries over an edge meet the zeros beside `dy`.
 */
export function depthwiseFilterGradient(inputs: KernelInputs, attributes: KernelAttributes): tf.Tensor {
  const x = inputs.x as tf.Tensor4D;
  const dy = inputs.dy as tf.Tensor4D;
  const filterShape = attributes.filterShape as Shape4;
  const g = convGeometry(x.shape, filterShape, attributes, true);
  const [, , channels, multiplier] = filterShape;
  const list = repeatChannels(x, multiplier);
  const gridSize = ([0, 1] as const).map((axis) =>
    Math.max(g.output[axis] * g.stride[axis] + g.filter[axis] - 1, g.input[axis] + g.before[axis]),
  ) as [number, number];
  const images = Math.max(1, Math.floor(PASS_SIZE / (gridSize[0] * gridSize[1] * channels * multiplier)));
  let total: tf.Tensor | undefined;
  for (let first = 0; first < g.batch; first += images) {
    const part = (t: tf.Tensor4D): tf.Tensor4D =>
      tf.slice4d(t, [first, 0, 0, 0], [Math.min(images, g.batch - first), -1, -1, -1]);
    const sums = tf.tidy(() => tapSums(part(list), spread(part(dy), g.stride), gridSize, g));
    const next = total ? tf.add(total, sums) : sums;
    if (total) tf.dispose([total, sums]);
    total = next;
  }
  return tf.reshape(total as tf.Tensor, filterShape);
}

/** For every filter offset the sum over all positions of the shifted `x` times `dy`: [kh * kw, channels]. */
function tapSums(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  [gridHeight, gridWidth]: [number, number],
  g: ConvGeometry,
): tf.Tensor {
  const [images, , , channels] = x.shape;
  const [kh, kw] = g.filter;
  const positions = images * gridHeight * gridWidth;
  const reach = (kh - 1) * gridWidth + kw - 1;
  const onGrid = (t: tf.Tensor4D, [top, left]: readonly [number, number]): tf.Tensor2D => {
    const [, h, w] = t.shape;
    const padding: Padding4 = [
      [0, 0],
      [top, gridHeight - h - top],
      [left, gridWidth - w - left],
      [0, 0],
    ];
    return tf.reshape(tf.pad4d(t, padding), [positions, channels]);
  };
  const list = tf.pad2d(onGrid(x, g.before), [
    [0, reach],
    [0, 0],
  ]);
  const gradients = onGrid(dy, [0, 0]);
  const taps = Array.from({ length: kh * kw }, (_, tap) =>
    tf.tidy(() => {
      const shift = Math.floor(tap / kw) * gridWidth + (tap % kw);
      const products = tf.mul(tf.slice2d(list, [shift, 0], [positions, channels]), gradients);
      return tf.reshape(sumLeading(products as tf.Tensor2D, gridHeight * gridWidth), [1, channels]);
    }),
  );
  return tf.concat(taps, 0);
}
