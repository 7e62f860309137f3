import { beforeAll, describe, expect, it } from 'vitest';
import { selectEngine } from '../../engine/index.ts';
import * as tf from '../../engine/tf.ts';
import { foldBatchNorms } from '../fold-batch-norms.ts';
import { maxDifference, randomiseWeights, savedAndLoaded } from '../testing.ts';
import { loadWeights, namedWeights, readWeights } from '../weights.ts';
import { DEFAULT_HYBRID, type HybridConfig, hybridConfigSchema, IMAGE_TAP, POOL_TAP } from './config.ts';
import { buildHybrid } from './hybrid.ts';

const SMALL: HybridConfig = { ...DEFAULT_HYBRID, size: 64, unetFilters: [2, 4], head: [8], dropout: 0.5 };
const shapes = (model: tf.LayersModel) => model.outputs.map((o) => o.shape.slice(1));
const images = (n: number, size = 64) => tf.randomUniform([n, size, size, 3], 0, 255, 'float32', 11);

beforeAll(async () => {
  await selectEngine('wasm');
});

describe('hybridConfigSchema', () => {
  it.each([
    ['an unknown tap', { tap: 'block_99_project' }, 'no such tap'],
    ['an odd size', { size: 100 }, 'cannot halve'],
    ['an unknown backbone', { backbone: 'resnet' }, 'expected one of \\"mobilenetv2'],
    ['an unknown key', { widths: [1] }, 'Unrecognized key'],
  ])('refuses %s', (_, change, why) => {
    expect(hybridConfigSchema.safeParse({ ...DEFAULT_HYBRID, ...change }).error?.message).toContain(why);
  });
});

