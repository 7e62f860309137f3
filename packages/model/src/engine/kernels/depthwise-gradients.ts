import * as tf from '../tf.ts';
import { convGeometry, crop, fullPadding, type Shape4, spread } from './geometry.ts';
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
  const [kh, kw, , multiplier] = filterShape;
  const channels = dy.shape[3];
  const spreadSize = [g.output[0] * g.stride[0], g.output[1] * g.stride[1]] as const;
  const gridHeight = Math.max(spreadSize[0] + kh - 1, g.input[0] + g.before[0]);
  const gridWidth = Math.max(spreadSize[1] + kw - 1, g.input[1] + g.before[1]);
  const positions = g.batch * gridHeight * gridWidth;

  const onGrid = (t: tf.Tensor4D, [top, left]: readonly [number, number]): tf.Tensor2D => {
    const [, h, w] = t.shape;
    const padding: [[number, number], [number, number], [number, number], [number, number]] = [
      [0, 0],
      [top, gridHeight - h - top],
      [left, gridWidth - w - left],
      [0, 0],
    ];
    return tf.reshape(tf.pad4d(t, padding), [positions, channels]);
  };
  const list = onGrid(repeatChannels(x, multiplier), g.before);
  const reach = positions - (kh - 1) * gridWidth - (kw - 1);
  const gradients = tf.slice2d(onGrid(spread(dy, g.stride), [0, 0]), [0, 0], [reach, channels]);

  const taps: tf.Tensor2D[] = [];
  for (let i = 0; i < kh; i++) {
    for (let j = 0; j < kw; j++) {
      taps.push(
        tf.tidy(() => {
          const shifted = tf.slice2d(list, [i * gridWidth + j, 0], [reach, channels]);
          return tf.reshape(sumLeading(tf.mul(shifted, gradients)), [1, channels]);
        }),
      );
    }
  }
  return tf.reshape(tf.concat(taps, 0), filterShape);
}
