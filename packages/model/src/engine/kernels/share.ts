import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '../tf.ts';
import type { KernelAttributes, KernelInputs } from './registry.ts';

export const isNumeric = (inputs: KernelInputs): boolean => (inputs.x as tf.Tensor).dtype !== 'string';

/** Whether a `Transpose` leaves every axis where it is: dense layers on maps do that to their kernel. */
export const movesNoAxis = (inputs: KernelInputs, { perm }: KernelAttributes): boolean =>
  isNumeric(inputs) && (perm as number[]).every((axis, i) => axis === i);

/**
 * A second tensor of the same values, which the engine counts as it does for `Reshape`. The stock kernels copy them,
 * and every tensor that a gradient will need is cloned: a training step held each of its maps and weights twice.
 */
export function shareValues(inputs: KernelInputs): tf.Tensor {
  const { dataId, shape, dtype } = inputs.x as tf.Tensor;
  (tf.backend() as BackendWasm).incRef(dataId);
  return tf.engine().makeTensorFromTensorInfo({ dataId, shape, dtype });
}
