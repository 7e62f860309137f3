import { beforeAll, expect, it } from 'vitest';
import { selectEngine } from '../select-engine.ts';
import * as tf from '../tf.ts';
import { becomesFloat, castToFloat } from './cast.ts';

beforeAll(async () => {
  await selectEngine('cpu');
});

it.each([
  ['int32', 'float32', true],
  ['bool', 'float32', true],
  ['float32', 'float32', false],
  ['int32', 'bool', false],
  ['float32', 'int32', false],
] as const)('%s to %s is ours: %s', (from, to, ours) => {
  const x = tf.tensor([1], [1], from);
  expect(becomesFloat({ x }, { dtype: to })).toBe(ours);
  x.dispose();
});

it.each([
  ['int32', [3, -2, 0, 70_000]],
  ['bool', [1, 0, 1, 1]],
] as const)('%s keeps its values', (from, values) => {
  tf.tidy(() => {
    const cast = castToFloat({ x: tf.tensor([...values], [2, 2], from) });
    expect([cast.dtype, cast.shape, [...cast.dataSync()]]).toEqual(['float32', [2, 2], [...values]]);
  });
});
