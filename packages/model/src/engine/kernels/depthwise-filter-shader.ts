import * as tf from '../tf.ts';
import { convGeometry, type Shape4 } from './geometry.ts';
import type { KernelAttributes, KernelInputs } from './registry.ts';
import { sumMiddle } from './sum-shader.ts';
import { runShader } from './wgsl.ts';

/** Positions that one invocation adds up: enough invocations for a large device, short enough sums for float32. */
const POSITIONS = 512;

const BODY = `
  let tap = coords[1];
  let channel = coords[2];
  let down = tap / uniforms.filterWidth;
  let right = tap - down * uniforms.filterWidth;
  let first = coords[0] * uniforms.rowsEach;
  let last = min(first + uniforms.rowsEach, uniforms.rows);
  var total = 0.0;
  for (var row = first; row < last; row = row + 1) {
    let image = row / uniforms.outHeight;
    let y = row - image * uniforms.outHeight;
    let yIn = y * uniforms.strideY + down - uniforms.top;
    if (yIn < 0 || yIn >= uniforms.inHeight) { continue; }
    for (var x = 0; x < uniforms.outWidth; x = x + 1) {
      let xIn = x * uniforms.strideX + right - uniforms.left;
      if (xIn < 0 || xIn >= uniforms.inWidth) { continue; }
      total = total + getX(image, yIn, xIn, channel / uniforms.multiplier) * getDy(image, y, x, channel);
    }
  }
  setOutputAtIndex(index, total);`;

/**
 * DepthwiseConv2dNativeBackpropFilter on WebGPU: x [B, H, W, C], dy [B, h, w, C*m] -> dW [kh, kw, C, m]. Neighbouring
 * invocations take neighbouring channels of the same positions, so that they read memory side by side; each adds up
 * some rows of the batch, and the parts are added after. The stock kernel gives every channel and tap one invocation.
 */
export function depthwiseFilterShader(inputs: KernelInputs, attributes: KernelAttributes): tf.Tensor {
  const x = inputs.x as tf.Tensor4D;
  const dy = inputs.dy as tf.Tensor4D;
  const filterShape = attributes.filterShape as Shape4;
  const { batch, input, output, filter, stride, before } = convGeometry(
    x.shape,
    filterShape,
    attributes,
    true,
  );
  const rows = batch * output[0];
  const rowsEach = Math.max(1, Math.round(POSITIONS / output[1]));
  const parts = Math.ceil(rows / rowsEach);
  const channels = filterShape[2] * filterShape[3];
  const partial = runShader(
    {
      shaderKey: 'depthwiseFilterGradient',
      variableNames: ['x', 'dy'],
      outputShape: [parts, filter[0] * filter[1], channels],
      uniforms: {
        rowsEach,
        rows,
        outHeight: output[0],
        outWidth: output[1],
        inHeight: input[0],
        inWidth: input[1],
        filterWidth: filter[1],
        strideY: stride[0],
        strideX: stride[1],
        top: before[0],
        left: before[1],
        multiplier: filterShape[3],
      },
      body: BODY,
    },
    [x, dy],
  );
  const parts3d: tf.Tensor3D = tf.reshape(partial, [1, parts, -1]);
  return tf.reshape(sumMiddle(parts3d), filterShape);
}
