import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../random/index.ts';
import { couplePairs } from './couple.ts';
import { fitSvm, type SvmData } from './fit-svm.ts';
import { GRID_POINTS, searchGrid } from './grid-search.ts';
import { type PairTable, radialKernel, squaredDistances } from './kernel.ts';
import { fitPairs, pairsOf, pairValues } from './one-vs-one.ts';
import { fallOff, fitSigmoid } from './sigmoid.ts';
import { KKT_TOLERANCE, solveDual } from './solve-dual.ts';
import { decisionValues, svmLogits, votedClass } from './support-vector-machine.ts';

/** Inner products of points on a line. */
const linear = (points: readonly number[]): PairTable => ({
  rows: points.length,
  values: Float32Array.from(points.flatMap((a) => points.map((b) => a * b))),
});

describe('solveDual', () => {
  it('finds the widest margin and the vectors that hold it', () => {
    // Between 0 and 2 the margin is w = 1, b = -1, held by multipliers of 1/2; 5 lies behind it.
    const { coefficients, offset } = solveDual({
      kernel: linear([0, 2, 5]),
      rows: [0, 1, 2],
      signs: [-1, 1, 1],
      bounds: [10, 10, 10],
    });
    expect([...coefficients]).toEqual([-0.5, 0.5, 0]);
    expect(offset).toBeCloseTo(-1, 12);
  });

  it('lets a multiplier grow no further than its bound', () => {
    const problem = { kernel: linear([0, 2]), rows: [0, 1], signs: [-1, 1] };
    const { coefficients, offset } = solveDual({ ...problem, bounds: [0.1, 9] });
    // Bounded at 0.1, w = 0.2; the second vector is free and lies on its margin: 0.4 + b = 1.
    expect([...coefficients]).toEqual([-0.1, 0.1]);
    expect(offset).toBeCloseTo(0.6, 6);
  });

  it('takes the side of the only class that is there', () => {
    const alone = { kernel: linear([1, 2]), rows: [0, 1], bounds: [1, 1] };
    expect(solveDual({ ...alone, signs: [1, 1] })).toMatchObject({ offset: 1 });
    expect(solveDual({ ...alone, signs: [-1, -1] })).toMatchObject({ offset: -1 });
    expect(solveDual({ ...alone, rows: [], signs: [] })).toMatchObject({ offset: 0 });
  });

  it('meets the conditions of Karush, Kuhn and Tucker, whatever the data', () => {
    const cases = fc.record({
      seed: fc.integer(),
      n: fc.integer({ min: 2, max: 40 }),
      sigma: fc.constantFrom(0.01, 0.3, 3),
      c: fc.constantFrom(0.1, 1, 30),
      weight: fc.constantFrom(0.5, 1, 2),
    });
    fc.assert(
      fc.property(cases, ({ seed, n, sigma, c, weight }) => {
        const random = seededRandom(seed);
        const points = Array.from({ length: n }, () => Float32Array.of(random.normal(), random.normal()));
        const signs = points.map((_, i) => (i === 0 ? 1 : i === 1 ? -1 : random.next() < 0.5 ? 1 : -1));
        const bounds = signs.map((sign) => (sign > 0 ? c * weight : c));
        const kernel = radialKernel(squaredDistances(points), sigma);
        const { coefficients, offset } = solveDual({ kernel, rows: [...points.keys()], signs, bounds });

        expect(Math.abs(coefficients.reduce((a, b) => a + b, 0))).toBeLessThan(1e-8 * n * c);
        const slack = 2 * KKT_TOLERANCE;
        for (const [i, sign] of signs.entries()) {
          const alpha = sign * (coefficients[i] ?? 0);
          const margin =
            sign *
            coefficients.reduce((sum, beta, j) => sum + beta * (kernel.values[i * n + j] ?? 0), offset);
          expect(alpha).toBeGreaterThanOrEqual(0);
          expect(alpha).toBeLessThanOrEqual(bounds[i] ?? 0);
          if (alpha < (bounds[i] ?? 0)) expect(margin).toBeGreaterThan(1 - slack);
          if (alpha > 0) expect(margin).toBeLessThan(1 + slack);
        }
      }),
      { numRuns: 60 },
    );
  });
});

it('pairs every two classes once and reads a vote from each', () => {
  expect(pairsOf(4)).toEqual([
    [0, 1],
    [0, 2],
    [0, 3],
    [1, 2],
    [1, 3],
    [2, 3],
  ]);
  // 2 wins against 0, 1 and 3.
  expect(votedClass([1, -1, 1, -1, 1, 1], 4)).toBe(2);
});

