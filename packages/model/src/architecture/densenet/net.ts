import * as tf from '../../engine/tf.ts';
import { chain } from '../layers/index.ts';
import type { Stage } from '../stage.ts';
import { conv, denseLayer, normRelu, transition } from './block.ts';
import type { DenseNetVariant } from './variants.ts';

/** Padding by zeros and VALID windows, as the weights were trained: SAME would pad even sizes on one side only. */
function stem(filters: number, seed?: number): Stage[] {
  const convolution = [
    tf.layers.zeroPadding2d({ name: 'zero_padding2d', padding: 3 }),
    conv({ name: 'conv1_conv', filters, kernelSize: 7, strides: 2 }, seed),
    ...normRelu('conv1_'),
  ];
  const pool = [
    tf.layers.zeroPadding2d({ name: 'zero_padding2d_1', padding: 1 }),
    tf.layers.maxPooling2d({ name: 'pool1', poolSize: 3, strides: 2 }),
  ];
  return [
    { tap: 'conv1_relu', apply: (x) => chain(convolution, x) },
    { tap: 'pool1', apply: (x) => chain(pool, x) },
  ];
}

/**
 * DenseNet without top (Huang et al. 2017), Keras's layer names: image by ImageNet's mean and spread -> map of 1/32 of
 * the size. Kernels start at zero (load them), or with a seed as for training from scratch.
 */
export function denseNetStages({ blocks, stem: filters, growth }: DenseNetVariant, seed?: number): Stage[] {
  const stages = stem(filters, seed);
  let channels = filters;
  blocks.forEach((layers, i) => {
    if (i > 0) {
      channels = Math.floor(channels / 2);
      stages.push(transition(`pool${i + 1}`, channels, seed));
    }
    for (let k = 1; k <= layers; k++) stages.push(denseLayer(`conv${i + 2}_block${k}`, growth, seed));
    channels += layers * growth;
  });
  const last = normRelu('');
  return [...stages, { tap: 'relu', apply: (x) => chain(last, x) }];
}
