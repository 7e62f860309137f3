import * as tf from '../tf.ts';
import type { KernelAttributes, KernelInputs } from './registry.ts';

/** Whether whole numbers or truth values become float32. */
export const becomesFloat = (inputs: KernelInputs, { dtype }: KernelAttributes): boolean =>
  dtype === 'float32' && ['int32', 'bool'].includes((inputs.x as tf.Tensor).dtype);

/**
 * A cast that converts. The stock WebGPU kernel renames the type and leaves the values whole numbers, which programs
 * that copy values as they lie there (`Transpose`, and so sums over leading axes) then fail on.
 */
export const castToFloat = (inputs: KernelInputs): tf.Tensor =>
  tf.engine().runKernel('Multiply', { a: tf.scalar(1), b: inputs.x as tf.Tensor });
