import { beforeAll, describe, expect, it } from 'vitest';
import { selectEngine } from '../../engine/index.ts';
import * as tf from '../../engine/tf.ts';
import { Fade } from './fade.ts';

beforeAll(async () => {
  await selectEngine('wasm');
});

describe('Fade', () => {
  // Luminance of 200, 100, 50 is 59.8 + 58.7 + 5.7 = 124.2.
  it.each([
    ['nothing of the colours', 0, [124.2, 124.2, 124.2]],
    ['half of them', 0.5, [162.1, 112.1, 87.1]],
    ['all of them', 1, [200, 100, 50]],
  ])('leaves %s', (_, saturation, expected) => {
    const faded = tf.tidy(() => {
      const image = tf.tensor4d([200, 100, 50, 90, 90, 90], [1, 1, 2, 3]);
      return [...(new Fade({ saturation }).apply(image) as tf.Tensor).dataSync()];
    });
    [...expected, 90, 90, 90].forEach((value, i) => {
      expect(faded[i]).toBeCloseTo(value, 3);
    });
  });
});
