import { MATURITY_STAGES, REASON_CODES, REASON_TEXT, type Reason } from '@blastwise/contracts';
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
const shown = (result: FieldResult) =>
  renderToStaticMarkup(createElement(DecisionSummary, { result, referralCost: 5 })).replaceAll(
    /<[^>]+>/g,
    '',
  );
const said = (reasons: Reason[]) => shown(decided(reasons));

/** What is said of a field without a stage, for reasons of the analysis and of the decision. */
const unassessable = (analysed: Reason[], decisive: Reason[]) => {
  const { analysis: before, decision, ...rest } = decided(decisive);
  const after = { ...before, assessable: false, reasons: analysed };
  return shown({ ...rest, analysis: after, decision: { ...decision, stage: null } });
};

it.each<[Reason[], boolean]>([
  [['expected-cost-above-referral'], true],
  [['several-stages-possible', 'expected-cost-above-referral'], true],
  [['several-stages-possible'], false],
  [['out-of-distribution'], false],
])('a deferral for %j speaks of costs: %s', (reasons, costs) => {
  expect(said(reasons).includes('is expected to cost 6.00; a second reading costs 5.00')).toBe(costs);
});

it.each(REASON_CODES)('a field without a stage is told as such, and why: %s', (reason) => {
  expect(unassessable([reason], [reason])).toBe(`DecisionNot assessable${REASON_TEXT[reason]}`);
});

it.each<{ analysed: Reason[]; decisive: Reason[]; text: string }>([
  {
    analysed: ['clipped', 'blurred'],
    decisive: ['clipped', 'blurred', 'expected-cost-above-referral'],
    text: [REASON_TEXT.clipped, REASON_TEXT.blurred, REASON_TEXT['expected-cost-above-referral']].join(' '),
  },
  { analysed: [], decisive: [], text: 'No stage is given for this field.' },
])('a field without a stage says every reason once: $analysed, $decisive', ({ analysed, decisive, text }) => {
  const all = unassessable(analysed, decisive);
  expect(all).toBe(`DecisionNot assessable${text}`);
  for (const stage of MATURITY_STAGES) expect(all).not.toContain(stage);
});
