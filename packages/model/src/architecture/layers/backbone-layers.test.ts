import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectEngine } from '../../engine/index.ts';
import * as tf from '../../engine/tf.ts';
import { maxDifference, randomiseWeights, savedAndLoaded } from '../testing.ts';
import { namedWeights } from '../weights.ts';
import { LayerNorm } from './layer-norm.ts';
import { LayerScale } from './layer-scale.ts';
import { setDropoutStep } from './seeded-dropout.ts';
import { StochasticDepth } from './stochastic-depth.ts';

const modelOf = (layer: tf.layers.Layer, shape: number[]) => {
  const inputs = tf.input({ shape });
  return tf.model({ inputs, outputs: layer.apply(inputs) as tf.SymbolicTensor });
};
const run = (model: tf.LayersModel, x: tf.Tensor, training = false): Float32Array =>
  tf.tidy(() => Float32Array.from((model.apply(x, { training }) as tf.Tensor).dataSync()));

beforeAll(async () => {
  await selectEngine('wasm');
});
afterAll(() => tf.disposeVariables());

describe('LayerNorm', () => {
  it('answers as the stock layer does', () => {
    const x = tf.randomNormal([2, 3, 4, 5], 7, 3, 'float32', 4);
    const ours = modelOf(new LayerNorm({ epsilon: 1e-3 }), [3, 4, 5]);
    const stock = modelOf(tf.layers.layerNormalization({ epsilon: 1e-3 }), [3, 4, 5]);
    for (const model of [ours, stock]) randomiseWeights(model, 8);
    expect(maxDifference(run(ours, x), run(stock, x))).toBeLessThan(1e-5);
    tf.dispose(x);
  });

  it('brings every position to mean 0 and variance 1, whatever its level', () => {
    const x = tf.tensor([1, 3, 1001, 1003], [1, 2, 1, 2]);
    const values = run(modelOf(new LayerNorm({ epsilon: 1e-6 }), [2, 1, 2]), x);
    expect(maxDifference(values, [-1, 1, -1, 1])).toBeLessThan(1e-4);
    tf.dispose(x);
  });
});

describe('LayerScale', () => {
  it('starts at its initial factor and multiplies every channel by its own', () => {
    const x = tf.tensor([1, 2, 3, 4], [1, 2, 1, 2]);
    const model = modelOf(new LayerScale({ initial: 0.5 }), [2, 1, 2]);
    expect([...run(model, x)]).toEqual([0.5, 1, 1.5, 2]);
    model.setWeights([tf.tensor1d([10, 100])]);
    expect([...run(model, x)]).toEqual([10, 200, 30, 400]);
    tf.dispose(x);
  });
});

describe('StochasticDepth', () => {
  const x = () => tf.ones([64, 2, 2, 3]);
  const images = (values: Float32Array) =>
    Array.from({ length: 64 }, (_, i) => [...new Set(values.subarray(i * 12, (i + 1) * 12))]);

  it('lets everything pass at rest', () => {
    const model = modelOf(new StochasticDepth({ rate: 0.25, seed: 5 }), [2, 2, 3]);
    expect(new Set(run(model, x()))).toEqual(new Set([1]));
  });

  it('drops whole images in training and scales the others up', () => {
    const model = modelOf(new StochasticDepth({ rate: 0.25, seed: 5 }), [2, 2, 3]);
    const kept = images(run(model, x(), true));
    for (const values of kept) expect(values).toHaveLength(1);
    const dropped = kept.filter(([value]) => value === 0).length;
    expect(dropped).toBeGreaterThan(6);
    expect(dropped).toBeLessThan(28);
    expect(Math.max(...kept.flat())).toBeCloseTo(4 / 3, 6);
  });

  it('draws anew at every step, repeats under one seed and goes on from a step', () => {
    const [a, b] = [5, 5].map((seed) => modelOf(new StochasticDepth({ rate: 0.5, seed }), [2, 2, 3]));
    if (!a || !b) throw new RangeError();
    const [first, second] = [run(a, x(), true), run(a, x(), true)];
    expect(second).not.toEqual(first);
    expect(run(b, x(), true)).toEqual(first);
    setDropoutStep(b, 1);
    expect(run(b, x(), true)).toEqual(second);
  });
});

it.each([
  ['LayerNorm', () => new LayerNorm({ name: 'norm', epsilon: 0.25 })],
  ['LayerScale', () => new LayerScale({ name: 'scale', initial: 0.1 })],
  ['StochasticDepth', () => new StochasticDepth({ name: 'depth', rate: 0.5, seed: 9 })],
])('%s survives saving and loading', async (_, layer) => {
  const model = modelOf(layer(), [2, 2, 3]);
  randomiseWeights(model, 3);
  const loaded = await savedAndLoaded(model);
  expect([...namedWeights(loaded).keys()]).toEqual([...namedWeights(model).keys()]);
  const x = tf.randomNormal([2, 2, 2, 3], 0, 1, 'float32', 2);
  expect(run(loaded, x, true)).toEqual(run(model, x, true));
  expect(loaded.layers[1]?.getConfig()).toEqual(model.layers[1]?.getConfig());
  tf.dispose(x);
});
