import { describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from '../artifact/safetensors.ts';
import { seededRandom } from '../random/index.ts';
import { fitOod } from './fit-ood.ts';
import { type OodStatistics, oodResidual, oodStatistics, outOfDistribution } from './ood.ts';
import { dot, principalSubspace } from './subspace.ts';

const DIMENSION = 12;

/** Features that vary along the first `spread` axes only, around ones. */
function rows(n: number, spread: number, seed: number) {
  const random = seededRandom(seed);
  const data = Float32Array.from({ length: n * DIMENSION }, (_, i) =>
    i % DIMENSION < spread ? 1 + 0.3 * random.normal() : 1 + 0.01 * random.normal(),
  );
  return { data, dimension: DIMENSION };
}
const share = (hits: boolean[]) => hits.filter(Boolean).length / hits.length;
const each = ({ data, dimension }: ReturnType<typeof rows>) =>
  Array.from({ length: data.length / dimension }, (_, i) =>
    data.subarray(i * dimension, (i + 1) * dimension),
  );

describe('oodResidual', () => {
  const statistics: OodStatistics = {
    mean: Float32Array.of(0.6, 0, 0),
    components: [Float32Array.of(1, 0, 0)],
  };
  it.each([
    // Roots (3, 4, 0), at unit length (.6, .8, 0), less the mean (0, .8, 0), of which nothing lies along x.
    { features: [9, 16, 0], residual: 0.8 },
    { features: [9, -16, 0], residual: 0.8 },
    { features: [0, 0, 2], residual: 1 },
    { features: [5, 0, 0], residual: 0 },
    { features: [0, 0, 0], residual: 0 },
  ])('of $features is $residual', ({ features, residual }) => {
    expect(oodResidual(Float32Array.from(features), statistics)).toBeCloseTo(residual, 6);
  });

  it('is flagged above the threshold, at which the score is 1', () => {
    const at = (threshold: number) => outOfDistribution(Float32Array.of(9, 16, 0), { threshold }, statistics);
    expect(at(0.4)).toEqual({ score: expect.closeTo(2, 5), flag: true });
    expect(at(1.6)).toEqual({ score: expect.closeTo(0.5, 5), flag: false });
    expect(outOfDistribution(Float32Array.of(Number.NaN, 1, 0), { threshold: 1 }, statistics).flag).toBe(
      true,
    );
  });
});

describe('principalSubspace', () => {
  it('finds the axes along which the rows vary, orthonormal', () => {
    const random = seededRandom(3);
    const data = Float32Array.from({ length: 300 * 5 }, (_, i) =>
      i % 5 === 1 || i % 5 === 3 ? random.normal() : 0,
    );
    const basis = principalSubspace({ data, dimension: 5 }, 4);
    expect(basis).toHaveLength(2);
    basis.forEach((a, i) => {
      expect([a[0], a[2], a[4]].map((v) => Math.abs(v ?? 1))).toEqual(
        [0, 1, 2].map(() => expect.closeTo(0, 9)),
      );
      basis.forEach((b, j) => {
        expect(dot(a, b)).toBeCloseTo(i === j ? 1 : 0, 9);
      });
    });
  });
});

describe('fitOod', () => {
  const fitted = fitOod(rows(400, 4, 1), rows(200, 4, 2), { components: 4 });

  it('passes the share of validation fields asked for, and of others like them', () => {
    const flags = (of: ReturnType<typeof rows>) =>
      each(of).map((f) => outOfDistribution(f, fitted.ood, fitted.statistics).flag);
    const flagged = share(flags(rows(200, 4, 2)));
    expect(flagged).toBeLessThanOrEqual(0.02);
    expect(flagged).toBeGreaterThan(0);
    expect(share(flags(rows(500, 4, 3)))).toBeLessThan(0.06);
    expect(share(flags(rows(200, 12, 4)))).toBeGreaterThan(0.95);
    expect(fitted.ood.n).toEqual({ training: 400, validation: 200 });
  });

  it('gives the same scores from its tensors, and the same tensors again', () => {
    const { tensors } = readSafetensors(writeSafetensors([...fitted.tensors]), 'test');
    const stored = oodStatistics(tensors);
    expect(stored).toEqual(fitted.statistics);
    expect(oodStatistics(tensors)).toBe(stored);
    expect(oodStatistics(new Map())).toBeNull();
    expect(fitOod(rows(400, 4, 1), rows(200, 4, 2), { components: 4 })).toEqual(fitted);
  });

  it('takes the largest residual where there are too few validation fields for a quantile', () => {
    const few = fitOod(rows(100, 4, 1), rows(5, 4, 2), { components: 4 });
    const residuals = each(rows(5, 4, 2)).map((f) => oodResidual(f, few.statistics));
    expect(few.ood.threshold).toBe(Math.max(...residuals));
  });

  it('refuses rows of another length, and none', () => {
    const none = { data: new Float32Array(0), dimension: DIMENSION };
    expect(() => fitOod(none, rows(5, 4, 2))).toThrow('of one length');
    expect(() => fitOod(rows(5, 4, 2), { ...rows(5, 4, 2), dimension: 6 })).toThrow('of one length');
  });
});
