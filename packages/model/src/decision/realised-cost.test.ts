import { type CostMatrix, STUDY_COSTS } from '@blastwise/contracts';
import { expect, it } from 'vitest';
import { realisedCost } from './realised-cost.ts';

const costs: CostMatrix = {
  ...STUDY_COSTS,
  matrix: [
    [0, 10, 20, 30],
    [40, 0, 15, 25],
    [60, 15, 0, 10],
    [90, 25, 10, 0],
  ],
};

it.each([
  ['right', { stage: 'Early', defer: false }, 'Early', 0],
  ['a miss: row of the true stage', { stage: 'Benign', defer: false }, 'Pro', 90],
  ['a false alarm', { stage: 'Pro', defer: false }, 'Benign', 30],
  ['deferred, whatever it leaned to', { stage: 'Benign', defer: true }, 'Pro', 2.5],
  ['no stage given', { stage: null, defer: false }, 'Pro', 2.5],
] as const)('%s', (_, decision, actual, cost) => {
  expect(realisedCost(decision, actual, costs)).toBe(cost);
});
