import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectEngine } from '../../engine/index.ts';
import * as tf from '../../engine/tf.ts';
import { foldBatchNorms, idleBiases, withBatchNorm } from '../fold-batch-norms.ts';
import { maxDifference, randomiseWeights } from '../testing.ts';
import { namedWeights, readWeights } from '../weights.ts';
import { BATCH_NORM_EPSILON, BatchNorm, channelMoments, normaliseBatch } from './batch-norm.ts';
import { chain } from './connect.ts';

beforeAll(async () => {
  await selectEngine('wasm');
});
afterAll(() => tf.disposeVariables());

const values = (make: () => tf.Tensor) => tf.tidy(() => Float32Array.from(make().dataSync()));

describe('normaliseBatch', () => {
  it('brings channels to mean 0 and variance 1 over the batch, then scales and shifts them', () => {
    // Channel 0: 1, 3 (mean 2, variance 1); channel 1: -10, 30 (mean 10, variance 400).
    const y = values(() => {
      const x = tf.tensor4d([1, -10, 3, 30], [2, 1, 1, 2]);
      return normaliseBatch(x, tf.tensor1d([2, 1]), tf.tensor1d([0, 5]), channelMoments(x));
    });
    expect(maxDifference(y, [-2, 4, 2, 6])).toBeLessThan(2e-3);
  });

  it('has the gradients of its formula written out in differentiable steps', () => {
    const written = (x: tf.Tensor4D, gamma: tf.Tensor1D, beta: tf.Tensor1D) => {
      const centred = tf.sub(x, tf.mean(x, [0, 1, 2], true));
      const variance = tf.mean(tf.square(centred), [0, 1, 2], true);
      const normal = tf.mul(centred, tf.rsqrt(tf.add(variance, BATCH_NORM_EPSILON)));
      return tf.add(tf.mul(normal, gamma), beta) as tf.Tensor4D;
    };
    const ours = (x: tf.Tensor4D, gamma: tf.Tensor1D, beta: tf.Tensor1D) =>
      normaliseBatch(x, gamma, beta, channelMoments(x));
    const x = tf.randomNormal<tf.Rank.R4>([4, 3, 5, 6], 2, 3, 'float32', 1);
    const parameters = [
      tf.randomUniform([6], 0.5, 2, 'float32', 2),
      tf.randomNormal([6], 0, 1, 'float32', 3),
    ];
    const upstream = tf.randomNormal([4, 3, 5, 6], 0, 1, 'float32', 4);
    const gradients = (f: typeof ours) =>
      tf.grads((...args) => {
        const [image, gamma, beta] = args as unknown as Parameters<typeof ours>;
        return tf.sum(tf.mul(f(image, gamma, beta), upstream));
      })([x, ...parameters]);
    const [mine, reference] = [gradients(ours), gradients(written)];
    expect(mine).toHaveLength(3);
    mine.forEach((gradient, i) => {
      const expected = reference[i]?.dataSync() ?? [];
      const largest = Math.max(...Array.from(expected, Math.abs));
      expect(maxDifference(gradient.dataSync(), expected)).toBeLessThan(1e-5 * largest);
    });
    tf.dispose([x, parameters, upstream, mine, reference]);
  });
});

const build = () => {
  const inputs = tf.input({ shape: [6, 6, 3] });
  const layers = [
    ...withBatchNorm(tf.layers.conv2d({ name: 'first', filters: 4, kernelSize: 3, padding: 'same' })),
    ...withBatchNorm(tf.layers.depthwiseConv2d({ name: 'second', kernelSize: 3, depthMultiplier: 2 })),
  ];
  return tf.model({ inputs, outputs: chain(layers, inputs) });
};
const norms = (model: tf.LayersModel) => model.layers.filter((layer) => layer instanceof BatchNorm);
const show = (model: tf.LayersModel, x: tf.Tensor, training = false) =>
  tf.tidy(() => {
    model.apply(x, { training });
  });
const images = () => tf.randomNormal<tf.Rank.R4>([8, 6, 6, 3], 1, 2, 'float32', 7);

