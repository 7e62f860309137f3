import { namedWeights } from '../architecture/index.ts';
import type { NamedTensor } from '../artifact/index.ts';
import type * as tf from '../engine/tf.ts';

/** Copies a model's weights out of the engine, as float32, without blocking: works on graphics engines too. */
export function copyWeights(model: tf.LayersModel): Promise<NamedTensor[]> {
  return Promise.all(
    [...namedWeights(model)].map(async ([name, weight]): Promise<NamedTensor> => {
      const value = weight.read();
      return { name, dtype: 'F32', shape: value.shape, data: Float32Array.from(await value.data()) };
    }),
  );
}

/** Every trainable variable of a model, each once. */
export function trainableVariables(model: tf.LayersModel): tf.Variable[] {
  const variables = model.trainableWeights.map((w) => w.read() as tf.Variable);
  return [...new Map(variables.map((v) => [v.id, v])).values()];
}
