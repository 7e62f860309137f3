import type { OutOfDistribution } from '@blastwise/contracts';
import { z } from 'zod';
import type { NamedTensor } from '../artifact/dtype.ts';
import { fromFloat16 } from '../artifact/float16.ts';
import { dot } from './subspace.ts';

/** Names the score below. */
export const OOD_METHOD = 'unit-root-feature-residual-v2';
/** Tensors of the statistics, beside the network's weights. */
export const OOD_TENSORS = { mean: 'ood/mean', components: 'ood/components' } as const;

/** The part of model.json; the mean and the directions lie with the weights. */
export const oodSchema = z.strictObject({
  method: z.literal(OOD_METHOD),
  /** Length of the residual beyond which a field is flagged. */
  threshold: z.number().positive(),
  /** Share of validation fields that pass, at least. */
  passes: z.number().gt(0).lt(1),
  /** Feature rows that the directions were taken from, and fields that the threshold was taken from. */
  n: z.strictObject({ training: z.int().positive(), validation: z.int().positive() }),
});
export type Ood = z.infer<typeof oodSchema>;

/** Mean of the training features as {@link toUnit} makes them, and orthonormal directions along which they vary. */
export interface OodStatistics {
  readonly mean: Float32Array;
  readonly components: readonly Float32Array[];
}

/**
 * The roots of a feature vector's values, at unit length: how strongly the layer answers as a whole depends on exposure
 * more than on cells, and of rectified features the few that answer strongest would drown the others (Hellinger's
 * distance between what the features answer, as for SIFT in Arandjelović & Zisserman 2012).
 */
export function toUnit(features: Float32Array): Float32Array {
  const roots = new Float32Array(features.length);
  for (let i = 0; i < roots.length; i++) {
    const value = features[i] ?? 0;
    roots[i] = Math.sign(value) * Math.sqrt(Math.abs(value));
  }
  const length = Math.sqrt(dot(roots, roots));
  if (length > 0) for (let i = 0; i < roots.length; i++) roots[i] = (roots[i] ?? 0) / length;
  return roots;
}

/**
 * Length of what the training directions cannot explain of a field's features, as {@link toUnit} makes them: the residual of principal
 * component analysis as a score of novelty (Jackson & Mudholkar 1979; ViM's residual, Wang et al. 2022). 0..2.
 */
export function oodResidual(features: Float32Array, { mean, components }: OodStatistics): number {
  const centred = toUnit(features);
  for (let i = 0; i < centred.length; i++) centred[i] = (centred[i] ?? 0) - (mean[i] ?? 0);
  const explained = components.reduce((sum, direction) => sum + dot(centred, direction) ** 2, 0);
  return Math.sqrt(Math.max(0, dot(centred, centred) - explained));
}

/** The residual against its threshold: `score` 1 is the limit, and what lies above it is flagged. */
export function outOfDistribution(
  features: Float32Array,
  { threshold }: Pick<Ood, 'threshold'>,
  statistics: OodStatistics,
): OutOfDistribution {
  const score = oodResidual(features, statistics) / threshold;
  // What is no number is nothing that was learned from.
  return { score: Number.isFinite(score) ? score : Number.MAX_VALUE, flag: !(score <= 1) };
}

const read = new WeakMap<ReadonlyMap<string, NamedTensor>, OodStatistics>();

/** The statistics that lie with a model's weights, read once; null where there are none. */
export function oodStatistics(weights: ReadonlyMap<string, NamedTensor>): OodStatistics | null {
  const known = read.get(weights);
  if (known) return known;
  const [mean, components] = [weights.get(OOD_TENSORS.mean), weights.get(OOD_TENSORS.components)];
  if (!(mean?.data instanceof Float32Array) || !(components?.data instanceof Uint16Array)) return null;
  const [count = 0, dimension = 0] = components.shape;
  const values = fromFloat16(components.data);
  const statistics = {
    mean: mean.data,
    components: Array.from({ length: count }, (_, i) => values.subarray(i * dimension, (i + 1) * dimension)),
  };
  read.set(weights, statistics);
  return statistics;
}
