import { expect, it } from 'vitest';
import { intervalAlternative } from './interval-plot.tsx';
import { plottedIntervals } from './plotted-intervals.ts';
import type { Comparison } from './types.ts';

const comparison: Comparison = {
  ...{ verdict: 'promote', promote: true, reasons: [], fields: 400, groups: 10, discordantGroups: 6 },
  costDifference: { mean: -1.5, lower: -2.25, upper: -0.5, p: 1 / 64 },
  malignantToBenign: {
    ...{ champion: 0.0125, challenger: 0.01, upper: 0.0175, margin: 0.01 },
    ...{ fields: 300, groups: 8, onlyChampion: 1, onlyChallenger: 0 },
  },
  ...{ level: 0.0025, smallestP: 1 / 64, smallestDetectable: 1.5, budget: 20 },
};
const judgement: Parameters<typeof plottedIntervals>[0] = {
  verdict: 'promote',
  promote: true,
  reasons: [],
  decidedOn: 'locked',
  locked: comparison,
  reserved: null,
};

it('says in words what the plots show', () => {
  expect(plottedIntervals(judgement).map(intervalAlternative)).toEqual([
    'Cost per field, challenger minus champion: \u22121.50, interval \u22122.25 to \u22120.50; no difference 0.0000. The interval stays on the side that is asked for.',
    'Rise of malignant fields called Benign, one-sided 95 %: \u22120.25 points, interval at most +1.75 points; allowed +1.00 points. The interval reaches beyond.',
  ]);
});

it('plots the cost on the cases that decided, and no rate where no field is malignant', () => {
  const reserved = { ...comparison, costDifference: { mean: 1, lower: -1, upper: 3, p: 0.5 } };
  const [cost] = plottedIntervals({ ...judgement, decidedOn: 'reserved', reserved });
  expect(cost).toMatchObject({ value: 1, upper: 3, title: expect.stringMatching(/reserved cases$/) });
  const { malignantToBenign } = comparison;
  const locked = { ...comparison, malignantToBenign: { ...malignantToBenign, champion: null } };
  expect(plottedIntervals({ ...judgement, locked })).toHaveLength(1);
});
