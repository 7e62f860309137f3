import { beforeAll, describe, expect, it } from 'vitest';
import { selectEngine } from '../../engine/index.ts';
import * as tf from '../../engine/tf.ts';
import { maxDifference, randomiseWeights } from '../testing.ts';
import { DEFAULT_HYBRID, type HybridConfig, hybridConfigSchema, POOL_TAP } from './config.ts';
import { buildHybrid } from './hybrid.ts';
import { headSize, hybridParameters, unetFeatures } from './parameters.ts';

const SMALL: HybridConfig = { ...DEFAULT_HYBRID, size: 64, unetFilters: [2, 4, 6], head: [8, 5] };
const PUBLISHED = {
  ...DEFAULT_HYBRID,
  variant: 'published',
  unetFilters: [32, 64, 128, 256],
  head: [512, 256, 128],
} as const;

beforeAll(async () => {
  await selectEngine('cpu');
});

describe('the published variant', () => {
  it('gives the head all values of the map above the bottleneck', () => {
    const parts = buildHybrid(hybridConfigSchema.parse({ ...SMALL, variant: 'published' }));
    expect(parts.lower.outputs[1]?.shape).toEqual([null, 32 * 32 * 4]);
    expect(parts.upper.outputs[1]?.shape).toEqual([null, 1280 + 32 * 32 * 4]);
    parts.dispose();
  });

  it.each([undefined, 'published'] as const)(
    'has its parameters counted without its head (%s)',
    (variant) => {
      const config = { ...SMALL, ...(variant && { variant }) };
      const parts = buildHybrid(config);
      expect(hybridParameters(config)).toBe(parts.whole.countParams());
      parts.dispose();
    },
  );

  // 56 x 56 x 128 values into 512: 205,520,896 weights; the backbone's channels come on top.
  it.each([
    ['vgg16', 512, 14_714_688],
    ['densenet201', 1920, 18_321_984],
    ['convnext_base', 1024, 87_566_464],
  ] as const)(
    'of %s has the 205 million weights of the study, counted without allocating them',
    (backbone, channels, own) => {
      const config = hybridConfigSchema.parse({ ...PUBLISHED, backbone, tap: POOL_TAP });
      expect(unetFeatures(config) * 512).toBe(205_520_896);
      const head = (401_408 + channels) * 512 + 512 * 256 + 256 * 128 + 5 * (512 + 256 + 128) + (128 + 1) * 4;
      expect(headSize(config, channels)).toEqual({ parameters: head, largest: (401_408 + channels) * 512 });
      // The U-Net, level by level: 3x3 pairs down, transposed convolution and pair up, 1x1 to two masks.
      const conv = (from: number, to: number) => 9 * from * to + to;
      const down = [3, 32, 64, 128].map((from, i) => {
        const to = 32 * 2 ** i;
        return conv(from, to) + conv(to, to);
      });
      const up = [32, 64, 128].map((to) => conv(2 * to, to) + conv(2 * to, to) + conv(to, to));
      const unet = [...down, ...up].reduce((a, b) => a + b, 0) + 32 * 2 + 2;
      expect(hybridParameters(config)).toBe(own + unet + head);
    },
  );

  it('sees nothing but the cells', async () => {
    await selectEngine('wasm');
    const parts = buildHybrid({ ...SMALL, variant: 'published' });
    randomiseWeights(parts.whole, 2);
    tf.tidy(() => {
      const left = tf.concat([tf.ones([1, 64, 32, 1]), tf.zeros([1, 64, 32, 1])], 2);
      const cells = tf.randomUniform([1, 64, 64, 3], 0, 255, 'float32', 11);
      const recoloured = tf.add(tf.mul(cells, left), tf.mul(tf.sub(1, left), 200));
      const features = (x: tf.Tensor) => (parts.masked.predict([x, left]) as tf.Tensor).dataSync();
      expect(maxDifference(features(cells), features(recoloured))).toBe(0);
      expect(features(cells).some((v) => v > 0)).toBe(true);
    });
    parts.dispose();
  });
});
