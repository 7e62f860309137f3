import * as tf from '../../engine/tf.ts';
import { chain, connect, kernelInitializer, type Layer } from '../layers/index.ts';
import type { Stage } from '../stage.ts';

/** Keras's: the weights were trained with this epsilon. */
const BATCH_NORM = { epsilon: 1.001e-5, momentum: 0.99 };

interface ConvConfig {
  readonly name: string;
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides?: number;
  readonly padding?: 'same' | 'valid';
}

export const conv = (config: ConvConfig, seed?: number): Layer =>
  tf.layers.conv2d({
    padding: 'valid',
    ...config,
    useBias: false,
    kernelInitializer: kernelInitializer(config.name, seed),
  });

/** Batch norm and ReLU, named `<prefix>bn` and `<prefix>relu`. */
export const normRelu = (prefix: string): Layer[] => [
  tf.layers.batchNormalization({ name: `${prefix}bn`, ...BATCH_NORM }),
  tf.layers.activation({ name: `${prefix}relu`, activation: 'relu' }),
];

/** Pre-activated 1x1 bottleneck of four times the growth, 3x3 convolution, joined to all that came before. */
export function denseLayer(name: string, growth: number, seed?: number): Stage {
  const layers = [
    ...normRelu(`${name}_0_`),
    conv({ name: `${name}_1_conv`, filters: 4 * growth, kernelSize: 1 }, seed),
    ...normRelu(`${name}_1_`),
    conv({ name: `${name}_2_conv`, filters: growth, kernelSize: 3, padding: 'same' }, seed),
  ];
  const concat = tf.layers.concatenate({ name: `${name}_concat` });
  return { tap: concat.name, apply: (x) => connect(concat, [x, chain(layers, x)]) };
}

/** Between dense blocks: 1x1 convolution to `filters` channels, then a 2x2 average pool. */
export function transition(name: string, filters: number, seed?: number): Stage {
  const layers = [...normRelu(`${name}_`), conv({ name: `${name}_conv`, filters, kernelSize: 1 }, seed)];
  const pool = tf.layers.averagePooling2d({ name: `${name}_pool`, poolSize: 2, strides: 2 });
  return { tap: pool.name, apply: (x) => chain([...layers, pool], x) };
}
