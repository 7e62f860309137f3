import { beforeAll, describe, expect, it, vi } from 'vitest';
import { DEFAULT_HYBRID } from '../../architecture/index.ts';
import { selectEngine } from '../../engine/index.ts';
import * as tf from '../../engine/tf.ts';
import { seededRandom } from '../../random/index.ts';
import { STARTER_RECIPE } from '../config.ts';
import { generatedFields } from '../testing.ts';
import { randomCrops } from './crops.ts';
import { maskCrossEntropy, overlap, softDiceLoss } from './losses.ts';
import { trainMasks } from './train-masks.ts';

beforeAll(async () => {
  await selectEngine('wasm');
});

describe('mask losses', () => {
  it('equal the values worked by hand', () => {
    tf.tidy(() => {
      const logits = tf.tensor1d([0, Math.log(3), -Math.log(3), 100]);
      const labels = tf.tensor1d([1, 1, 0, 1]);
      // -ln 1/2, -ln 3/4, -ln 3/4 and 0: mean (0.6931 + 2 * 0.2877) / 4.
      expect(maskCrossEntropy(logits, labels).dataSync()[0]).toBeCloseTo(0.31713, 4);
      // p = 1/2, 3/4, 1/4, 1: 2 * 2.25 + 1 over 2.5 + 3 + 1.
      expect(softDiceLoss(logits, labels).dataSync()[0]).toBeCloseTo(1 - 5.5 / 6.5, 5);
      // The second pixel counts three times.
      const weights = tf.tensor1d([1, 3, 1, 1]);
      expect(maskCrossEntropy(logits, labels, weights).dataSync()[0]).toBeCloseTo(
        (Math.LN2 + 4 * Math.log(4 / 3)) / 4,
        5,
      );
      // Overlap 1/2 + 3 * 3/4 + 1, areas 1/2 + 9/4 + 1/4 + 1 and 1 + 3 + 1.
      expect(softDiceLoss(logits, labels, weights).dataSync()[0]).toBeCloseTo(1 - 8.5 / 10, 5);
    });
  });

  it('are weighted by field and mask, wherever the crop shows the masks of its field', () => {
    const [plain, drawn] = generatedFields(1, 112);
    if (!plain || !drawn) throw new Error('There is no field.');
    const weighted = { ...drawn, maskWeights: { cells: 4, nuclei: 2 } };
    const none = { drawn: 0, cellLess: 0, cellsOnly: 0, recoloured: 0, restained: 0, grey: 0, jpeg: 0 };
    const weightsOf = (change: object): number[] => {
      const crops = { ...STARTER_RECIPE.masks.crops, ...none, ...change };
      const random = seededRandom(1);
      return [...randomCrops([plain, weighted], [plain], { side: 48, crops, random }).weights];
    };
    expect(weightsOf({})).toEqual([1, 1, 4, 2]);
    expect(weightsOf({ cellsOnly: 1 })).toEqual([1, 1, 4, 2]);
    expect(weightsOf({ drawn: 1 })).toEqual([1, 1, 1, 1]);
    expect(weightsOf({ cellLess: 1 })).toEqual([1, 1, 1, 1]);
  });

  it.each([
    [[1, 1, -1, -1], [1, 0, 1, 0], 0.5, 1 / 3],
    [[1, -1], [1, 0], 1, 1],
    [[-1, -1], [0, 0], 1, 1],
    [[1, -1], [0, 1], 0, 0],
  ])('overlap of %j with %j: Dice %d, IoU %d', (logits, labels, dice, iou) => {
    expect(overlap(logits, labels)).toEqual({ dice: expect.closeTo(dice), iou: expect.closeTo(iou) });
  });
});

