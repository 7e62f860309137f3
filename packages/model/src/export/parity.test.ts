import { beforeAll, describe, expect, it } from 'vitest';
import {
  buildHybrid,
  DEFAULT_HYBRID,
  type HybridConfig,
  type HybridParts,
  IMAGE_TAP,
  POOL_TAP,
  readWeights,
} from '../architecture/index.ts';
import { buildSmall, maxDifference, randomiseWeights, SMALL_FAMILIES } from '../architecture/testing.ts';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { exportModel } from './export-model.ts';
import { exportHybridOnnx, exportLowerOnnx, HYBRID_OUTPUTS, LOWER_OUTPUTS } from './hybrid.ts';
import { runOnnx } from './testing.ts';

const SMALL: HybridConfig = { ...DEFAULT_HYBRID, size: 72, unetFilters: [3, 5, 7], head: [8, 6] };

const DENSENET: HybridConfig = { ...SMALL, size: 64, backbone: 'densenet121', tap: 'pool4_pool' };

/** Smooth coloured blobs, so that maps are neither flat nor noise. */
const images = (n: number, size: number) =>
  tf.tidy(() => {
    const coarse = tf.randomUniform<tf.Rank.R4>([n, 7, 7, 3], 0, 255, 'float32', 11);
    return tf.image.resizeBilinear(coarse, [size, size]);
  });

const weightsOf = (parts: HybridParts) => new Map(readWeights(parts.whole).map((w) => [w.name, w]));

const runTf = (model: tf.LayersModel, image: tf.Tensor) =>
  tf.tidy(() => (model.predict(image) as tf.Tensor[]).map((t) => Float32Array.from(t.dataSync())));

const softmax = (logits: Float32Array | undefined) =>
  tf.tidy(() => tf.softmax(tf.tensor(logits ?? [], [(logits?.length ?? 0) / 4, 4])).dataSync());

beforeAll(async () => {
  await selectEngine('wasm');
});

describe.each([
  ['the default hybrid', DEFAULT_HYBRID, 1],
  ['the default hybrid', DEFAULT_HYBRID, 3],
  ['a small one of odd widths', SMALL, 2],
  ['one that reads with DenseNet', DENSENET, 2],
  ['one cut at its average', { ...DENSENET, tap: POOL_TAP }, 2],
  ['one cut at the image', { ...SMALL, tap: IMAGE_TAP }, 2],
  ['the published variant', { ...SMALL, variant: 'published' }, 2],
  ['one of before nuclei were learned', { ...SMALL, maskChannels: 1 }, 2],
] as const)('%s', (_, config, n) => {
  it(`answers ${n} fields in ONNX Runtime as in tfjs`, async () => {
    const parts = buildHybrid(config);
    randomiseWeights(parts.whole, 3);
    const x = images(n, config.size);
    const [logits, mask, features] = runTf(parts.whole, x);
    const onnx = await exportHybridOnnx(config, weightsOf(parts));
    const got = await runOnnx(onnx, { image: x }, HYBRID_OUTPUTS);
    expect(new Set(logits).size).toBe(4 * n);
    expect(maxDifference(softmax(got[0]), softmax(logits))).toBeLessThan(1e-4);
    expect(maxDifference(got[1] ?? [], mask ?? [])).toBeLessThan(1e-3);
    const scale = Math.max(...(features ?? []));
    expect(maxDifference(got[2] ?? [], features ?? [])).toBeLessThan(1e-4 * scale);
    x.dispose();
    parts.dispose();
  });
});

describe.each(SMALL_FAMILIES)('a small %s', (family) => {
  it('has the same last map in ONNX Runtime as in tfjs', async () => {
    const model = buildSmall(family);
    randomiseWeights(model, 7);
    const weights = new Map(readWeights(model).map((w) => [w.name, w]));
    const x = tf.tidy(() => tf.sub(tf.div(images(2, 48), 64), 2));
    const [map = []] = await runOnnx(
      exportModel(model, { outputs: ['map'], weights }),
      { normalised_image: x },
      ['map'],
    );
    const expected = tf.tidy(() => Float32Array.from((model.predict(x) as tf.Tensor).dataSync()));
    const scale = expected.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
    expect(new Set(expected).size).toBeGreaterThan(100);
    expect(maxDifference(map, expected)).toBeLessThan(1e-5 * scale);
    x.dispose();
    model.dispose();
  });
});

describe('the exported graph', () => {
  it('answers a batch as it answers each field alone', async () => {
    const parts = buildHybrid(SMALL);
    randomiseWeights(parts.whole, 4);
    const onnx = await exportHybridOnnx(SMALL, weightsOf(parts));
    const x = images(3, SMALL.size);
    const batched = await runOnnx(onnx, { image: x }, HYBRID_OUTPUTS);
    for (let i = 0; i < 3; i++) {
      const one = tf.slice(x, i, 1);
      const single = await runOnnx(onnx, { image: one }, HYBRID_OUTPUTS);
      single.forEach((values, k) => {
        const part = batched[k]?.subarray(i * values.length, (i + 1) * values.length) ?? [];
        // Logits of random weights are some tens large, and the sums of a batch run in another order.
        expect(maxDifference(values, part)).toBeLessThan(3e-5);
      });
      one.dispose();
    }
    x.dispose();
    parts.dispose();
  });

  it('of the lower part gives the map at the tap, the U-Net features and the mask', async () => {
    const parts = buildHybrid(SMALL);
    randomiseWeights(parts.whole, 5);
    const x = images(2, SMALL.size);
    const got = await runOnnx(await exportLowerOnnx(SMALL, weightsOf(parts)), { image: x }, LOWER_OUTPUTS);
    runTf(parts.lower, x).forEach((expected, i) => {
      expect(maxDifference(got[i] ?? [], expected)).toBeLessThan(1e-4 * Math.max(1, ...expected));
    });
    x.dispose();
    parts.dispose();
  });

  it('is the same bytes every time and keeps no tensor in the engine', async () => {
    const parts = buildHybrid(SMALL);
    const weights = weightsOf(parts);
    const before = tf.memory().numTensors;
    const [a, b] = [await exportHybridOnnx(SMALL, weights), await exportHybridOnnx(SMALL, weights)];
    expect(Buffer.from(a).equals(b)).toBe(true);
    expect(tf.memory().numTensors).toBe(before);
    parts.dispose();
  });

  it('names the weight it misses', async () => {
    await expect(exportHybridOnnx(SMALL, new Map())).rejects.toThrow(/no weight head_\d/);
  });
});
