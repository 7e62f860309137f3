import type { NamedTensor } from '../artifact/dtype.ts';
import type * as tf from '../engine/tf.ts';
import { BATCH_NORM_EPSILON, BatchNorm, type Layer } from './layers/index.ts';
import { weightValues } from './weights.ts';

const SUFFIX = '_BN';

/** The convolution and, behind it, the batch norm that once was folded into its filters; it starts as the identity. */
export const withBatchNorm = (convolution: Layer): Layer[] => [
  convolution,
  new BatchNorm({ name: `${convolution.name}${SUFFIX}` }),
];

/**
 * Names of the biases that a batch norm takes off again: they move nothing, and their gradients are nothing but rounding
 * errors, which Adam would scale up to steps of full size.
 */
export const idleBiases = (model: tf.LayersModel): Set<string> =>
  new Set(
    model.layers
      .filter((layer) => layer instanceof BatchNorm)
      .map(({ name }) => `${name.slice(0, -SUFFIX.length)}/bias`),
  );

/**
 * Weights without batch norms: each goes, at its moving statistics, into the filters [...,c] and the bias [c] of the
 * convolution before it: kernel gamma / sigma, (bias - mean) gamma / sigma + beta. Other weights pass as they are.
 */
export function foldBatchNorms(weights: readonly NamedTensor[]): NamedTensor[] {
  const byName = new Map(weights.map((w) => [w.name, w]));
  const read = (name: string): Float32Array => {
    const weight = byName.get(name);
    if (!weight) throw new RangeError(`There is no weight ${name} to be folded.`);
    return weightValues(weight);
  };
  const layerOf = (name: string) => name.slice(0, name.lastIndexOf('/'));
  const norms = new Set(weights.map(({ name }) => layerOf(name)).filter((layer) => layer.endsWith(SUFFIX)));
  return weights.flatMap((weight) => {
    const layer = layerOf(weight.name);
    if (norms.has(layer)) return [];
    const norm = `${layer}${SUFFIX}`;
    if (!norms.has(norm)) return [weight];
    const [gamma, beta] = [read(`${norm}/gamma`), read(`${norm}/beta`)];
    const [mean, variance] = [read(`${norm}/moving_mean`), read(`${norm}/moving_variance`)];
    const scale = gamma.map((g, c) => g / Math.sqrt((variance[c] ?? 0) + BATCH_NORM_EPSILON));
    const data = weightValues(weight).map((value, i) => {
      const c = i % scale.length;
      const s = scale[c] ?? 0;
      return weight.name.endsWith('/bias') ? (value - (mean[c] ?? 0)) * s + (beta[c] ?? 0) : value * s;
    });
    return [{ ...weight, dtype: 'F32' as const, data }];
  });
}