describe('trainMasks', () => {
  it('overfits a handful of generated fields in seconds, leaves no tensor and repeats under one seed', async () => {
    const fields = generatedFields(3, 112);
    const hybrid = { ...DEFAULT_HYBRID, size: 48, unetFilters: [8, 16, 32] };
    const config = {
      ...STARTER_RECIPE.masks,
      epochs: 3,
      stepsPerEpoch: 30,
      batch: 4,
      crop: 48,
      peakRate: 0.006,
      crops: {
        ...STARTER_RECIPE.masks.crops,
        drawn: 0,
        cellLess: 0,
        cellsOnly: 0,
        recoloured: 0,
        restained: 0,
      },
    };
    const before = tf.memory().numTensors;
    const { history, weights } = await trainMasks(fields, hybrid, config, { seed: 1 });
    expect(tf.memory().numTensors).toBe(before);
    expect(history.at(-1)?.loss ?? 9).toBeLessThan((history[0]?.loss ?? 0) * 0.7);
    expect(Math.max(...history.map((e) => e.validation['plain cell dice'] ?? 0))).toBeGreaterThan(0.6);
    expect(weights.every((w) => w.name.startsWith('unet_'))).toBe(true);
    const short = { ...config, epochs: 1, stepsPerEpoch: 3 };
    // Graphics engines cannot be read synchronously outside a browser.
    const reads = vi.spyOn(tf.Tensor.prototype, 'dataSync');
    const again = () => trainMasks(fields, hybrid, short, { seed: 3 });
    expect((await again()).history).toEqual((await again()).history);
    expect(reads).not.toHaveBeenCalled();
    reads.mockRestore();
  }, 60_000);

  it('goes on from given weights, learns from what counts more, and stays at them where no epoch is better', async () => {
    const fields = generatedFields(2, 112);
    const hybrid = { ...DEFAULT_HYBRID, size: 48, unetFilters: [4, 8] };
    const config = {
      ...STARTER_RECIPE.masks,
      epochs: 1,
      stepsPerEpoch: 4,
      batch: 2,
      crop: 48,
      peakRate: 0.01,
    };
    const first = await trainMasks(fields, hybrid, config, { seed: 1 });
    const start = new Map(first.weights.map((weight) => [weight.name, weight]));
    const heavy = fields.map((field) => ({ ...field, maskWeights: { cells: 4, nuclei: 4 } }));
    const again = (some: typeof fields, peakRate: number) =>
      trainMasks(some, hybrid, { ...config, peakRate }, { seed: 2, start, edited: heavy.slice(0, 1) });
    const light = await again(fields, 1e-4);
    expect(light.before?.figures).toHaveProperty('edited cell dice');
    expect(light.before?.score).not.toBe(first.history[0]?.score);
    expect((await again(heavy, 1e-4)).history[0]?.loss).toBeGreaterThan(light.history[0]?.loss ?? 9);
    const spoilt = await again(fields, 0.9);
    expect(spoilt.history[0]?.score).toBeGreaterThan(spoilt.before?.score ?? 9);
    expect(spoilt.bestEpoch).toBe(0);
    expect(spoilt.weights).toEqual(first.weights);
  }, 60_000);

  it('learns the same as a graph in ONNX Runtime', async () => {
    const fields = generatedFields(2, 112).map((field) => ({
      ...field,
      maskWeights: { cells: 2, nuclei: 3 },
    }));
    const hybrid = { ...DEFAULT_HYBRID, size: 48, unetFilters: [4, 8, 16] };
    const small = { epochs: 2, stepsPerEpoch: 5, batch: 3, crop: 48, peakRate: 2e-3 };
    const learn = () => trainMasks(fields, hybrid, { ...STARTER_RECIPE.masks, ...small }, { seed: 1 });
    const tape = await learn();
    await selectEngine('onnx');
    const graph = await learn();
    await selectEngine('wasm');
    graph.history.forEach(({ loss, score }, i) => {
      expect(loss).toBeCloseTo(tape.history[i]?.loss ?? 0, 3);
      expect(score).toBeCloseTo(tape.history[i]?.score ?? 0, 2);
    });
  });
});
