import * as tf from '../../engine/tf.ts';
import {
  chain,
  connect,
  kernelInitializer,
  type Layer,
  LayerNorm,
  LayerScale,
  layerSeed,
  StochasticDepth,
} from '../layers/index.ts';
import type { Stage } from '../stage.ts';

export const layerNorm = (name: string): Layer => new LayerNorm({ name, epsilon: 1e-6 });

/** A convolution whose windows tile the map, side by side. */
const patches = (name: string, filters: number, side: number, seed?: number): Layer =>
  tf.layers.conv2d({
    name,
    filters,
    kernelSize: side,
    strides: side,
    kernelInitializer: kernelInitializer(name, seed),
  });

/** Patches of 4 x 4 pixels, normed. */
export function stem(net: string, width: number, seed?: number): Stage {
  const norm = layerNorm(`${net}_stem_layernorm`);
  const layers = [patches(`${net}_stem_conv`, width, 4, seed), norm];
  return { tap: norm.name, apply: (x) => chain(layers, x) };
}

/** To half the size and `width` channels. */
export function downsampling(net: string, index: number, width: number, seed?: number): Stage {
  const conv = patches(`${net}_downsampling_conv_${index}`, width, 2, seed);
  const layers = [layerNorm(`${net}_downsampling_layernorm_${index}`), conv];
  return { tap: conv.name, apply: (x) => chain(layers, x) };
}

const pointwise = (name: string, units: number, seed?: number): Layer =>
  tf.layers.dense({ name, units, kernelInitializer: kernelInitializer(name, seed) });

export interface BlockConfig {
  /** Keras's prefix, for instance `convnext_base_stage_2_block_5`. */
  readonly name: string;
  readonly width: number;
  /** How often the block is skipped in training, 0..1. */
  readonly dropPath: number;
  readonly seed?: number | undefined;
}

/** 7x7 depthwise, layer norm, two dense layers with a GELU between, scaled per channel and added to the input. */
export function convNeXtBlock({ name, width, dropPath, seed }: BlockConfig): Stage {
  const rest = dropPath
    ? new StochasticDepth({
        name: `${name}_stochastic_depth`,
        rate: dropPath,
        seed: layerSeed(seed ?? 0, name),
      })
    : tf.layers.activation({ name: `${name}_identity`, activation: 'linear' });
  const layers = [
    tf.layers.depthwiseConv2d({
      name: `${name}_depthwise_conv`,
      kernelSize: 7,
      padding: 'same',
      depthwiseInitializer: kernelInitializer(`${name}_depthwise_conv`, seed),
    }),
    layerNorm(`${name}_layernorm`),
    pointwise(`${name}_pointwise_conv_1`, 4 * width, seed),
    tf.layers.activation({ name: `${name}_gelu`, activation: 'gelu' }),
    pointwise(`${name}_pointwise_conv_2`, width, seed),
    new LayerScale({ name: `${name}_layer_scale`, initial: 1e-6 }),
    rest,
  ];
  const add = tf.layers.add({ name: `${name}_add` });
  return { tap: add.name, apply: (x) => connect(add, [x, chain(layers, x)]) };
}
