import { beforeAll, describe, expect, it } from 'vitest';
import {
  Fade,
  LayerNorm,
  LayerScale,
  Normalise,
  namedWeights,
  readWeights,
  StochasticDepth,
} from '../architecture/index.ts';
import { maxDifference, randomiseWeights } from '../architecture/testing.ts';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { exportModel } from './export-model.ts';
import { runOnnx } from './testing.ts';

type Layers = tf.layers.Layer[];
const normalisation = { order: 'bgr', scale: [0.1, 0.2, 0.3], offset: [-1, 0, 2] } as const;
const conv = (extra: object) => tf.layers.conv2d({ filters: 4, kernelSize: 3, ...extra });

/** Sequences of layers on a map 9 x 8 x 3, one for every writer's branch. */
const CASES: Record<string, () => Layers> = {
  'SAME convolution of stride 2': () => [conv({ strides: 2, padding: 'same' })],
  'VALID convolution of stride 2 with ReLU': () => [conv({ strides: 2, activation: 'relu' })],
  'convolution without bias, 5 x 2': () => [conv({ kernelSize: [5, 2], padding: 'same', useBias: false })],
  'depthwise convolution, multiplier 2': () => [
    tf.layers.depthwiseConv2d({ kernelSize: 3, strides: 2, padding: 'same', depthMultiplier: 2 }),
  ],
  'transposed convolution': () => [
    tf.layers.conv2dTranspose({ filters: 5, kernelSize: 3, strides: 2, padding: 'same' }),
  ],
  'transposed convolution, kernel 4': () => [
    tf.layers.conv2dTranspose({ filters: 2, kernelSize: 4, strides: 2, padding: 'same' }),
  ],
  'convolution and batch norm, folded': () => [
    conv({ padding: 'same' }),
    tf.layers.batchNormalization({ epsilon: 1e-3 }),
    tf.layers.activation({ activation: 'sigmoid' }),
  ],
  'pools of odd sizes': () => [
    tf.layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
    tf.layers.averagePooling2d({ poolSize: 2, strides: 2, padding: 'same' }),
  ],
  'paler colours': () => [new Fade({ saturation: 0.3 })],
  'BGR normalisation': () => [new Normalise(normalisation)],
  'batch norm ahead of its convolution, ReLU between': () => [
    tf.layers.batchNormalization({ epsilon: 1.001e-5 }),
    tf.layers.activation({ activation: 'relu' }),
    conv({ kernelSize: 1, useBias: false }),
  ],
  'batch norm without scale and shift after a convolution with ReLU': () => [
    conv({ activation: 'relu' }),
    tf.layers.batchNormalization({ epsilon: 0.5, scale: false, center: false }),
  ],
  'zeros around a map, more at the bottom and right': () => [
    tf.layers.zeroPadding2d({
      padding: [
        [0, 2],
        [1, 3],
      ],
    }),
    conv({ strides: 2 }),
  ],
  'layer norm on a map and on a vector': () => [
    conv({}),
    new LayerNorm({ epsilon: 1e-6 }),
    tf.layers.globalAveragePooling2d({}),
    new LayerNorm({ epsilon: 1e-2 }),
  ],
  'dense layers on a map, GELU between': () => [
    tf.layers.dense({ units: 7 }),
    tf.layers.activation({ activation: 'gelu' }),
    tf.layers.dense({ units: 5, useBias: false, activation: 'relu' }),
  ],
  'dense and batch norm on a map, not folded': () => [
    tf.layers.dense({ units: 4 }),
    tf.layers.batchNormalization(),
  ],
  'layer scale on a map and on a vector': () => [
    new LayerScale({ initial: 1 }),
    tf.layers.globalAveragePooling2d({}),
    new LayerScale({ initial: 1 }),
  ],
  'stochastic depth, which rests': () => [new StochasticDepth({ rate: 0.5, seed: 3 })],
  'dense and batch norm without scale, folded': () => [
    tf.layers.globalAveragePooling2d({}),
    tf.layers.dense({ units: 6, activation: 'linear' }),
    tf.layers.batchNormalization({ scale: false }),
  ],
};

beforeAll(async () => {
  await selectEngine('wasm');
});

describe('exportModel', () => {
  it.each(Object.entries(CASES))('%s', async (_, layers) => {
    const inputs = tf.input({ shape: [9, 8, 3], name: 'image' });
    const outputs = layers().reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, inputs);
    const model = tf.model({ inputs, outputs });
    randomiseWeights(model, 6);
    const weights = new Map(readWeights(model).map((w) => [w.name, w]));
    expect(weights.size).toBe(namedWeights(model).size);
    const x = tf.randomNormal([2, 9, 8, 3], 0, 1, 'float32', 8);
    const [got = []] = await runOnnx(exportModel(model, { outputs: ['y'], weights }), { image: x }, ['y']);
    const expected = tf.tidy(() => (model.predict(x) as tf.Tensor).dataSync());
    expect(maxDifference(got, expected)).toBeLessThan(1e-5);
    x.dispose();
    model.dispose();
  });

  it('refuses layers it cannot write', () => {
    const build = (layer: tf.layers.Layer) => {
      const inputs = tf.input({ shape: [4] });
      return tf.model({ inputs, outputs: layer.apply(inputs) as tf.SymbolicTensor });
    };
    const options = { outputs: ['y'], weights: new Map() };
    expect(() => exportModel(build(tf.layers.gaussianNoise({ stddev: 1 })), options)).toThrow(
      'does not know',
    );
    expect(() => exportModel(build(tf.layers.batchNormalization()), options)).toThrow('no weight');
  });
});
