import { DEFAULT_COST_WEIGHTS, STUDY_COSTS } from '@blastwise/contracts';
import { expect, it } from 'vitest';
import { basisLines, weightLines } from './basis-words.ts';
import type { CostBasis, LearnedCell } from './types.ts';

const CELL: LearnedCell = {
  actual: 'Early',
  predicted: 'Benign',
  active: 10,
  proposed: 12.5,
  posterior: 80 / 6,
  interval: { lower: 4.68, upper: 21.99 },
  evidence: 1,
  judgements: 2,
  fields: 1,
  chosen: { cost: 11.80431, interval: { lower: 2.9, upper: 20.71 }, learned: 0.2 },
};
const basisOf = (cell: LearnedCell): CostBasis => ({ weights: DEFAULT_COST_WEIGHTS, cells: [cell] });
const versionWith = (cost: number) => {
  const [benign, [, ...early], pre, pro] = STUDY_COSTS.matrix;
  const row: [number, number, number, number] = [cost, ...early];
  return { ...STUDY_COSTS, matrix: [benign, row, pre, pro] satisfies typeof STUDY_COSTS.matrix };
};

it.each([
  ['as it was computed', 12.5, 'computed'],
  ['taken from choices, to four figures', 11.8, 'from choices'],
  ['another', 14, 'changed by hand'],
  ['kept although another was computed', 10, 'changed by hand'],
])('a cost %s is marked so', (_, cost, origin) => {
  expect(basisLines(basisOf(CELL), versionWith(cost))).toEqual([{ cell: CELL, cost, origin }]);
});

it('is silent on what nobody judged and nobody changed', () => {
  expect(basisLines(basisOf({ ...CELL, proposed: 10 }), versionWith(10))).toEqual([]);
});

it('says how judgements were weighed', () => {
  expect(weightLines(DEFAULT_COST_WEIGHTS)).toEqual([
    'Cost of an error judged none 0, minor 5, moderate 10, serious 20, critical 30.',
    'A judgement weighs sure 1, probable 0.5, unsure 0.25, times morphology 1, cytochemistry 1.5, flow cytometry 2, genetics 2.',
    'The founding cost counts as 5 judgements; a step is at most 25 % or 2.',
  ]);
});