it('parts four classes of a table, each pair by its own rows', () => {
  const points = [0, 0.1, 1, 1.1, 2, 2.1, 3, 3.1].map((x) => Float32Array.of(x));
  const kernel = radialKernel(squaredDistances(points), 5);
  const labels = [0, 0, 1, 1, 2, 2, 3, 3];
  const machines = fitPairs({ kernel, rows: [...points.keys()], labels, bounds: [9, 9, 9, 9] });
  expect(machines.map(({ rows }) => [...rows].join())).toEqual([
    '0,1,2,3',
    '0,1,4,5',
    '0,1,6,7',
    '2,3,4,5',
    '2,3,6,7',
    '4,5,6,7',
  ]);
  expect(labels.map((_, row) => votedClass(pairValues(machines, kernel, row), 4))).toEqual(labels);
});

describe('fitSigmoid', () => {
  it('says the share of the classes where the values say nothing', () => {
    const { slope, intercept } = fitSigmoid([0, 0, 0, 0], [true, true, true, false]);
    // Platt's targets: three times 4/5 and once 1/3.
    expect(fallOff(slope * 0 + intercept)).toBeCloseTo((3 * (4 / 5) + 1 / 3) / 4, 4);
  });

  it('is symmetric for symmetric values, and surer the farther they lie', () => {
    const { slope, intercept } = fitSigmoid([-2, -1, 1, 2, -1, 1], [false, false, true, true, true, false]);
    expect(intercept).toBeCloseTo(0, 5);
    expect(slope).toBeLessThan(0);
  });
});

it('couplePairs gives back the probabilities that agree with every pair', () => {
  const p = [0.4, 0.3, 0.2, 0.1];
  const pairs = pairsOf(4).map(([a, b]) => (p[a] ?? 0) / ((p[a] ?? 0) + (p[b] ?? 0)));
  for (const [i, value] of couplePairs(pairs, 4).entries()) expect(value).toBeCloseTo(p[i] ?? 0, 4);
});

describe('searchGrid', () => {
  it('looks at every decade, then around the best, never twice', async () => {
    const asked: string[] = [];
    const [best, ...rest] = await searchGrid(async (sigma, c) => {
      asked.push(`${sigma} ${c}`);
      return -Math.abs(Math.log10(sigma) + 1.75) - Math.abs(Math.log10(c) - 0.5);
    });
    expect(best?.sigma).toBeCloseTo(10 ** -1.75, 12);
    expect(best?.c).toBeCloseTo(10 ** 0.5, 12);
    expect(asked).toHaveLength(GRID_POINTS);
    expect(new Set(asked).size).toBe(asked.length);
    expect(rest).toHaveLength(asked.length - 1);
  });

  it('stays within 10^-3..10^3 and prefers the smoother of equals', async () => {
    const points = await searchGrid(async () => 0.5);
    expect(points[0]).toEqual({ sigma: 0.001, c: 0.001, accuracy: 0.5 });
    expect(points.every(({ sigma, c }) => Math.min(sigma, c) >= 0.001 && Math.max(sigma, c) <= 1000)).toBe(
      true,
    );
  });
});

/** Four classes on two rings: no plane parts them. */
function rings(seed: number, perClass = 12): SvmData {
  const random = seededRandom(seed);
  const labels = Array.from({ length: 4 * perClass }, (_, i) => i % 4);
  const rows = labels.map((label) => {
    const [radius, angle] = [label < 2 ? 1 : 3, Math.PI * (random.next() + (label % 2))];
    return Float32Array.of(100 * radius * Math.cos(angle), radius * Math.sin(angle));
  });
  return { rows, labels, folds: labels.map((_, i) => Math.floor(i / 4) % 5), weights: [1, 1, 1, 1] };
}

describe('fitSvm', () => {
  it('names rows it has not seen, gives the same machine again, and keeps only what supports it', async () => {
    const data = rings(1);
    const { machine, search } = await fitSvm(data);
    expect(search[0]?.accuracy).toBeGreaterThan(0.8);
    const unseen = rings(2);
    const logits = unseen.rows.map((row) => svmLogits(machine, row, 4));
    const named = logits.map((scores) => scores.indexOf(Math.max(...scores)));
    expect(named.filter((c, i) => c === unseen.labels[i]).length).toBeGreaterThanOrEqual(40);
    for (const scores of logits) expect(scores.reduce((sum, z) => sum + Math.exp(z), 0)).toBeCloseTo(1, 3);
    expect(decisionValues(machine, unseen.rows[0] ?? [])).toHaveLength(6);
    expect(machine.vectors.length / 2).toBeLessThanOrEqual(data.rows.length);
    expect(await fitSvm(data)).toEqual({ machine, search });
  });
});
