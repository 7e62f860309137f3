import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors } from '../../artifact/safetensors.ts';
import { selectEngine } from '../../engine/index.ts';
import * as tf from '../../engine/tf.ts';
import { maxDifference, randomiseWeights } from '../testing.ts';
import { loadWeights, readWeights } from '../weights.ts';
import { buildMobileNetV2, mobileNetV2Stages } from './net.ts';
import { widen } from './variants.ts';

const file = (name: string) =>
  new URL(`../../../../../../shared/data/weights/mobilenetv2-1.0-224-${name}.safetensors`, import.meta.url);

beforeAll(async () => {
  await selectEngine('wasm');
});
afterAll(() => tf.disposeVariables());

describe('buildMobileNetV2', () => {
  it.each([
    [10, 1, 16],
    [32, 1, 32],
    [16, 0.35, 8],
    [24, 0.35, 8],
    [32, 0.75, 24],
  ])('%d channels at width %d are %d', (channels, alpha, expected) => {
    expect(widen(channels, alpha)).toBe(expected);
  });

  it('has the shapes and parameters of the paper, and frees every tensor', () => {
    const before = tf.memory().numTensors;
    const model = buildMobileNetV2({ inputShape: [224, 224, 3] });
    expect(model.outputs[0]?.shape).toEqual([null, 1280]);
    expect(model.getLayer('block_10_project').outputShape).toEqual([null, 14, 14, 96]);
    expect(model.getLayer('out_relu').outputShape).toEqual([null, 7, 7, 1280]);
    // Keras counts 2,257,984; of four batch norm values on each of 17,056 channels only a bias is left.
    expect(model.countParams()).toBe(2_206_816);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('names a tap after every block', () => {
    const taps = mobileNetV2Stages().map((stage) => stage.tap);
    expect(taps).toHaveLength(19);
    expect(taps.slice(0, 4)).toEqual([
      'Conv1_relu',
      'expanded_conv_project',
      'block_1_project',
      'block_2_add',
    ]);
    expect(taps.slice(-2)).toEqual(['block_16_project', 'out_relu']);
  });

  it('weights that were read load into a second model, which then answers alike', () => {
    const config = { inputShape: [32, 32, 3], alpha: 0.35 } as const;
    const [a, b] = [buildMobileNetV2(config), buildMobileNetV2(config)];
    randomiseWeights(a, 5);
    const weights = readWeights(a);
    expect(weights.map((w) => w.name)).toContain('block_3_depthwise/depthwise_kernel');
    expect(loadWeights(b, new Map(weights.map((w) => [w.name, w])))).toBe(weights.length);
    tf.tidy(() => {
      const x = tf.randomUniform([2, 32, 32, 3], -1, 1, 'float32', 3);
      const [ya, yb] = [a.predict(x) as tf.Tensor, b.predict(x) as tf.Tensor];
      expect(ya.dataSync().some((v) => v > 0)).toBe(true);
      expect(yb.dataSync()).toEqual(ya.dataSync());
    });
    a.dispose();
    b.dispose();
  });

  it('refuses missing weights and wrong shapes by name', () => {
    const model = buildMobileNetV2({ inputShape: [32, 32, 3], alpha: 0.35 });
    expect(() => loadWeights(model, new Map(), { label: 'w.safetensors' })).toThrow(
      'w.safetensors lacks the weight Conv1/kernel.',
    );
    const wrong = { name: 'Conv1/kernel', dtype: 'F32', shape: [1], data: new Float32Array(1) } as const;
    expect(() => loadWeights(model, new Map([[wrong.name, wrong]]))).toThrow('1 instead of 3x3x3x16');
    model.dispose();
  });
});

describe.skipIf(!existsSync(file('reference')))('MobileNetV2 with ImageNet weights', () => {
  it('gives the pooled features of an independent implementation', () => {
    const model = buildMobileNetV2({ inputShape: [224, 224, 3] });
    loadWeights(model, readSafetensors(readFileSync(file('imagenet-notop'))).tensors);
    const reference = readSafetensors(readFileSync(file('reference'))).tensors;
    for (const i of [0, 1]) {
      const input = reference.get(`input_${i}`)?.data as Float32Array;
      const expected = reference.get(`features_${i}`)?.data as Float32Array;
      const features = tf.tidy(() =>
        (model.predict(tf.tensor(input, [1, 224, 224, 3])) as tf.Tensor).dataSync(),
      );
      expect(maxDifference(features, expected)).toBeLessThan(1e-3);
    }
    model.dispose();
  });
});
