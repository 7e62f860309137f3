import { MATURITY_STAGES, STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { STARTER_RECIPE } from '../config.ts';
import { historyPlot } from './history-plot.ts';
import { modelCard } from './model-card.ts';
import type { RunRecord } from './run-record.ts';

const epoch = { epoch: 1, loss: 0.5, accuracy: 0.8, validation: { 'plain loss': 0.4 }, score: 0.4 };
const counts: [number, number, number, number] = [1, 2, 3, 4];
const scores = { n: 10, accuracy: 0.9, totalCost: 10 };

const bounded = { value: 0.9, lower: 0.8, upper: 0.95 };
const copy = {
  n: 10,
  groups: 5,
  accuracy: bounded,
  averageCost: bounded,
  malignantToBenignRate: bounded,
  deferredShare: bounded,
  ece: 0.01,
  nll: 0.05,
  confusion: [counts, counts, counts, counts],
};

const reliability = { n: 10, ece: 0.02, brier: 0.1, nll: 0.3, bins: [] };

const record: RunRecord = {
  config: { ...STARTER_RECIPE, costs: STUDY_COSTS, folds: 5, seed: 1 },
  engine: { name: 'wasm', reasons: ['node-gpu: not installed'] },
  data: {
    hash: 'a'.repeat(64),
    about: 'Fields drawn for this test.',
    strategy: 'grouped',
    groups: 7,
    train: counts,
    validation: counts,
    calibration: counts,
    test: counts,
  },
  parts: {
    masks: { history: [epoch], bestEpoch: 1 },
    stages: { history: [epoch, { ...epoch, epoch: 2 }], bestEpoch: 2 },
  },
  seconds: { masks: 12.4 },
  calibration: {
    temperature: 0.7,
    bias: [0, 0, 0, 0],
    prior: [0.1, 0.2, 0.3, 0.4],
    nllBefore: 0.2,
    nllAfter: 0.1,
  },
  outOfFold: {
    folds: 5,
    copies: { plain: copy, recoloured: copy, grey: copy, 'cells-only': copy, 'cell-less': copy },
    reliability: { before: reliability, after: reliability },
    coverage: {
      perStage: MATURITY_STAGES.map((stage) => ({
        stage,
        n: 10,
        covered: 9,
        share: 0.9,
        lower: 0.6,
        upper: 0.98,
      })),
      share: 0.9,
      meanSize: 1.2,
      singletons: 0.8,
    },
  },
  test: {
    n: 10,
    groups: 5,
    accuracy: 0.9,
    accuracyInterval: { lower: 0.8, upper: 1 },
    macroF1: 0.88,
    totalCost: 10,
    totalCostInterval: { lower: 0, upper: 30 },
    averageCost: 1,
    malignantToBenignRate: 0,
    ece: 0.01,
    nll: 0.05,
    notAssessable: 0,
    confusion: [counts, counts, counts, counts],
    minimumRiskCost: 10,
    dice: 0.95,
    iou: 0.9,
    counterfactual: { recoloured: scores, grey: scores, 'cells-only': scores, cellLessNotAssessable: 0.9 },
  },
};

describe('modelCard', () => {
  it('tells the figures of the run and that it is for research only', () => {
    const card = modelCard('mobilenetv2-hybrid', 'd'.repeat(64), record);
    for (const text of [
      '90.0 %',
      'Research use, not for diagnosis',
      'grouped',
      '0.950',
      'Engine wasm',
      '| Pro | 1 | 2 | 3 | 4 |',
    ])
      expect(card).toContain(text);
    expect(card).not.toContain('undefined');
    expect(card).not.toContain('NaN');
  });

  it.each([
    ['test.accuracy', { ...record, test: { ...record.test, accuracy: undefined } }],
    ['test.nll', { ...record, test: { ...record.test, nll: Number.NaN } }],
    ['engine', { ...record, engine: undefined }],
    [
      'parts.stages.history',
      { ...record, parts: { ...record.parts, stages: { history: [], bestEpoch: 0 } } },
    ],
  ])('refuses a record without %s, naming it', (where, broken) => {
    expect(() => modelCard('m', 'd', broken)).toThrow(where);
  });
});

describe('historyPlot', () => {
  it('draws one panel a part and one curve a figure', () => {
    const svg = historyPlot([
      { title: 'Masks <1>', history: [{ ...epoch, accuracy: null }] },
      { title: 'Stages', history: record.parts.stages.history },
    ]);
    expect(svg.match(/<polyline/g)).toHaveLength(2 + 3);
    expect(svg).toContain('Masks &#60;1&#62;');
    expect(svg).not.toContain('NaN');
  });
});
