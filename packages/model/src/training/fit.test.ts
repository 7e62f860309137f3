import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWeights } from '../architecture/index.ts';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { type FitTask, fit } from './fit.ts';
import { type TapeBatch, tapeLearner } from './tape-learner.ts';

let folder = '';
beforeAll(async () => {
  await selectEngine('wasm');
  folder = await mkdtemp(join(tmpdir(), 'blastwise-fit-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const CONFIG = { epochs: 6, batch: 4, peakRate: 0.05, warmUp: 0.3, weightDecay: 0.01, patience: 6 };

/** Fits y = 3x - 1 from noisy draws; `scores` replaces the validation's score. */
function line(scores?: number[]) {
  const input = tf.input({ shape: [1] });
  const dense = tf.layers.dense({ units: 1, kernelInitializer: 'ones', name: 'dense' });
  const model = tf.model({ inputs: input, outputs: dense.apply(input) as tf.SymbolicTensor });
  const weights = () => readWeights(model).map((w) => w.data[0] ?? 0) as [number, number];
  let judged = 0;
  const task: FitTask<TapeBatch> = {
    model,
    learner: async () => tapeLearner(model, CONFIG),
    stepsPerEpoch: 20,
    epoch: (random) => () => {
      const x = Array.from({ length: 4 }, () => random.normal());
      const y = x.map((v) => 3 * v - 1 + 0.01 * random.normal());
      return () => {
        const predicted = model.apply(tf.tensor2d(x, [4, 1])) as tf.Tensor;
        return { loss: tf.losses.meanSquaredError(tf.tensor2d(y, [4, 1]), predicted) as tf.Scalar };
      };
    },
    validate: async () => {
      const [kernel, bias] = weights();
      const score = scores?.[judged++] ?? Math.abs(kernel - 3) + Math.abs(bias + 1);
      return { score, figures: { error: score } };
    },
  };
  return { model, task, weights };
}

describe('fit', () => {
  it('learns, repeats under one seed and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const [a, b] = [line(), line()];
    const first = await fit(a.task, CONFIG, { seed: 1 });
    const [kernel, bias] = a.weights();
    expect(kernel).toBeCloseTo(3, 0);
    expect(bias).toBeCloseTo(-1, 0);
    expect(await fit(b.task, CONFIG, { seed: 1 })).toEqual(first);
    const other = line();
    expect((await fit(other.task, CONFIG, { seed: 2 })).history).not.toEqual(first.history);
    for (const { model } of [a, b, other]) model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('killed in the third epoch and resumed, it tells the same history and ends with the same weights', async () => {
    const whole = line();
    const expected = await fit(whole.task, CONFIG, { seed: 5 });
    const checkpoint = join(folder, 'killed.safetensors');
    const killed = line();
    const report = (done: number) => {
      if (done === 47) throw new Error('killed');
    };
    await expect(fit(killed.task, CONFIG, { seed: 5, checkpoint, report })).rejects.toThrow('killed');
    const resumed = line();
    expect(await fit(resumed.task, CONFIG, { seed: 5, checkpoint, resume: true })).toEqual(expected);
    expect(resumed.weights()).toEqual(whole.weights());
  });

  it('stops early and ends with the weights of the best epoch', async () => {
    const { task, weights } = line([5, 2, 3, 4, 1, 0]);
    const seen: [number, number][] = [];
    const validate = async () => {
      seen.push(weights());
      return task.validate();
    };
    const { history, bestEpoch } = await fit({ ...task, validate }, { ...CONFIG, patience: 2 }, { seed: 1 });
    expect(history.map((e) => e.score)).toEqual([5, 2, 3, 4]);
    expect(bestEpoch).toBe(2);
    expect(weights()).toEqual(seen[1]);
  });
});
