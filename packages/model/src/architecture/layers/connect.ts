import * as tf from '../../engine/tf.ts';
import { mixSeed } from '../../random/index.ts';

export type Layer = tf.layers.Layer;

/** Applies a layer with one output to symbolic inputs. */
export function connect(layer: Layer, input: tf.SymbolicTensor | tf.SymbolicTensor[]): tf.SymbolicTensor {
  const output = layer.apply(input);
  if (!(output instanceof tf.SymbolicTensor))
    throw new TypeError(`${layer.name} does not give one symbolic output.`);
  return output;
}

/** Applies layers one after another. */
export const chain = (layers: readonly Layer[], input: tf.SymbolicTensor): tf.SymbolicTensor =>
  layers.reduce((x, layer) => connect(layer, x), input);

/** A seed of its own for every layer name; never 0, which tfjs takes for "no seed". */
export const layerSeed = (seed: number, name: string): number =>
  Math.abs(mixSeed(seed, ...Buffer.from(name, 'utf8'))) || 1;
