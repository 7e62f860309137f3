import { beforeAll, describe, expect, it } from 'vitest';
import { selectEngine } from '../../engine/index.ts';
import * as tf from '../../engine/tf.ts';
import { SPREAD_FLOOR, Standardise } from './standardise.ts';

const apply = (image: tf.Tensor4D): number[] =>
  tf.tidy(() => [...(new Standardise({}).apply(image) as tf.Tensor).dataSync()]);

beforeAll(async () => {
  await selectEngine('wasm');
});

describe('Standardise', () => {
  it('takes the mean of each channel away and divides by its spread', () => {
    // Channel 0: 0, 0, 40, 40 (mean 20, spread 20). Channel 1: flat.
    const image = tf.tensor4d([0, 7, 0, 7, 40, 7, 40, 7], [1, 2, 2, 2]);
    const by = 20 + SPREAD_FLOOR;
    const expected = [-20 / by, 0, -20 / by, 0, 20 / by, 0, 20 / by, 0];
    apply(image).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 6);
    });
  });

  it('loses no digits over a whole field', () => {
    const values = Array.from(
      { length: 224 * 224 },
      (_, i) => 200 + (i % 7) * 5 + Math.floor(i / 12_544) * 3,
    );
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
    const got = apply(tf.tensor4d(values, [1, 224, 224, 1]));
    const worst = Math.max(
      ...got.map((v, i) => Math.abs(v - ((values[i] ?? 0) - mean) / (spread + SPREAD_FLOOR))),
    );
    expect(worst).toBeLessThan(5e-6);
  });

  it('treats the images of a batch apart', () => {
    const [a, b] = [
      [10, 20, 30, 40],
      [200, 100, 0, 50],
    ] as const;
    const alone = [a, b].flatMap((values) => apply(tf.tensor4d([...values], [1, 2, 2, 1])));
    expect(apply(tf.tensor4d([...a, ...b], [2, 2, 2, 1]))).toEqual(alone);
  });

  it('forgets by what line a slide was recoloured, up to the floor of the spread', () => {
    const plain = tf.randomUniform<tf.Rank.R4>([1, 8, 8, 3], 60, 240, 'float32', 3);
    const recoloured = tf.add(tf.mul(plain, [0.7, 1.1, 0.9]), [40, -20, 10]) as tf.Tensor4D;
    const [before, after] = [apply(plain), apply(recoloured)];
    before.forEach((value, i) => {
      expect(Math.abs(value - (after[i] ?? 0))).toBeLessThan(0.1);
    });
  });
});
