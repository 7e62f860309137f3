import { beforeAll, describe, expect, it } from 'vitest';
import { selectEngine } from '../../engine/index.ts';
import * as tf from '../../engine/tf.ts';
import { AdamW, stepFactors } from './adamw.ts';
import { stepArrays } from './adamw-arrays.ts';
import { oneCycleRate } from './one-cycle.ts';

beforeAll(async () => {
  await selectEngine('wasm');
});

describe('AdamW', () => {
  it('takes two steps worked by hand, decaying matrices and not biases', () => {
    const before = tf.memory().numTensors;
    const kernel = tf.variable(tf.tensor2d([[2]]));
    const bias = tf.variable(tf.tensor1d([2]));
    const config = { beta1: 0.9, beta2: 0.99, epsilon: 0, weightDecay: 0.1 };
    const optimiser = new AdamW([kernel, bias], config);
    const step = (g: number) =>
      tf.tidy(() =>
        optimiser.step({ [kernel.name]: tf.tensor2d([[g]]), [bias.name]: tf.tensor1d([g]) }, () => 0.5),
      );
    // t=1, g=4: mhat = 4, vhat = 16, so the move is 0.5 * 4 / 4; decay takes 0.5 * 0.1 * 2.
    step(4);
    expect(bias.dataSync()[0]).toBeCloseTo(1.5, 5);
    expect(kernel.dataSync()[0]).toBeCloseTo(1.4, 5);
    // t=2, g=-2: m = 0.9*0.4 - 0.2 = 0.16, mhat = 0.16/0.19 = 0.842105; v = 0.99*0.16 + 0.04 = 0.1984,
    // vhat = 0.1984/0.0199 = 9.969849; the move is 0.5 * 0.842105 / 3.157507 = 0.133350.
    step(-2);
    expect(bias.dataSync()[0]).toBeCloseTo(1.36665, 4);
    expect(kernel.dataSync()[0]).toBeCloseTo(1.4 * 0.95 - 0.13335, 4);
    optimiser.dispose();
    tf.dispose([kernel, bias]);
    // Each of the two variables was made from a constant that lives on.
    expect(tf.memory().numTensors).toBe(before + 2);
  });

  it('takes the same steps on plain arrays', () => {
    const config = { beta1: 0.9, beta2: 0.99, epsilon: 0, weightDecay: 0.1 };
    const moved = { weights: Float32Array.of(2), mean: new Float32Array(1), square: new Float32Array(1) };
    const take = (taken: number, gradient: number) =>
      stepArrays(moved, Float32Array.of(gradient), stepFactors(config, { taken, rate: 0.5, rank: 2 }));
    take(1, 4);
    expect(moved.weights[0]).toBeCloseTo(1.4, 5);
    take(2, -2);
    expect(moved.weights[0]).toBeCloseTo(1.4 * 0.95 - 0.13335, 4);
    expect(stepFactors(config, { taken: 1, rate: 0.5, rank: 1 }).keep).toBe(1);
  });

  it('moves each variable at its own rate, decay included', () => {
    const [fast, slow] = [tf.variable(tf.tensor2d([[2]])), tf.variable(tf.tensor2d([[2]]))];
    const optimiser = new AdamW([fast, slow], { beta1: 0.9, beta2: 0.99, epsilon: 0, weightDecay: 0.1 });
    tf.tidy(() => {
      const gradients = { [fast.name]: tf.tensor2d([[4]]), [slow.name]: tf.tensor2d([[4]]) };
      optimiser.step(gradients, (variable) => (variable === slow ? 0.05 : 0.5));
    });
    // The first move is the rate itself, the decay rate * 0.1 * 2.
    expect(fast.dataSync()[0]).toBeCloseTo(1.4, 5);
    expect(slow.dataSync()[0]).toBeCloseTo(1.94, 5);
    optimiser.dispose();
    tf.dispose([fast, slow]);
  });

  it('continues from a saved state as if it had never stopped', async () => {
    const run = async (interrupt: boolean) => {
      const w = tf.variable(tf.tensor2d([[1, -2]]));
      let optimiser = new AdamW([w]);
      for (let i = 0; i < 6; i++) {
        if (interrupt && i === 3) {
          const state = await optimiser.state();
          optimiser.dispose();
          optimiser = new AdamW([w]);
          optimiser.restore(state);
        }
        tf.tidy(() => optimiser.step({ [w.name]: tf.mul(w, i + 1) }, () => 0.1));
      }
      return [...w.dataSync()];
    };
    expect(await run(true)).toEqual(await run(false));
  });
});

describe('oneCycleRate', () => {
  const cycle = { peak: 1, steps: 100, warmUp: 0.25 };
  it.each([
    [0, 0.04],
    [12.5, 0.52],
    [25, 1],
    [62.5, 0.50002],
    [100, 0.00004],
  ])('at step %d is %d', (step, rate) => {
    expect(oneCycleRate(cycle, step)).toBeCloseTo(rate, 5);
  });

  it('never leaves the range between its ends', () => {
    for (let step = 0; step <= 120; step++) {
      expect(oneCycleRate(cycle, step)).toBeGreaterThan(0);
      expect(oneCycleRate(cycle, step)).toBeLessThanOrEqual(1);
    }
  });
});