describe('BatchNorm', () => {
  it('starts as the identity', () => {
    const model = build();
    const x = images();
    const [before, after] = ['first', 'first_BN'].map((name) =>
      values(
        () => tf.model({ inputs: model.inputs, outputs: model.getLayer(name).output }).apply(x) as tf.Tensor,
      ),
    );
    expect(maxDifference(after ?? [], before ?? [])).toBeLessThan(1e-5);
    tf.dispose(x);
    model.dispose();
  });

  it('takes over the statistics of what it is shown and answers as before, in training on it too', () => {
    const model = build();
    randomiseWeights(model, 3);
    for (const norm of norms(model))
      norm.setWeights([1, 0, 0, 1].map((v) => tf.fill([norm.name === 'first_BN' ? 4 : 8], v)));
    const x = images();
    const answer = (training: boolean) => values(() => model.apply(x, { training }) as tf.Tensor);
    const before = answer(false);
    BatchNorm.adopt(model.layers, () => show(model, x));
    const mean = namedWeights(model).get('first_BN/moving_mean')?.read().dataSync() ?? [];
    expect(Math.max(...Array.from(mean, Math.abs))).toBeGreaterThan(0.1);
    expect(maxDifference(answer(false), before)).toBeLessThan(0.02);
    expect(maxDifference(answer(true), before)).toBeLessThan(0.02);
    tf.dispose(x);
    model.dispose();
  });

  it('lets its moving statistics follow a tenth of the way in training, not at rest, and leaks nothing', () => {
    const inputs = tf.input({ shape: [1, 1, 1] });
    const model = tf.model({
      inputs,
      outputs: new BatchNorm({ name: 'only_BN' }).apply(inputs) as tf.SymbolicTensor,
    });
    const x = tf.tensor4d([10, 30], [2, 1, 1, 1]);
    const moving = () =>
      ['mean', 'variance'].map((n) => namedWeights(model).get(`only_BN/moving_${n}`)?.read().dataSync()[0]);
    const alive = tf.memory().numTensors;
    show(model, x);
    expect(moving()[0]).toBe(0);
    show(model, x, true);
    expect(moving()[0]).toBeCloseTo(0.1 * 20, 5);
    expect(moving()[1]).toBeCloseTo(0.9 * (1 - BATCH_NORM_EPSILON) + 0.1 * 100, 4);
    expect(tf.memory().numTensors).toBe(alive);
    tf.dispose(x);
    model.dispose();
  });
});

describe('foldBatchNorms', () => {
  it('moves one channel by hand: kernel 2, bias 1, mean 3, variance 4, gamma 6, beta 5', () => {
    const scalar = (name: string, value: number) => ({
      name,
      dtype: 'F32' as const,
      shape: [1],
      data: Float32Array.of(value),
    });
    const folded = foldBatchNorms([
      { ...scalar('a/kernel', 2), shape: [1, 1, 1, 1] },
      scalar('a/bias', 1),
      scalar('a_BN/gamma', 6),
      scalar('a_BN/beta', 5),
      scalar('a_BN/moving_mean', 3),
      scalar('a_BN/moving_variance', 4 - BATCH_NORM_EPSILON),
      scalar('head/bias', 9),
    ]);
    expect(folded.map(({ name, data }) => [name, data[0]])).toEqual([
      ['a/kernel', 6],
      ['a/bias', -1],
      ['head/bias', 9],
    ]);
  });

  it('leaves the answer of convolutions and depthwise convolutions at rest as it was', () => {
    const model = build();
    randomiseWeights(model, 5);
    const x = images();
    const answer = () => values(() => model.apply(x) as tf.Tensor);
    const before = answer();
    const folded = new Map(foldBatchNorms(readWeights(model)).map((w) => [w.name, w]));
    expect([...folded.keys()].sort()).toEqual(
      ['first/bias', 'first/kernel', 'second/bias', 'second/depthwise_kernel'].sort(),
    );
    for (const [name, weight] of namedWeights(model)) {
      const tensor = folded.get(name);
      const still = /gamma/.test(name) ? 1 : /variance/.test(name) ? 1 - BATCH_NORM_EPSILON : 0;
      weight.write(
        tensor
          ? tf.tensor(tensor.data as Float32Array, [...tensor.shape])
          : tf.fill([...(weight.shape as number[])], still),
      );
    }
    expect(maxDifference(answer(), before)).toBeLessThan(1e-4);
    tf.dispose(x);
    model.dispose();
  });

  it('names the biases that batch norms take off again', () => {
    const model = build();
    expect([...idleBiases(model)].sort()).toEqual(['first/bias', 'second/bias']);
    model.dispose();
  });
});
