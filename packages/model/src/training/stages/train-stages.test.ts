import { isDeepStrictEqual } from 'node:util';
import { STUDY_COSTS } from '@blastwise/contracts';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { buildHybrid, DEFAULT_HYBRID } from '../../architecture/index.ts';
import { randomiseWeights } from '../../architecture/testing.ts';
import { toFloat16 } from '../../artifact/index.ts';
import { selectEngine } from '../../engine/index.ts';
import * as tf from '../../engine/tf.ts';
import { seededRandom } from '../../random/index.ts';
import { type CachedView, emptyView } from '../cache/index.ts';
import { STARTER_RECIPE } from '../config.ts';
import { generatedFields } from '../testing.ts';
import { copyWeights } from '../weights.ts';
import { askingUpper } from './answer.ts';
import { expectedCostLoss, stageCrossEntropy } from './loss.ts';
import { trainStages } from './train-stages.ts';

beforeAll(async () => {
  await selectEngine('wasm');
});

describe('stage losses', () => {
  it('equal the values worked by hand', () => {
    tf.tidy(() => {
      const ln = Math.log;
      const logits = tf.tensor2d([
        [ln(5), 0, 0, 0],
        [0, 0, ln(5), 0],
      ]);
      const labels = Int32Array.from([0, 3]);
      const options = { weights: [2, 1, 1, 4], smoothing: 0 };
      // p = 5/8 and 1/8: (2 * ln 8/5 + 4 * ln 8) / 2.
      const plain = stageCrossEntropy(logits, labels, options);
      expect(plain.loss.dataSync()[0]).toBeCloseTo((2 * ln(8 / 5) + 4 * ln(8)) / 2, 5);
      expect(plain.correct.dataSync()[0]).toBe(1);
      // Smoothed by 0.4, the target of the first row is 0.7, 0.1, 0.1, 0.1.
      const smooth = stageCrossEntropy(logits, Int32Array.from([0, 0]), {
        weights: [1, 1, 1, 1],
        smoothing: 0.4,
      });
      const first = 0.7 * ln(8 / 5) + 0.3 * ln(8);
      const second = 0.7 * ln(8) + 0.1 * ln(8 / 5) + 0.2 * ln(8);
      expect(smooth.loss.dataSync()[0]).toBeCloseTo((first + second) / 2, 5);
      // Benign row 0 10 20 30 over 30 with p 5/8 1/8 1/8 1/8; Pro row 30 25 10 0 with p 1/8 1/8 5/8 1/8.
      const cost = expectedCostLoss(logits, labels, STUDY_COSTS).dataSync()[0];
      expect(cost).toBeCloseTo((60 / 8 / 30 + (30 + 25 + 50) / 8 / 30) / 2, 5);
    });
  });
});

