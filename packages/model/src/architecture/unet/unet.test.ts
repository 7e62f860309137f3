import { beforeAll, describe, expect, it } from 'vitest';
import { selectEngine } from '../../engine/index.ts';
import * as tf from '../../engine/tf.ts';
import { maxDifference, randomiseWeights } from '../testing.ts';
import { loadWeights, readWeights } from '../weights.ts';
import { BOTTLENECK_TAP, MASK_LOGITS_TAP, type UNetConfig } from './layers.ts';
import { buildUNet } from './unet.ts';

beforeAll(async () => {
  await selectEngine('wasm');
});

describe('buildUNet', () => {
  it.each([
    { filters: [8, 16, 32, 64], parameters: 134_274 },
    { filters: [32, 64, 128, 256], parameters: 2_140_674 },
  ])('with widths $filters has $parameters parameters and its taps', ({ filters, parameters }) => {
    const before = tf.memory().numTensors;
    const model = buildUNet({ size: 224, inputChannels: 3, maskChannels: 2, filters, seed: 1 });
    expect(model.countParams()).toBe(parameters);
    expect(model.outputs[0]?.shape).toEqual([null, 224, 224, 2]);
    expect(model.getLayer(BOTTLENECK_TAP).outputShape).toEqual([null, 28, 28, filters.at(-1)]);
    expect(model.getLayer('unet_up_3_transpose').outputShape).toEqual([null, 56, 56, filters[2]]);
    expect(model.getLayer(MASK_LOGITS_TAP).outputShape).toEqual([null, 224, 224, 2]);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('starts from its seed, and its weights load into another', () => {
    const config: UNetConfig = { size: 16, inputChannels: 3, maskChannels: 1, filters: [2, 3], seed: 1 };
    const [a, b, c] = [buildUNet(config), buildUNet(config), buildUNet({ ...config, seed: 2 })];
    const answer = (model: tf.LayersModel) =>
      tf.tidy(() =>
        (model.predict(tf.randomUniform([1, 16, 16, 3], -1, 1, 'float32', 3)) as tf.Tensor).dataSync(),
      );
    expect(maxDifference(answer(a), answer(b))).toBe(0);
    expect(maxDifference(answer(a), answer(c))).toBeGreaterThan(0.01);
    randomiseWeights(a, 4);
    loadWeights(c, new Map(readWeights(a).map((w) => [w.name, w])));
    expect(maxDifference(answer(a), answer(c))).toBe(0);
    for (const model of [a, b, c]) model.dispose();
  });

  it('refuses a size that its pools cannot halve', () => {
    expect(() =>
      buildUNet({ size: 20, inputChannels: 3, maskChannels: 1, filters: [2, 4, 8, 16], seed: 1 }),
    ).toThrow('that 8 divides');
  });

  it('learns the masks of four images', () => {
    const model = buildUNet({ size: 16, inputChannels: 3, maskChannels: 1, filters: [4, 8], seed: 1 });
    const image = tf.randomUniform([4, 16, 16, 3], -1, 1, 'float32', 7);
    const mask = tf.tidy(() =>
      tf.cast(tf.greater(tf.slice(image, [0, 0, 0, 0], [4, 16, 16, 1]), 0), 'float32'),
    );
    const optimizer = tf.train.adam(0.02);
    const step = () =>
      optimizer.minimize(
        () => tf.losses.sigmoidCrossEntropy(mask, model.apply(image, { training: true }) as tf.Tensor),
        true,
      );
    const losses = Array.from({ length: 60 }, () => tf.tidy(() => step()?.dataSync()[0] ?? Number.NaN));
    expect(losses[0]).toBeGreaterThan(0.6);
    expect(losses.at(-1)).toBeLessThan(0.1);
    for (const tensor of [image, mask]) tensor.dispose();
    optimizer.dispose();
    model.dispose();
  });
});
