import { z } from 'zod';
import type * as tf from '../../engine/tf.ts';
import { type OperatorContext, requiredWeight, weight } from './context.ts';

/** A batch norm at rest: y = x * scale + offset, to be folded into the linear layer before it. */
export interface Affine {
  /** The values times the scale of their last axis. */
  scaleLastAxis(values: Float32Array): Float32Array;
  /** The bias after folding. */
  shift(bias: Float32Array | undefined): Float32Array;
}

/** scale = gamma / sqrt(variance + epsilon), offset = beta - mean * scale (Ioffe and Szegedy 2015). */
export function affineOf(context: OperatorContext, layer: tf.layers.Layer): Affine {
  const { epsilon } = z.object({ epsilon: z.number() }).parse(layer.getConfig());
  const mean = requiredWeight(context, layer, 'moving_mean').data;
  const variance = requiredWeight(context, layer, 'moving_variance').data;
  const gamma = weight(context, layer, 'gamma')?.data;
  const beta = weight(context, layer, 'beta')?.data;
  const scale = Array.from(variance, (v, i) => (gamma?.[i] ?? 1) / Math.sqrt(v + epsilon));
  const channels = scale.length;
  return {
    scaleLastAxis: (values) => values.map((v, i) => v * (scale[i % channels] ?? 0)),
    shift: (bias) =>
      Float32Array.from(scale, (s, i) => (beta?.[i] ?? 0) + ((bias?.[i] ?? 0) - (mean[i] ?? 0)) * s),
  };
}
