import type { StageVector } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { informationOf } from './information.ts';

const field = { expectedCost: 0, referralCost: 2.5, novelty: 0 };
const EVEN: StageVector = [0.25, 0.25, 0.25, 0.25];
const SURE: StageVector = [0, 0, 1, 0];

describe('informationOf', () => {
  it.each<[string, StageVector, number, number]>([
    ['four equal stages', EVEN, 1, 1],
    // ln 2 / ln 4.
    ['two equal stages', [0, 0.5, 0.5, 0], 0.5, 1],
    // -(.5 ln .5 + 2 * .25 ln .25) / ln 4 = (.5 + 1) ln 2 / (2 ln 2); a margin of .25.
    ['one of half and two of a quarter', [0.25, 0, 0.5, 0.25], 0.75, 0.75],
    ['a certain stage', SURE, 0, 0],
  ])('of %s: spread and closeness', (_, probabilities, spread, closeness) => {
    const found = informationOf({ ...field, probabilities });
    expect(found.spread).toBeCloseTo(spread, 12);
    expect(found.closeness).toBeCloseTo(closeness, 12);
    expect(found.score).toBeCloseTo((spread + closeness) / 4, 12);
  });

  it.each([
    { expectedCost: 0.5, referralCost: 2.5, novelty: 0.25, cost: 0.2, known: 0.25 },
    { expectedCost: 2.5, referralCost: 2.5, novelty: 1, cost: 1, known: 1 },
    { expectedCost: 7, referralCost: 2.5, novelty: 9, cost: 1, known: 1 },
    { expectedCost: 0, referralCost: 0, novelty: null, cost: 1, known: 0 },
  ])(
    'of a cost of $expectedCost, $referralCost a second reading, novelty $novelty',
    ({ cost, known, ...of }) => {
      const found = informationOf({ ...of, probabilities: SURE });
      expect(found.cost).toBeCloseTo(cost, 12);
      expect(found.novelty).toBe(known);
      expect(found.score).toBeCloseTo((cost + known) / 4, 12);
    },
  );
});
