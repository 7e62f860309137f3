import { beforeAll, expect, it } from 'vitest';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { multiplyAdds } from './multiply-adds.ts';

beforeAll(async () => {
  await selectEngine('wasm');
});

it('counts convolutions by their places, filters and channels', () => {
  const { conv2d, depthwiseConv2d, globalAveragePooling2d, dense } = tf.layers;
  const model = tf.sequential({
    layers: [
      // 4 x 4 places of 3 x 3 x 2 x 5.
      conv2d({ inputShape: [8, 8, 2], kernelSize: 3, filters: 5, strides: 2, padding: 'same' }),
      // 4 x 4 places of 3 x 3 x 5.
      depthwiseConv2d({ kernelSize: 3, padding: 'same' }),
      globalAveragePooling2d({}),
      // 5 x 4.
      dense({ units: 4 }),
    ],
  });
  expect(multiplyAdds(model)).toBe(16 * 90 + 16 * 45 + 20);
  model.dispose();
});
