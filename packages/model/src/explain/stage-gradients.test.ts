import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_HYBRID } from '../architecture/index.ts';
import type { Artifact, NamedTensor } from '../artifact/index.ts';
import { stageGradients } from './stage-gradients.ts';
import { readStageHead, type StageHead } from './stage-head.ts';
import { someHead } from './testing.ts';

const layer = (outputs: number, kernel: number[], bias: number[]) => ({
  inputs: kernel.length / outputs,
  outputs,
  kernel: Float32Array.from(kernel),
  bias: Float64Array.from(bias),
});

describe('stageGradients', () => {
  // x = [1, 2]; hidden = [1 + 4 + 0.5, -1 + 2 - 2] = [5.5, -1]: the ReLU lets only the first unit through.
  const hidden = layer(2, [1, -1, 2, 1], [0.5, -2]);
  const logits = layer(4, [1, 2, 0, -1, 5, 5, 5, 5], [0, 1, 2, 3]);

  it('are the open paths through a head of two layers, worked by hand', () => {
    const { gradients, logits: z, offset } = stageGradients([hidden, logits], Float32Array.of(1, 2));
    expect(z).toEqual([5.5, 12, 2, -2.5]);
    expect(gradients.map((g) => [...g])).toEqual([
      [1, 2],
      [2, 4],
      [0, 0],
      [-1, -2],
    ]);
    expect(offset).toEqual([0.5, 2, 2, 2.5]);
  });

  it('agree with differences of the logits to both sides', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.nat({ max: 5 }), (seed, i) => {
        const { head, features } = someHead(seed, 6);
        const { gradients, logits: z, offset } = stageGradients(head, features);
        const moved = (by: number) => {
          const x = features.slice();
          x[i] = (x[i] ?? 0) + by;
          return stageGradients(head, x).logits;
        };
        const step = 2 ** -16;
        const [up, down] = [moved(step), moved(-step)];
        for (const s of [0, 1, 2, 3] as const) {
          const explained = features.reduce((sum, x, k) => sum + x * (gradients[s][k] ?? 0), offset[s]);
          expect(explained).toBeCloseTo(z[s], 9);
          // A kink within the step leaves the derivative between the two slopes.
          const slopes = [(up[s] - z[s]) / step, (z[s] - down[s]) / step];
          const g = gradients[s][i] ?? Number.NaN;
          expect(g).toBeGreaterThan(Math.min(...slopes) - 1e-3);
          expect(g).toBeLessThan(Math.max(...slopes) + 1e-3);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('readStageHead', () => {
  it('folds the batch norm into the layer before it, worked by hand', () => {
    const weight = (name: string, shape: number[], ...data: number[]): [string, NamedTensor] => [
      name,
      { name, dtype: 'F32', shape, data: Float32Array.from(data) },
    ];
    const weights = new Map([
      weight('head_1_dense/kernel', [1, 2], 3, 5),
      weight('head_1_dense/bias', [2], 1, 0),
      weight('head_1_batch_norm/gamma', [2], 2, 6),
      weight('head_1_batch_norm/beta', [2], 7, 0),
      weight('head_1_batch_norm/moving_mean', [2], 4, -1),
      // With epsilon 1 the roots are 2 and 3, so the scales 1 and 2.
      weight('head_1_batch_norm/moving_variance', [2], 3, 8),
      weight('stage_logits/kernel', [2, 4], 1, 0, 0, 0, 0, 1, 0, 0),
      weight('stage_logits/bias', [4], 0, 0, 0, 9),
    ]);
    const config = { ...DEFAULT_HYBRID, head: [2], batchNorm: { epsilon: 1, momentum: 0.9 } };
    const manifest = { architecture: { kind: 'hybrid', config } } as unknown as Artifact['manifest'];
    const head: StageHead = readStageHead({ manifest, weights });
    expect(head[0]).toEqual(layer(2, [3, 10], [(1 - 4) * 1 + 7, (0 + 1) * 2 + 0]));
    expect(head[1]).toEqual(layer(4, [1, 0, 0, 0, 0, 1, 0, 0], [0, 0, 0, 9]));
    expect(() => readStageHead({ manifest, weights: new Map() })).toThrow('head_1_batch_norm/gamma');
  });
});