describe('trainStages', () => {
  const hybrid = { ...DEFAULT_HYBRID, size: 32, unetFilters: [4, 8], head: [16, 8], dropout: 0.1, l2: 1e-4 };
  const fields = generatedFields(5, 32);

  /** Maps of noise around one pattern a stage. */
  function views(mapLength: number, unetLength: number): CachedView[] {
    const random = seededRandom(9);
    const patterns = [0, 1, 2, 3].map(() => Float32Array.from({ length: mapLength }, () => random.normal()));
    return (['train', 'judge'] as const).map((use): CachedView => {
      const shown = [...fields.keys()];
      const plan = { name: `${use}-plain`, use, kind: 'plain' as const, sides: [] };
      const view = emptyView(plan, shown, { mapLength, unetLength });
      const maps = fields.flatMap((f) =>
        [...(patterns[f.label] ?? [])].map((v) => v + 0.3 * random.normal()),
      );
      view.maps.set(toFloat16(Float32Array.from(maps)));
      return view;
    });
  }

  async function run(
    epochs: number,
    { costWeight = 0, backboneRate = 1, unfold = false, weight = 1, dropout = hybrid.dropout } = {},
  ) {
    const before = tf.memory().numTensors;
    const parts = buildHybrid({ ...hybrid, dropout }, { unfold });
    randomiseWeights(parts.whole, 3);
    const [map, unet] = parts.upper.inputs.map((i) =>
      i.shape.slice(1).reduce<number>((n, d) => n * (d ?? 1), 1),
    );
    const cached = views(map ?? 0, unet ?? 0);
    const config = {
      ...STARTER_RECIPE.stages,
      epochs,
      batch: 8,
      peakRate: 3e-3,
      warmUp: 0.2,
      patience: 12,
      costWeight,
      backboneRate,
    };
    const backbone = async () =>
      (await copyWeights(parts.upper)).filter(({ name }) => !/^(head|stage_logits)/.test(name));
    const given = await backbone();
    const weighted = fields.map((field, i) => (i === 0 ? { ...field, weight } : field));
    const result = await trainStages(weighted, cached, parts, config, STUDY_COSTS, { seed: 1 });
    const learned = await backbone();
    const backboneKept = isDeepStrictEqual(learned, given);
    const moved = learned.filter((w, i) => !isDeepStrictEqual(w, given[i])).map(({ name }) => name);
    const { logits } = await askingUpper(parts.upper, (ask) =>
      ask(cached[0] as CachedView, (f) => fields[f]?.side === 'train'),
    );
    parts.dispose();
    expect(tf.memory().numTensors).toBe(before);
    return { result, logits, backboneKept, moved };
  }

  it('overfits a few maps, leaves no tensor, repeats under one seed and heeds the costs when told to', async () => {
    const { result, logits } = await run(16);
    const labels = fields.filter((f) => f.side === 'train').map((f) => f.label);
    const right = logits.filter((z, i) => z.indexOf(Math.max(...z)) === labels[i]).length;
    expect(right).toBe(labels.length);
    expect(result.history.every((e) => Number.isFinite(e.loss))).toBe(true);
    // Graphics engines cannot be read synchronously outside a browser.
    const reads = vi.spyOn(tf.Tensor.prototype, 'dataSync');
    const short = await run(1);
    expect(reads).not.toHaveBeenCalled();
    reads.mockRestore();
    expect((await run(1)).result).toEqual(short.result);
    expect((await run(1, { costWeight: 2 })).result.history).not.toEqual(short.result.history);
    expect((await run(1, { weight: 9 })).result.history[0]?.loss).toBeGreaterThan(
      short.result.history[0]?.loss ?? 9,
    );
    expect(short.backboneKept).toBe(false);
    expect((await run(1, { backboneRate: 0 })).backboneKept).toBe(true);
  }, 60_000);

  it('moves filters and batch norms, and leaves the biases still that batch norms take off again', async () => {
    const { moved } = await run(1, { unfold: true });
    const kinds = new Set(moved.map((name) => name.split('/').at(-1)));
    expect([...kinds].sort()).toEqual(
      ['beta', 'depthwise_kernel', 'gamma', 'kernel', 'moving_mean', 'moving_variance'].sort(),
    );
  });

  it('learns the same as a graph in ONNX Runtime, and repeats under one seed', async () => {
    const plan = { costWeight: 2, weight: 3, dropout: 0, unfold: true };
    const tape = await run(2, plan);
    await selectEngine('onnx');
    try {
      const graph = await run(2, plan);
      graph.result.history.forEach((epoch, i) => {
        const { loss, accuracy, score } = tape.result.history[i] as typeof epoch;
        expect(epoch.loss).toBeCloseTo(loss, 2);
        expect(epoch.score).toBeCloseTo(score, 2);
        expect(epoch.accuracy).toBeCloseTo(accuracy ?? 0, 1);
      });
      expect(graph.moved).toEqual(tape.moved);
      const dropping = await run(2);
      expect((await run(2)).result).toEqual(dropping.result);
      expect(dropping.result.history).not.toEqual(graph.result.history);
    } finally {
      await selectEngine('wasm');
    }
  });
});
