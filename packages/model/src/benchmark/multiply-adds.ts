import type * as tf from '../engine/tf.ts';

const product = (shape: readonly (number | null)[]) => shape.reduce<number>((n, d) => n * (d ?? 1), 1);

/** Multiply-adds of one image through a network's convolutions and dense layers; what is left is small beside them. */
export function multiplyAdds(model: tf.LayersModel): number {
  return model.layers.reduce((sum, layer) => {
    const kernel = layer.weights.find(({ name }) => name.includes('kernel'));
    if (!kernel) return sum;
    const { outputShape } = layer;
    const positions = product((outputShape as (number | null)[]).slice(1, -1));
    return sum + positions * product(kernel.shape);
  }, 0);
}
