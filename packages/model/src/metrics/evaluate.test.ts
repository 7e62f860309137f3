import { type CostMatrix, STUDY_COSTS, type StageVector } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { quantile } from './bootstrap.ts';
import { evaluate } from './evaluate.ts';
import type { EvaluationRow } from './tally.ts';
import { wilson } from './wilson.ts';

const row = (actual: EvaluationRow['actual'], probabilities: StageVector, group: string): EvaluationRow => ({
  actual,
  probabilities,
  group,
  assessable: true,
});

const COSTS: CostMatrix = { ...STUDY_COSTS, referralCost: 3 };
const ROWS: EvaluationRow[] = [
  row('Benign', [0.9, 0.1, 0, 0], 'a'),
  row('Benign', [0.4, 0.6, 0, 0], 'a'),
  row('Pre', [0, 0, 1, 0], 'b'),
  row('Pro', [0.5, 0, 0.1, 0.4], 'c'),
];

describe('evaluate', () => {
  const result = evaluate(ROWS, COSTS, { seed: 1, resamples: 500 });

  it('answers with the most probable stage at the top', () => {
    expect(result).toMatchObject({ n: 4, groups: 3, accuracy: 0.5, totalCost: 40, averageCost: 10 });
    expect(result.confusion).toEqual([
      [1, 1, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 1, 0],
      [1, 0, 0, 0],
    ]);
    expect(result.malignantToBenignRate).toBe(0.5);
    expect(result.perClass.Pre).toEqual({ precision: 1, recall: 1, f1: 1, n: 1 });
  });

  it('scores the probabilities', () => {
    const brier = (0.01 + 0.01 + (0.36 + 0.36) + 0 + (0.25 + 0.01 + 0.36)) / 4;
    expect(result.brier).toBeCloseTo(brier, 12);
    expect(result.nll).toBeCloseTo(-(Math.log(0.9) + Math.log(0.4) + 0 + Math.log(0.4)) / 4, 12);
    // Each field in a bin of its own: gaps .1, .6, 0 and .5.
    expect(result.ece).toBeCloseTo((0.1 + 0.6 + 0 + 0.5) / 4, 12);
  });

  it('answers with the lowest expected cost under minimumRisk', () => {
    // Field 4: called Benign .1*20+.4*30 = 14, Early 5+1.5+10 = 16.5, Pre 10+4 = 14, Pro 15+1 = 16: Benign.
    expect(result.minimumRisk).toMatchObject({ totalCost: 40, averageCost: 10, malignantToBenignRate: 0.5 });
  });

  it('leaves to a reader what costs more than a referral', () => {
    // Lowest expected costs: 1, 4, 0, 14; the second and the fourth exceed 3.
    expect(result.selective).toEqual({ deferredShare: 0.5, averageCostKept: 0, accuracyKept: 1 });
    const none = evaluate(ROWS.slice(3), COSTS, { seed: 1, resamples: 10 });
    expect(none.selective).toEqual({ deferredShare: 1, averageCostKept: null, accuracyKept: null });
  });

  it('counts a field that cannot be assessed with its stage, but keeps no answer of it', () => {
    const blank = ROWS.map((r, i) => (i === 2 ? { ...r, assessable: false } : r));
    const seen = evaluate(blank, COSTS, { seed: 1, resamples: 10 });
    expect(seen).toMatchObject({ accuracy: 0.5, notAssessable: 1, selective: { deferredShare: 0.75 } });
  });

  it('names the best constant answer', () => {
    // Two Benign, one Pre, one Pro: Benign 50, Early 60, Pre 50, Pro 70; the first of equal ones.
    expect(result.constant).toEqual({ stage: 'Benign', averageCost: 12.5 });
  });

  it('repeats its intervals under one seed and holds the estimate inside', () => {
    expect(evaluate(ROWS, COSTS, { seed: 1, resamples: 500 })).toEqual(result);
    expect(result.intervals.accuracy?.method).toBe('group-bootstrap');
    for (const name of ['accuracy', 'macroF1', 'ece', 'brier', 'nll', 'averageCost'] as const) {
      const interval = result.intervals[name];
      expect(interval?.lower).toBeLessThanOrEqual(result[name]);
      expect(interval?.upper).toBeGreaterThanOrEqual(result[name]);
    }
  });

  it('refuses an empty set', () => {
    expect(() => evaluate([], COSTS, { seed: 1 })).toThrow('There is no field to evaluate.');
  });
});

describe('intervals without an error', () => {
  const sure = Array.from({ length: 60 }, (_, i) =>
    row(i < 30 ? 'Benign' : 'Pro', i < 30 ? [1, 0, 0, 0] : [0, 0, 0, 1], `g${i % 20}-${i < 30}`),
  );

  it('are bounded by the number of groups, not of fields', () => {
    const { intervals, groups } = evaluate(sure, STUDY_COSTS, { seed: 3, resamples: 50 });
    expect(groups).toBe(40);
    const worst = wilson(0, 40).upper;
    expect(intervals.accuracy).toEqual({
      lower: expect.closeTo(1 - worst, 12),
      upper: 1,
      method: 'zero-errors',
    });
    expect(intervals.averageCost?.upper).toBeCloseTo(worst * 30, 12);
    expect(intervals.totalCost?.upper).toBeCloseTo(worst * 30 * 60, 9);
    expect(intervals.malignantToBenignRate?.upper).toBeCloseTo(wilson(0, 20).upper, 12);
    expect(intervals.macroF1?.lower).toBeLessThan(1 - worst / 2);
  });
});

describe('wilson', () => {
  it.each([
    { hits: 516, n: 518, lower: 0.986, upper: 0.9989 },
    { hits: 0, n: 40, lower: 0, upper: 0.0876 },
    { hits: 5, n: 10, lower: 0.2366, upper: 0.7634 },
  ])('$hits of $n', ({ hits, n, lower, upper }) => {
    const bounds = wilson(hits, n);
    expect(bounds.lower).toBeCloseTo(lower, 4);
    expect(bounds.upper).toBeCloseTo(upper, 4);
  });
});

describe('quantile', () => {
  it.each([
    [0, 1],
    [0.5, 2.5],
    [0.975, 3.925],
    [1, 4],
  ])('%s of 1 2 3 4', (q, value) => expect(quantile([1, 2, 3, 4], q)).toBeCloseTo(value, 12));
});
