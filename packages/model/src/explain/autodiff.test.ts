import { beforeAll, describe, expect, it } from 'vitest';
import { buildHybrid, DEFAULT_HYBRID, loadWeights, readWeights } from '../architecture/index.ts';
import { maxDifference, randomiseWeights } from '../architecture/testing.ts';
import type { Artifact } from '../artifact/index.ts';
import { selectEngine } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import { EXPLAINED_OUTPUTS, exportHybridOnnx } from '../export/index.ts';
import { runOnnx } from '../export/testing.ts';
import { evidenceOf } from './evidence.ts';
import { stageGradients } from './stage-gradients.ts';
import { readStageHead } from './stage-head.ts';

const config = { ...DEFAULT_HYBRID, unetFilters: [2, 4, 4], head: [16, 8] };
const largest = (values: ArrayLike<number>) => maxDifference(values, new Float32Array(values.length));

beforeAll(async () => {
  await selectEngine('wasm');
});

describe('Grad-CAM of the exported network', () => {
  it('is that of the whole network by automatic differentiation', async () => {
    const parts = buildHybrid(config);
    randomiseWeights(parts.whole, 5);
    const weights = new Map(readWeights(parts.whole).map((w) => [w.name, w]));
    // Cut behind the last map, so that its upper part is all that lies between the map and the logits.
    const cut = buildHybrid({ ...config, tap: 'out_relu' });
    loadWeights(cut.whole, weights);
    const x = tf.randomUniform([1, 224, 224, 3], 0, 255, 'float32', 7);

    const [, , features = new Float32Array(0), map = new Float32Array(0)] = await runOnnx(
      await exportHybridOnnx(config, weights),
      { image: x },
      EXPLAINED_OUTPUTS,
    );
    const manifest = { architecture: { kind: 'hybrid', config } } as unknown as Artifact['manifest'];
    const gradients = stageGradients(readStageHead({ manifest, weights }), features);
    const evidence = evidenceOf(gradients, map, 7);

    for (const s of [0, 1, 2, 3] as const) {
      const expected = tf.tidy(() => {
        const [lastMap, unetFeatures] = cut.lower.predict(x) as [tf.Tensor, tf.Tensor];
        const logit = (a: tf.Tensor) =>
          tf.sum(
            tf.slice((cut.upper.apply([a, unetFeatures]) as tf.Tensor[])[0] as tf.Tensor2D, [0, s], [1, 1]),
          );
        const gradient = tf.grad(logit)(lastMap);
        const weight = tf.mean(gradient, [1, 2]);
        const heat = tf.sum(tf.mul(lastMap, tf.reshape(weight, [1, 1, 1, -1])), 3);
        return { weight: weight.dataSync(), heat: heat.dataSync() };
      });
      const weight = gradients.gradients[s].slice(0, 1280).map((g) => g / 49);
      expect(largest(expected.heat)).toBeGreaterThan(0);
      expect(maxDifference(weight, expected.weight) / largest(expected.weight)).toBeLessThan(1e-4);
      expect(maxDifference(evidence.values[s], expected.heat) / largest(expected.heat)).toBeLessThan(1e-4);
    }
    x.dispose();
    parts.dispose();
    cut.dispose();
  });
});
