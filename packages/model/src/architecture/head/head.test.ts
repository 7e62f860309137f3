import { beforeAll, describe, expect, it } from 'vitest';
import { selectEngine } from '../../engine/index.ts';
import * as tf from '../../engine/tf.ts';
import { SeededDropout, setDropoutStep } from '../layers/index.ts';
import { randomiseWeights } from '../testing.ts';
import { buildHead, STAGE_LOGITS_TAP } from './head.ts';

const SMALL = {
  widths: [8, 8],
  dropout: 0.5,
  l2: 0.01,
  batchNorm: { epsilon: 1e-3, momentum: 0.9 },
  seed: 1,
  features: 6,
};

beforeAll(async () => {
  await selectEngine('wasm');
});

describe('buildHead', () => {
  it('has the published sizes, penalises its three kernels and frees every tensor', () => {
    const before = tf.memory().numTensors;
    const model = buildHead({ ...SMALL, widths: [512, 256, 128], features: 1408 });
    expect(model.countParams()).toBe(889_732);
    expect(model.getLayer('head_2_dense').outputShape).toEqual([null, 256]);
    expect(model.getLayer(STAGE_LOGITS_TAP).outputShape).toEqual([null, 4]);
    expect(tf.tidy(() => model.calculateLosses().length)).toBe(3);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('drops other units at every step, the same ones when the steps are drawn again', () => {
    const model = buildHead(SMALL);
    randomiseWeights(model, 5);
    const x = tf.randomNormal([3, 6], 0, 1, 'float32', 3);
    const answer = (training: boolean) => [
      ...tf.tidy(() => (model.apply(x, { training }) as tf.Tensor).dataSync()),
    ];
    const atRest = answer(false);
    expect(answer(false)).toEqual(atRest);
    setDropoutStep(model, 0);
    const [first, second] = [answer(true), answer(true)];
    expect(second).not.toEqual(first);
    setDropoutStep(model, 1);
    expect(answer(true)).toEqual(second);
    x.dispose();
    model.dispose();
  });

  it('starts undecided, whatever it is shown', () => {
    const model = buildHead(SMALL);
    const logits = tf.tidy(() => (model.apply(tf.randomNormal([3, 6])) as tf.Tensor).dataSync());
    expect([...logits]).toEqual(new Array(12).fill(0));
    model.dispose();
  });

  it('learns four vectors', () => {
    const model = buildHead({ ...SMALL, dropout: 0, l2: 0 });
    const x = tf.randomNormal([4, 6], 0, 1, 'float32', 3);
    const y = tf.oneHot(tf.tensor1d([0, 1, 2, 3], 'int32'), 4);
    const optimizer = tf.train.adam(0.05);
    const loss = () =>
      tf.losses.softmaxCrossEntropy(y, model.apply(x, { training: true }) as tf.Tensor) as tf.Scalar;
    for (let i = 0; i < 80; i++) optimizer.minimize(loss);
    expect(tf.tidy(() => loss().dataSync()[0])).toBeLessThan(0.05);
    for (const tensor of [x, y]) tensor.dispose();
    optimizer.dispose();
    model.dispose();
  });
});

describe('SeededDropout', () => {
  it('keeps the expected sum and is the identity at rest', () => {
    const layer = new SeededDropout({ rate: 0.7, seed: 3 });
    tf.tidy(() => {
      const x = tf.ones([100, 100]);
      const dropped = layer.apply(x, { training: true }) as tf.Tensor;
      expect(Math.abs((tf.mean(dropped).dataSync()[0] ?? 0) - 1)).toBeLessThan(0.05);
      expect((layer.apply(x) as tf.Tensor).dataSync()).toEqual(x.dataSync());
    });
  });
});
