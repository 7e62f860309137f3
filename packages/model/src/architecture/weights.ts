import { DomainError } from '@blastwise/contracts';
import type { NamedTensor } from '../artifact/dtype.ts';
import { fromFloat16 } from '../artifact/float16.ts';
import * as tf from '../engine/tf.ts';

/** Every weight of a model by `layer/weight`, each once, whatever suffix tfjs gave it to keep its own names unique. */
export function namedWeights(model: tf.LayersModel): Map<string, tf.LayerVariable> {
  const named = new Map<string, tf.LayerVariable>();
  for (const layer of model.layers) {
    for (const weight of layer.weights) {
      named.set(`${layer.name}/${weight.originalName.split('/').at(-1)}`, weight);
    }
  }
  return named;
}

/** Copies a model's weights out of the engine, as float32. */
export function readWeights(model: tf.LayersModel): NamedTensor[] {
  return [...namedWeights(model)].map(([name, weight]) => {
    const value = weight.read();
    return { name, dtype: 'F32', shape: value.shape, data: Float32Array.from(value.dataSync()) };
  });
}

export interface LoadWeightsOptions {
  /** Where the tensors come from, for the sentence of an error. */
  readonly label?: string;
  /** Leave weights that the file lacks as they are; by default every weight must be found. */
  readonly partial?: boolean;
}

/** Sets weights by layer name; a missing one or a wrong shape is `ARTIFACT_INVALID`. Returns how many were set. */
export function loadWeights(
  model: tf.LayersModel,
  tensors: ReadonlyMap<string, NamedTensor>,
  { label = 'The weights file', partial = false }: LoadWeightsOptions = {},
): number {
  let loaded = 0;
  for (const [name, weight] of namedWeights(model)) {
    const tensor = tensors.get(name);
    if (!tensor && partial) continue;
    if (!tensor) throw new DomainError('ARTIFACT_INVALID', `${label} lacks the weight ${name}.`);
    const expected = weight.shape;
    if (tensor.shape.join() !== expected.join()) {
      const shapes = `${tensor.shape.join('x')} instead of ${expected.join('x')}`;
      throw new DomainError('ARTIFACT_INVALID', `${label} holds ${name} as ${shapes}.`);
    }
    const value = tf.tensor(weightValues(tensor), [...tensor.shape], 'float32');
    weight.write(value);
    value.dispose();
    loaded++;
  }
  return loaded;
}

/** A weight's values as float32; other types than F32 and F16 are `ARTIFACT_INVALID`. */
export function weightValues({ name, dtype, data }: NamedTensor): Float32Array {
  if (dtype === 'F32' && data instanceof Float32Array) return data;
  if (dtype === 'F16' && data instanceof Uint16Array) return fromFloat16(data);
  throw new DomainError(
    'ARTIFACT_INVALID',
    `The weight ${name} has the type ${dtype}; only F32 and F16 are weights.`,
  );
}
