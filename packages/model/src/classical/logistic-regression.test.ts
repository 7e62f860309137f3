import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random/index.ts';
import { fitLogisticRegression, predictClasses } from './logistic-regression.ts';

/** Points around three corners, far apart against their spread. */
function corners(n: number, seed: number) {
  const random = seededRandom(seed);
  const labels = Array.from({ length: n }, (_, i) => i % 3);
  const centres = [
    [0, 0],
    [8, 0],
    [0, 800],
  ] as const;
  const rows = labels.map((label) => [
    (centres[label]?.[0] ?? 0) + random.normal(),
    (centres[label]?.[1] ?? 0) + 100 * random.normal(),
    7,
  ]);
  return { rows, labels };
}

describe('fitLogisticRegression', () => {
  it('names classes of points it has not seen, whatever the scale of a feature', () => {
    const model = fitLogisticRegression(...trained(corners(150, 1)), 3);
    const { rows, labels } = corners(150, 2);
    const right = predictClasses(model, rows).filter((c, i) => c === labels[i]).length;
    expect(right).toBeGreaterThanOrEqual(148);
  });

  it('reaches the minimum: mean probabilities equal the shares of the classes', () => {
    // Biases are not penalised, so at the minimum their gradient, the difference of the two, is zero.
    const rows = [[1], [1], [1], [1], [1]];
    const { weights } = fitLogisticRegression(rows, [0, 0, 0, 1, 1], 2);
    // Features never differ: the bias alone decides, with log(3/2) between the classes.
    expect((weights[1] ?? 0) - (weights[3] ?? 0)).toBeCloseTo(Math.log(1.5), 6);
    expect(weights[0]).toBe(0);
  });

  it('gives the same weights for the same points', () => {
    const [rows, labels] = trained(corners(30, 3));
    expect(fitLogisticRegression(rows, labels, 3)).toEqual(fitLogisticRegression(rows, labels, 3));
  });

  it('refuses points without labels', () => {
    expect(() => fitLogisticRegression([], [], 2)).toThrow(/one label/);
    expect(() => fitLogisticRegression([[1]], [], 2)).toThrow(/one label/);
  });
});

function trained({ rows, labels }: ReturnType<typeof corners>): [number[][], number[]] {
  return [rows, labels];
}
