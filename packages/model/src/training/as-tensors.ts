import * as tf from '../engine/tf.ts';

/** Values of a model's inputs, in its order, as tensors of n rows. */
export const asTensors = (model: tf.LayersModel, inputs: readonly Float32Array[], n: number): tf.Tensor[] =>
  model.inputs.map(({ shape }, i) => tf.tensor(inputs[i] ?? [], [n, ...shape.slice(1).map((d) => d ?? 1)]));
