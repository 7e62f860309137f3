import { STUDY_COSTS, type StageVector, toStageRecord } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { expectedCosts } from '../../decision/index.ts';
import { askChoice } from './ask-choice.ts';

const scaled = {
  ...STUDY_COSTS,
  matrix: [
    [0, 80, 160, 240],
    [80, 0, 120, 200],
    [160, 120, 0, 80],
    [240, 200, 80, 0],
  ],
  referralCost: 20,
} satisfies typeof STUDY_COSTS;

const asked = (probabilities: StageVector, costs = STUDY_COSTS) =>
  askChoice({
    probabilities: toStageRecord(probabilities),
    expectedCosts: toStageRecord(expectedCosts(probabilities, costs)),
    referralCost: costs.referralCost,
  });

describe('askChoice', () => {
  it.each<{ name: string; probabilities: StageVector; pair: ReturnType<typeof askChoice> }>([
    {
      name: 'at the referral cost: called Benign 2.5',
      probabilities: [0.75, 0.25, 0, 0],
      pair: { first: 'Benign', second: 'Early' },
    },
    {
      name: 'in the order of maturity, whichever is likelier',
      probabilities: [0.3, 0.7, 0, 0],
      pair: { first: 'Benign', second: 'Early' },
    },
    { name: 'called Pro 2', probabilities: [0, 0, 0.2, 0.8], pair: { first: 'Pre', second: 'Pro' } },
    {
      name: 'at half the referral cost: called Early 1.25',
      probabilities: [0.125, 0.875, 0, 0],
      pair: { first: 'Benign', second: 'Early' },
    },
    {
      name: 'at twice the referral cost: called Benign 5',
      probabilities: [0.5, 0.5, 0, 0],
      pair: { first: 'Benign', second: 'Early' },
    },
    { name: 'nothing of a clear field: called Benign 0.5', probabilities: [0.95, 0.05, 0, 0], pair: null },
    { name: 'nothing far beyond: called Pre 7.5', probabilities: [0, 0.5, 0.5, 0], pair: null },
    {
      name: 'of two stages that hold nine tenths: called Early 2.75',
      probabilities: [0.125, 0.775, 0.1, 0],
      pair: { first: 'Benign', second: 'Early' },
    },
    {
      name: 'nothing where a third stage may be true: called Early 3.125',
      probabilities: [0.125, 0.75, 0.125, 0],
      pair: null,
    },
  ])('asks $name', ({ probabilities, pair }) => {
    expect(asked(probabilities)).toEqual(pair);
    expect(asked(probabilities, scaled)).toEqual(pair);
  });

  it('asks nothing where a second reading is free, not even of a certain field', () => {
    expect(asked([1, 0, 0, 0], { ...STUDY_COSTS, referralCost: 0 })).toBeNull();
    expect(asked([0.75, 0.25, 0, 0], { ...STUDY_COSTS, referralCost: 0 })).toBeNull();
  });
});
