import * as tf from '../../engine/tf.ts';
import { withBatchNorm } from '../fold-batch-norms.ts';
import { chain, connect, type Layer, Relu6 } from '../layers/index.ts';
import type { Stage } from '../stage.ts';

/** Convolution with SAME padding; batch norm is folded into kernel and bias, which come from a weights file. */
export const conv = (name: string, filters: number, kernelSize: number, strides = 1): Layer =>
  tf.layers.conv2d({ name, filters, kernelSize, strides, padding: 'same', kernelInitializer: 'zeros' });

const depthwise = (name: string, strides: number): Layer =>
  tf.layers.depthwiseConv2d({ name, kernelSize: 3, strides, padding: 'same', depthwiseInitializer: 'zeros' });

export const relu6 = (name: string): Layer => new Relu6({ name });

export interface BlockConfig {
  /** Keras's prefix, for instance `block_3`. */
  readonly name: string;
  readonly input: number;
  readonly output: number;
  readonly expansion: number;
  readonly stride: 1 | 2;
  /** Convolutions keep batch norms behind them, to learn with; see `foldBatchNorms`. */
  readonly batchNorm: boolean;
}

/** Inverted residual with linear bottleneck: expand 1x1, depthwise 3x3, project 1x1, added where shapes allow. */
export function invertedResidual({ name, input, output, expansion, stride, batchNorm }: BlockConfig): Stage {
  const norm = (layer: Layer) => (batchNorm ? withBatchNorm(layer) : [layer]);
  const expand = [...norm(conv(`${name}_expand`, input * expansion, 1)), relu6(`${name}_expand_relu`)];
  const layers = [
    ...(expansion > 1 ? expand : []),
    ...norm(depthwise(`${name}_depthwise`, stride)),
    relu6(`${name}_depthwise_relu`),
    ...norm(conv(`${name}_project`, output, 1)),
  ];
  if (stride > 1 || input !== output) return { tap: `${name}_project`, apply: (x) => chain(layers, x) };
  const add = tf.layers.add({ name: `${name}_add` });
  return { tap: add.name, apply: (x) => connect(add, [x, chain(layers, x)]) };
}
