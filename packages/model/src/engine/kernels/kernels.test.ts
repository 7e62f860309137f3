import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../random/index.ts';
import { selectEngine } from '../select-engine.ts';
import * as tf from '../tf.ts';

type Pad = 'same' | 'valid' | [[number, number], [number, number], [number, number], [number, number]];
type Shape4 = [number, number, number, number];

const explicit: Pad = [
  [0, 0],
  [2, 1],
  [0, 2],
  [0, 0],
];
const random = (shape: number[], seed: number) => {
  const source = seededRandom(seed);
  return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => source.normal());
};

/** The engines whose gradients are ours; a graphics engine where this machine has one. */
const ours = ['wasm'];

/** Runs `f` on every backend over the same numbers; compares values and the number of tensors left behind. */
async function compare(shapes: number[][], f: (...tensors: tf.Tensor[]) => tf.Tensor[]) {
  for (const backend of ours) await compareOn(backend, shapes, f);
}

async function compareOn(backend: string, shapes: number[][], f: (...tensors: tf.Tensor[]) => tf.Tensor[]) {
  const values = shapes.map((shape, i) => random(shape, 11 + i));
  const run = async (backend: string) => {
    await tf.setBackend(backend);
    const before = tf.memory().numTensors;
    const inputs = shapes.map((shape, i) => tf.tensor(values[i] ?? [], shape));
    const outputs = tf.tidy(() => f(...inputs));
    expect(tf.memory().numTensors).toBe(before + inputs.length + outputs.length);
    const results = await Promise.all(
      outputs.map(async (t) => ({ shape: t.shape, data: [...(await t.data())] })),
    );
    tf.dispose([...inputs, ...outputs]);
    expect(tf.memory().numTensors).toBe(before);
    return results;
  };
  const reference = await run('cpu');
  const results = await run(backend);
  results.forEach(({ shape, data }, k) => {
    const expected = reference[k]?.data ?? [];
    expect(shape).toEqual(reference[k]?.shape);
    const largest = expected.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
    const difference = data.reduce((m, v, i) => Math.max(m, Math.abs(v - (expected[i] ?? 0))), 0);
    expect(difference).toBeLessThanOrEqual(1e-5 * largest);
  });
}

const outShape = (f: (x: tf.Tensor4D) => tf.Tensor, x: Shape4) =>
  tf.tidy(() => f(tf.zeros(x) as tf.Tensor4D).shape);

beforeAll(async () => {
  await selectEngine('cpu');
  await selectEngine('wasm');
  const graphics = await selectEngine('webgpu').catch(() => null);
  if (graphics) ours.push(graphics.name);
});

