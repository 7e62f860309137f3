import type * as tf from '../engine/tf.ts';

/**
 * Freezes a network's layers up to and with the named one. Their batch norms go by the statistics that they have learned,
 * also in training: tfjs by itself only keeps a frozen one's scale and shift, and would follow the batches all the same.
 */
export function freezeThrough(network: tf.LayersModel, name: string): void {
  const last = network.layers.findIndex((layer) => layer.name === name);
  if (last < 0) throw new RangeError(`${network.name} has no layer ${name} to be frozen.`);
  for (const layer of network.layers.slice(0, last + 1)) {
    layer.trainable = false;
    const call = layer.call.bind(layer);
    layer.call = (inputs, kwargs) => call(inputs, { ...kwargs, training: false });
  }
}
