import * as tf from '../tf.ts';
import type { KernelAttributes, KernelInputs } from './registry.ts';
import { runShader } from './wgsl.ts';

/** Invocations that keep a large device busy. */
const INVOCATIONS = 65_536;
/** Fewer values than this are not worth a second pass. */
const SHORT = 64;

const BODY = `
  let first = coords[1] * uniforms.each;
  let last = min(first + uniforms.each, uniforms.length);
  var total = 0.0;
  for (var i = first; i < last; i = i + 1) { total = total + getX(coords[0], i, coords[2]); }
  setOutputAtIndex(index, total);`;

/**
 * Sum over the middle axis on WebGPU, [a, k, c] -> [a, c]: neighbouring invocations take neighbouring channels and so
 * read memory side by side; long axes are cut in parts that are added after. Sums in a fixed order: the same values
 * give the same sum.
 */
export function sumMiddle(x: tf.Tensor3D): tf.Tensor2D {
  const [a, length, channels] = x.shape;
  const wanted = Math.ceil(INVOCATIONS / (a * channels));
  const parts = length <= SHORT ? 1 : Math.min(wanted, Math.ceil(Math.sqrt(length)));
  const shader = {
    shaderKey: 'sumMiddle',
    variableNames: ['x'],
    outputShape: [a, parts, channels],
    uniforms: { length, each: Math.ceil(length / parts) },
    body: BODY,
  };
  const sums = runShader(shader, [x]) as tf.Tensor3D;
  return parts === 1 ? tf.reshape(sums, [a, channels]) : sumMiddle(sums);
}

/** `Sum` over all axes but the last (`isLeadingSum`). */
export function sumLeadingShader(inputs: KernelInputs, { keepDims }: KernelAttributes): tf.Tensor {
  const x = inputs.x as tf.Tensor;
  const channels = x.shape[x.rank - 1] ?? 1;
  const sums = sumMiddle(tf.reshape(x, [1, -1, channels]));
  return tf.reshape(sums, keepDims === true ? [...x.shape.slice(1).map(() => 1), channels] : [channels]);
}

/** Whether an average pool goes over the whole map. */
export function isGlobalPool(inputs: KernelInputs, { filterSize, pad }: KernelAttributes): boolean {
  const [, height, width] = (inputs.x as tf.Tensor4D).shape;
  const [down, right] = [filterSize].flat(2) as number[];
  return pad === 'valid' && down === height && (right ?? down) === width;
}

/** `AvgPool` of [n, h, w, c] over its whole map: [n, 1, 1, c]. The stock kernel gives every mean one invocation. */
export function globalPoolShader(inputs: KernelInputs): tf.Tensor {
  const x = inputs.x as tf.Tensor4D;
  const [n, height, width, channels] = x.shape;
  const sums = sumMiddle(tf.reshape(x, [n, height * width, channels]));
  return tf.reshape(tf.mul(sums, 1 / (height * width)), [n, 1, 1, channels]);
}