describe('gradient kernels of our engines equal the cpu backend', () => {
  it.each<[string, Shape4, Shape4, number | [number, number], Pad]>([
    ['3x3 stride 1 same', [2, 9, 7, 3], [3, 3, 3, 5], 1, 'same'],
    ['3x3 stride 1 valid', [2, 9, 7, 3], [3, 3, 3, 5], 1, 'valid'],
    ['3x3 stride 2 same, even', [2, 8, 8, 4], [3, 3, 4, 6], 2, 'same'],
    ['3x3 stride 2 same, odd', [2, 9, 7, 4], [3, 3, 4, 6], 2, 'same'],
    ['3x3 stride 2 valid, a row unused', [1, 8, 10, 2], [3, 3, 2, 3], 2, 'valid'],
    ['3x3 stride 1 explicit', [2, 6, 7, 3], [3, 3, 3, 4], 1, explicit],
    ['3x3 stride 2 explicit', [2, 6, 7, 3], [3, 3, 3, 4], 2, explicit],
    ['3x2 with strides 2 and 1', [1, 7, 6, 2], [3, 2, 2, 3], [2, 1], 'same'],
    ['2x2 stride 2', [2, 8, 6, 3], [2, 2, 3, 5], 2, 'same'],
    ['1x1', [2, 7, 7, 24], [1, 1, 24, 8], 1, 'same'],
    ['1x1, wider', [2, 7, 7, 8], [1, 1, 8, 24], 1, 'valid'],
    ['1x1 stride 2', [2, 7, 8, 6], [1, 1, 6, 9], 2, 'same'],
    ['5x5 on a small map', [3, 4, 4, 2], [5, 5, 2, 2], 1, 'same'],
    ['the first U-Net layer', [2, 32, 32, 3], [3, 3, 3, 8], 1, 'same'],
    ['many positions', [4, 28, 28, 16], [3, 3, 16, 8], 1, 'same'],
  ])('conv2d %s', async (_, x, w, stride, pad) => {
    const forward = (a: tf.Tensor, b: tf.Tensor) =>
      tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, stride, pad);
    const dy = outShape((a) => forward(a, tf.zeros(w)), x);
    await compare([x, w, dy], (a, b, d) =>
      tf.grads((p, q) => forward(p as tf.Tensor, q as tf.Tensor))([a, b] as tf.Tensor[], d),
    );
  });

  it.each<[string, Shape4, Shape4, number, 'same' | 'valid' | number]>([
    ['3x3 stride 1 same', [2, 7, 9, 5], [3, 3, 5, 1], 1, 'same'],
    ['3x3 stride 1 valid', [2, 7, 9, 5], [3, 3, 5, 1], 1, 'valid'],
    ['3x3 stride 2 same, even', [2, 14, 14, 6], [3, 3, 6, 1], 2, 'same'],
    ['3x3 stride 2 same, odd', [2, 7, 7, 6], [3, 3, 6, 1], 2, 'same'],
    ['3x3 stride 2 valid, a row unused', [2, 8, 7, 3], [3, 3, 3, 1], 2, 'valid'],
    ['3x3 padded by 1', [2, 7, 7, 3], [3, 3, 3, 1], 1, 1],
    ['multiplier 2', [2, 7, 6, 3], [3, 3, 3, 2], 1, 'same'],
    ['multiplier 3, stride 2', [2, 7, 6, 3], [3, 3, 3, 3], 2, 'same'],
    ['7x7 same', [1, 9, 9, 4], [7, 7, 4, 1], 1, 'same'],
    ['many positions', [8, 14, 14, 24], [3, 3, 24, 1], 1, 'same'],
  ])('depthwise %s', async (_, x, w, stride, pad) => {
    const forward = (a: tf.Tensor, b: tf.Tensor) =>
      tf.depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, stride, pad);
    const dy = outShape((a) => forward(a, tf.zeros(w)), x);
    await compare([x, w, dy], (a, b, d) =>
      tf.grads((p, q) => forward(p as tf.Tensor, q as tf.Tensor))([a, b] as tf.Tensor[], d),
    );
  });

  it.each<[string, Shape4, Shape4, Shape4]>([
    ['doubling', [2, 7, 7, 6], [3, 3, 4, 6], [2, 14, 14, 4]],
    ['doubling to an odd size', [2, 4, 5, 3], [3, 3, 2, 3], [2, 7, 9, 2]],
  ])('transposed 3x3 convolution %s', async (_, x, w, y) => {
    const forward = (a: tf.Tensor, b: tf.Tensor) =>
      tf.conv2dTranspose(a as tf.Tensor4D, b as tf.Tensor4D, y, 2, 'same');
    await compare([x, w, y], (a, b, d) => [
      forward(a as tf.Tensor, b as tf.Tensor),
      ...tf.grads((p, q) => forward(p as tf.Tensor, q as tf.Tensor))([a, b] as tf.Tensor[], d),
    ]);
  });

  it('matrix products of every transposition, and their gradients', async () => {
    for (const [ta, tb] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const) {
      const a = ta ? [5, 3] : [3, 5];
      const b = tb ? [4, 5] : [5, 4];
      await compare([a, b, [3, 4]], (p, q, d) => [
        tf.matMul(p as tf.Tensor, q as tf.Tensor, ta, tb),
        ...tf.grads((r, s) => tf.matMul(r as tf.Tensor, s as tf.Tensor, ta, tb))([p, q] as tf.Tensor[], d),
      ]);
    }
    await compare(
      [
        [2, 5, 3],
        [2, 5, 4],
      ],
      (p, q) => [tf.matMul(p as tf.Tensor, q as tf.Tensor, true, false)],
    );
    await compare(
      [
        [1, 5, 3],
        [1, 5, 4],
      ],
      (p, q) => [tf.matMul(p as tf.Tensor, q as tf.Tensor, true, false)],
    );
  });

  it('sums over all axes but the last', async () => {
    await compare(
      [
        [4, 9, 9, 6],
        [600, 3],
        [512, 3],
        [20, 4],
      ],
      (a, b, c, d) => [
        tf.sum(a as tf.Tensor, [0, 1, 2]),
        tf.sum(a as tf.Tensor, [0, 1, 2], true),
        tf.sum(a as tf.Tensor, [1, 2]),
        tf.sum(a as tf.Tensor),
        ...[b, c, d].map((t) => tf.sum(t as tf.Tensor, 0)),
      ],
    );
  });

  it.each<[string, number | number[] | undefined, boolean]>([
    ['all', undefined, false],
    ['the leading axes', [0, 1, 2], false],
    ['the last axis', -1, false],
    ['a middle axis, kept', 1, true],
    ['none', [], false],
  ])('gradients of sum and mean over %s', async (_, axis, keepDims) => {
    const shape = [4, 3, 5, 2];
    const of = (x: tf.Tensor) => tf.sum(x, axis, keepDims);
    const dy = tf.tidy(() => of(tf.zeros(shape)).shape);
    await compare([shape, dy], (a, d) => [
      tf.grad((x) => of(x as tf.Tensor))(a as tf.Tensor, d),
      tf.grad((x) => tf.mean(x as tf.Tensor, axis, keepDims))(a as tf.Tensor, d),
    ]);
  });

  it('slices, splits and concatenations along every axis', async () => {
    await compare(
      [
        [3, 4, 5, 6],
        [3, 4, 5, 2],
        [2, 4, 5, 6],
        [70, 3],
      ],
      (a, b, c, d) => {
        const [x, y, z, flat] = [a, b, c, d] as tf.Tensor[] as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
        return [
          tf.slice(x, [1, 0, 0, 0], [2, 4, 5, 6]),
          tf.slice(x, [0, 0, 0, 2], [3, 4, 5, 3]),
          tf.slice(x, [0, 1, 2, 0], [3, 2, 2, 6]),
          tf.slice(x, [0, 0, 0, 0], [3, 4, 5, 6]),
          tf.slice(x, [1], [1]),
          tf.slice(flat, [7, 0], [60, -1]),
          tf.concat([x, y], 3),
          tf.concat([x, z, x], 0),
          tf.concat([flat, flat], -1),
          ...tf.split(x, [1, 3, 2], 3),
          ...tf.split(x, 2, 1),
        ];
      },
    );
  });

  it('clones and transpositions that move nothing, once their source is gone', async () => {
    await compare([[2, 3, 4]], (x) => {
      const source = tf.mul(x as tf.Tensor, 2);
      const [clone, same, moved] = [
        tf.clone(source),
        tf.transpose(source, [0, 1, 2]),
        tf.transpose(source, [2, 0, 1]),
      ];
      source.dispose();
      return [clone, same, moved];
    });
  });

  it('shares the values of a clone until one of the two is written', async () => {
    await tf.setBackend('wasm');
    const before = tf.memory().numDataBuffers;
    const weight = tf.tidy(() => tf.variable(tf.tensor1d([1, 2, 3])));
    const clone = tf.clone(weight);
    expect(tf.memory().numDataBuffers).toBe(before + 1);
    tf.tidy(() => weight.assign(tf.tensor1d([4, 5, 6])));
    expect([...clone.dataSync()]).toEqual([1, 2, 3]);
    expect([...weight.dataSync()]).toEqual([4, 5, 6]);
    tf.dispose([weight, clone]);
    expect(tf.memory().numDataBuffers).toBe(before);
  });

  it('ReLU6 passes gradients for 0 < x <= 6 only', async () => {
    for (const backend of ['cpu', 'wasm']) {
      await tf.setBackend(backend);
      const slope = tf.tidy(() => [
        ...tf
          .grad((x) => tf.relu6(x as tf.Tensor))(tf.tensor1d([-1, 0, 3, 6, 6.5]))
          .dataSync(),
      ]);
      expect(slope).toEqual([0, 0, 1, 1, 0]);
    }
  });
});
