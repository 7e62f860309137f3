import type { Reason } from '@blastwise/contracts';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { DecisionSummary } from './decision-summary.tsx';
import type { FieldResult } from './types.ts';

const versions = { modelDigest: 'd'.repeat(64), modelName: 'm', preprocessing: 'p', calibration: 'c' };
const analysis: FieldResult['analysis'] = {
  ...{ width: 224, height: 224, assessable: true, reasons: [], stage: 'Early', cells: 1, maskFraction: 0.1 },
  ...{ predictionSet: null, outOfDistribution: null, scale: null, whiteCells: null, background: null },
  probabilities: { Benign: 0, Early: 0.6, Pre: 0.4, Pro: 0 },
  versions,
};
const decided = (reasons: Reason[]): FieldResult => {
  const at = '2026-11-28T00:00:00.000Z';
  const decision = {
    ...{ id: 'd', costMatrixId: 'c', costMatrixVersion: 1, costMatrixName: 'n', costMatrixValidated: false },
    ...{ stage: 'Early' as const, defer: true, reasons, expectedCost: 6, decidedAt: at },
    expectedCosts: { Benign: 30, Early: 6, Pre: 9, Pro: 20 },
  };
  const layers = { nucleus: false, heatmaps: false };
  return {
    ...{
      analysisId: 'a',
      analysis,
      setLevel: null,
      assumedPrior: null,
      margin: 0.2,
      durationMs: 1,
      analysedAt: at,
      layers,
    },
    ...{ decision, decisions: [decision] },
  };
};
const said = (reasons: Reason[]) =>
  renderToStaticMarkup(
    createElement(DecisionSummary, { result: decided(reasons), referralCost: 5 }),
  ).replaceAll(/<[^>]+>/g, '');

it.each<[Reason[], boolean]>([
  [['expected-cost-above-referral'], true],
  [['several-stages-possible', 'expected-cost-above-referral'], true],
  [['several-stages-possible'], false],
  [['out-of-distribution'], false],
])('a deferral for %j speaks of costs: %s', (reasons, costs) => {
  expect(said(reasons).includes('is expected to cost 6.00; a second reading costs 5.00')).toBe(costs);
});
