import * as tf from '../../engine/tf.ts';
import { connect, kernelInitializer } from '../layers/index.ts';
import type { Stage } from '../stage.ts';
import type { VggBlock } from './variants.ts';

/** 3x3 ReLU convolutions and a 2x2 max-pool, each a tap of its own: skips are read before the pool. */
export function vggBlock(name: string, { filters, convolutions }: VggBlock, seed?: number): Stage[] {
  const convs = Array.from({ length: convolutions }, (_, i) =>
    tf.layers.conv2d({
      name: `${name}_conv${i + 1}`,
      filters,
      kernelSize: 3,
      padding: 'same',
      activation: 'relu',
      kernelInitializer: kernelInitializer(`${name}_conv${i + 1}`, seed),
    }),
  );
  const pool = tf.layers.maxPooling2d({ name: `${name}_pool`, poolSize: 2, strides: 2 });
  return [...convs, pool].map((layer) => ({ tap: layer.name, apply: (x) => connect(layer, x) }));
}