describe('buildHybrid', () => {
  it('has the shapes and parameters that its parts share, and frees every tensor', () => {
    const before = tf.memory().numTensors;
    const parts = buildHybrid(hybridConfigSchema.parse(DEFAULT_HYBRID));
    expect(parts.whole.countParams()).toBe(2_206_816 + 134_274 + 889_732);
    expect(shapes(parts.whole)).toEqual([[4], [224, 224, 2], [1408]]);
    expect(shapes(parts.lower)).toEqual([[14, 14, 96], [128], [224, 224, 2]]);
    expect(shapes(parts.upper)).toEqual([[4], [1408]]);
    expect(shapes(parts.head)).toEqual([[4]]);
    expect(shapes(parts.unet)).toEqual([[224, 224, 2]]);
    expect(shapes(parts.masked)).toEqual([[128]]);
    const whole = namedWeights(parts.whole);
    for (const part of [parts.lower, parts.upper, parts.head, parts.unet, parts.masked]) {
      for (const [name, weight] of namedWeights(part)) expect(whole.get(name)).toBe(weight);
    }
    parts.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([SMALL.tap, IMAGE_TAP, POOL_TAP])(
    'with its batch norms back above %s answers as without, and as without once they are folded',
    (tap) => {
      const config = hybridConfigSchema.parse({ ...SMALL, tap });
      const [folded, unfolded] = [buildHybrid(config), buildHybrid(config, { unfold: true })];
      randomiseWeights(folded.whole, 2);
      loadWeights(unfolded.whole, new Map(readWeights(folded.whole).map((w) => [w.name, w])), {
        partial: true,
      });
      const x = images(2);
      const logits = (parts: typeof folded) =>
        tf.tidy(() => (parts.whole.predict(x) as tf.Tensor[])[0]?.dataSync() ?? []);
      expect(maxDifference(logits(unfolded), logits(folded))).toBeLessThan(1e-4);
      randomiseWeights(unfolded.upper, 4);
      const weights = foldBatchNorms(readWeights(unfolded.whole));
      loadWeights(folded.whole, new Map(weights.map((w) => [w.name, w])));
      expect(maxDifference(logits(unfolded), logits(folded))).toBeLessThan(1e-4);
      x.dispose();
      for (const parts of [folded, unfolded]) parts.dispose();
    },
  );

  it.each([SMALL.tap, IMAGE_TAP, POOL_TAP])(
    'answers the same in one piece and part by part, cut at %s',
    (tap) => {
      const parts = buildHybrid(hybridConfigSchema.parse({ ...SMALL, tap }));
      randomiseWeights(parts.whole, 2);
      const before = tf.memory().numTensors;
      tf.tidy(() => {
        const x = images(2);
        const [logits, mask, features] = parts.whole.predict(x) as tf.Tensor[];
        const [map, unetFeatures, lowerMask] = parts.lower.predict(x) as [tf.Tensor, tf.Tensor, tf.Tensor];
        const [upperLogits, upperFeatures] = parts.upper.predict([map, unetFeatures]) as [
          tf.Tensor,
          tf.Tensor,
        ];
        const same = (a: tf.Tensor | undefined, b: tf.Tensor) => {
          expect(maxDifference(a?.dataSync() ?? [], b.dataSync())).toBeLessThan(1e-5);
        };
        expect(new Set(logits?.dataSync()).size).toBe(8);
        same(mask, lowerMask);
        same(logits, upperLogits);
        same(features, upperFeatures);
        same(logits, parts.head.predict(upperFeatures) as tf.Tensor);
        same(mask, tf.sigmoid(parts.unet.predict(x) as tf.Tensor));
        const cells = tf.slice(lowerMask, [0, 0, 0, 0], [-1, -1, -1, 1]);
        same(unetFeatures, parts.masked.predict([x, cells]) as tf.Tensor);
      });
      expect(tf.memory().numTensors).toBe(before);
      parts.dispose();
    },
  );

  it('keeps the background from the U-Net features; an empty mask gives zeros', () => {
    const parts = buildHybrid(SMALL);
    randomiseWeights(parts.whole, 2);
    tf.tidy(() => {
      const left = tf.concat([tf.ones([1, 64, 32, 1]), tf.zeros([1, 64, 32, 1])], 2);
      const cells = images(1);
      const recoloured = tf.add(tf.mul(cells, left), tf.mul(tf.sub(1, left), 200));
      const features = (x: tf.Tensor, m: tf.Tensor) => (parts.masked.predict([x, m]) as tf.Tensor).dataSync();
      expect(maxDifference(features(cells, left), features(recoloured, left))).toBeLessThan(1e-5);
      expect(features(cells, left).some((v) => v > 0)).toBe(true);
      expect(features(cells, tf.zerosLike(left)).every((v) => v === 0)).toBe(true);
    });
    parts.dispose();
  });

  it.each([0.5, 0])('shows the backbone %f of the colours, and the U-Net all of them', (saturation) => {
    const read = (config: HybridConfig, x: tf.Tensor) => {
      const parts = buildHybrid(config);
      randomiseWeights(parts.whole, 2);
      const [map, unetFeatures] = tf.tidy(() =>
        (parts.lower.predict(x) as tf.Tensor[]).map((t) => t.dataSync()),
      );
      parts.dispose();
      return { map: map ?? [], unetFeatures: unetFeatures ?? [] };
    };
    const [colours, grey] = [images(1), tf.fill([1, 64, 64, 3], 90)];
    const [full, paler] = [
      { ...SMALL, saturation: 1 },
      { ...SMALL, saturation },
    ];
    expect(maxDifference(read(paler, grey).map, read(full, grey).map)).toBeLessThan(1e-3);
    expect(maxDifference(read(paler, colours).map, read(full, colours).map)).toBeGreaterThan(0.1);
    expect(maxDifference(read(paler, colours).unetFeatures, read(full, colours).unetFeatures)).toBe(0);
    tf.dispose([colours, grey]);
  });

  it('weights and topology survive saving and loading', async () => {
    const [a, b] = [buildHybrid(SMALL), buildHybrid({ ...SMALL, seed: 9 })];
    randomiseWeights(a.whole, 2);
    loadWeights(b.whole, new Map(readWeights(a.whole).map((w) => [w.name, w])));
    const c = await savedAndLoaded(a.whole);
    tf.tidy(() => {
      const x = images(1);
      const answer = (model: tf.LayersModel) => (model.predict(x) as tf.Tensor[]).map((t) => t.dataSync());
      const expected = answer(a.whole);
      for (const model of [b.whole, c]) {
        answer(model).forEach((got, i) => {
          expect(maxDifference(got, expected[i] ?? [])).toBe(0);
        });
      }
    });
    a.dispose();
    b.dispose();
    c.dispose();
  });

  it('the upper part learns the stages of four images from cached maps', () => {
    const parts = buildHybrid({ ...SMALL, dropout: 0, l2: 0 });
    randomiseWeights(parts.whole, 2);
    const [map, unetFeatures, mask] = parts.lower.predict(
      tf.mul(images(4), tf.tensor([0.2, 0.4, 0.7, 1], [4, 1, 1, 1])),
    ) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const y = tf.oneHot(tf.tensor1d([0, 1, 2, 3], 'int32'), 4);
    const optimizer = tf.train.adam(0.002);
    const loss = () => {
      const [logits] = parts.upper.apply([map, unetFeatures], { training: true }) as tf.Tensor[];
      return tf.losses.softmaxCrossEntropy(y, logits as tf.Tensor) as tf.Scalar;
    };
    const trained = [...namedWeights(parts.upper).values()]
      .filter((w) => w.trainable)
      .map((w) => w.read() as tf.Variable);
    const value = () => tf.tidy(() => loss().dataSync()[0]);
    expect(value()).toBeGreaterThan(1);
    for (let i = 0; i < 25; i++) optimizer.minimize(loss, false, trained);
    expect(value()).toBeLessThan(0.4);
    for (const tensor of [map, unetFeatures, mask, y]) tensor.dispose();
    optimizer.dispose();
    parts.dispose();
  });
});
