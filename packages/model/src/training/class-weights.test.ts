import { describe, expect, it } from 'vitest';
import { classWeights } from './fields.ts';

const labels = (...counts: number[]): number[] =>
  counts.flatMap((count, stage) => new Array<number>(count).fill(stage));

describe('classWeights', () => {
  it.each<[string, number[], number[]]>([
    ['equal counts weigh 1', [5, 5, 5, 5], [1, 1, 1, 1]],
    // 20 fields of 4 stages: 20 / (4 * 2), 20 / (4 * 4), 20 / (4 * 4), 20 / (4 * 10).
    ['n / (K n_c)', [2, 4, 4, 10], [2.5, 1.25, 1.25, 0.5]],
    // The study's set: 3,256 / (4 * 504), / (4 * 985), / (4 * 963), / (4 * 804).
    ['the study', [504, 985, 963, 804], [3256 / 2016, 3256 / 3940, 3256 / 3852, 3256 / 3216]],
    ['a stage without fields weighs 1', [0, 3, 3, 0], [1, 0.5, 0.5, 1]],
    ['no field at all', [0, 0, 0, 0], [1, 1, 1, 1]],
  ])('%s', (_, counts, weights) => {
    expect(classWeights(labels(...counts), 4)).toEqual(weights);
  });

  it('makes every stage that occurs count the same, and a field 1 on average', () => {
    const all = labels(7, 19, 3, 1);
    const weights = classWeights(all, 4);
    const sums = [0, 1, 2, 3].map(
      (stage) => all.filter((label) => label === stage).length * (weights[stage] ?? 0),
    );
    for (const sum of sums) expect(sum).toBeCloseTo(30 / 4, 12);
  });
});
