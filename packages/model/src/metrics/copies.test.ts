import { type CostMatrix, STUDY_COSTS, type StageVector } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { scoreCopy } from './copies.ts';
import type { EvaluationRow } from './tally.ts';
import { wilson } from './wilson.ts';

const row = (
  actual: EvaluationRow['actual'],
  probabilities: StageVector,
  group: string,
  assessable = true,
): EvaluationRow => ({ actual, probabilities, group, assessable });

const COSTS: CostMatrix = { ...STUDY_COSTS, referralCost: 3 };
const OPTIONS = { seed: 1, resamples: 500 };
const SURE = { Benign: [1, 0, 0, 0], Pre: [0, 0, 1, 0] } as const satisfies Record<string, StageVector>;

describe('scoreCopy', () => {
  it('counts what the most probable stage costs and what is left to a reader', () => {
    const scores = scoreCopy(
      [
        row('Benign', SURE.Benign, 'a'),
        row('Pre', SURE.Benign, 'b'),
        row('Pre', SURE.Pre, 'b', false),
        // Early at .6: calling it Early is expected to cost 4, above the 3 of a referral.
        row('Benign', [0.4, 0.6, 0, 0], 'c'),
      ],
      COSTS,
      OPTIONS,
    );
    // Pre called Benign costs 20, Benign called Early 10.
    expect(scores).toMatchObject({
      n: 4,
      groups: 3,
      accuracy: 0.5,
      totalCost: 30,
      averageCost: 7.5,
      malignantToBenignRate: 0.5,
      notAssessable: 1,
      deferredShare: 0.5,
    });
    expect(scores.intervals.deferredShare?.method).toBe('group-bootstrap');
    expect(Object.keys(scores.intervals).sort()).toEqual([
      'accuracy',
      'averageCost',
      'deferredShare',
      'malignantToBenignRate',
      'totalCost',
    ]);
  });

  it.each([
    ['all', false, 1, { lower: 1 - wilson(0, 2).upper, upper: 1 }],
    ['none', true, 0, { lower: 0, upper: wilson(0, 2).upper }],
  ])(
    'bounds the share left to a reader by the number of groups where it is %s',
    (_, assessable, share, bounds) => {
      const rows = [row('Benign', SURE.Benign, 'a', assessable), row('Pre', SURE.Pre, 'b', assessable)];
      const { deferredShare, intervals } = scoreCopy(rows, COSTS, OPTIONS);
      expect(deferredShare).toBe(share);
      expect(intervals.deferredShare).toEqual({ ...bounds, method: 'zero-errors' });
      expect(intervals.accuracy?.method).toBe('zero-errors');
    },
  );
});
