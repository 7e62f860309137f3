import { type CostMatrix, STUDY_COSTS } from '@blastwise/contracts';
import { describe, expect, it } from 'vitest';
import { type Confusion, kappa, malignantToBenignRate, totalCost, transpose } from './confusion.ts';
import { classScores, costWeightedF1, macroF1, weightedF1 } from './f-scores.ts';
import { confusionScores } from './scores.ts';

/** As the study prints them: rows predicted, columns actual; the last figures are its table's. */
const STUDY: { name: string; printed: Confusion; table: [number, number, number, number, number] }[] = [
  {
    name: 'DenseNet-201',
    printed: [
      [79, 0, 0, 0],
      [1, 157, 0, 0],
      [0, 0, 152, 0],
      [0, 0, 1, 128],
    ],
    table: [0.9961, 20, 0.0386, 0.9993, 0.9958],
  },
  {
    name: 'XGBoost',
    printed: [
      [66, 2, 0, 0],
      [10, 153, 6, 0],
      [1, 2, 144, 0],
      [3, 0, 3, 128],
    ],
    table: [0.9479, 380, 0.7336, 0.9867, 0.9419],
  },
  {
    name: 'SVM',
    printed: [
      [70, 5, 1, 3],
      [10, 150, 3, 0],
      [0, 2, 148, 0],
      [0, 0, 1, 125],
    ],
    table: [0.9517, 345, 0.666, 0.9879, 0.9448],
  },
];

const ASYMMETRIC: CostMatrix = {
  ...STUDY_COSTS,
  matrix: [
    [0, 10, 20, 30],
    [40, 0, 15, 25],
    [60, 15, 0, 10],
    [90, 25, 10, 0],
  ],
};

/** 10 fields, 7 right: Benign 2/3, Early 3/4, Pre 2/2, Pro 0/1. */
const SMALL: Confusion = [
  [2, 1, 0, 0],
  [1, 3, 0, 0],
  [0, 0, 2, 0],
  [1, 0, 0, 0],
];

describe('the reference confusions', () => {
  it.each(STUDY)('$name reproduces the study', ({ printed, table }) => {
    const scores = confusionScores(transpose(printed), STUDY_COSTS);
    const { accuracy, totalCost, averageCost, costSensitiveAccuracy, costWeightedF1 } = scores;
    const ours = [accuracy, totalCost, averageCost, costSensitiveAccuracy, costWeightedF1];
    expect(ours.map((x) => Math.round(x * 1e4) / 1e4)).toEqual(table);
    expect(scores.macroF1).toBeCloseTo(costWeightedF1, 12);
  });

  it('costs the SVM 715 under an asymmetric matrix; 645 would be the transposition', () => {
    const svm = STUDY[2]?.printed ?? SMALL;
    expect(totalCost(transpose(svm), ASYMMETRIC)).toBe(715);
    expect(totalCost(svm, ASYMMETRIC)).toBe(645);
  });
});

describe('hand-worked scores', () => {
  it('gives precision, recall and F1 of each stage', () => {
    expect(classScores(SMALL)).toEqual([
      { precision: 2 / 4, recall: 2 / 3, f1: 4 / 7, n: 3 },
      { precision: 3 / 4, recall: 3 / 4, f1: 3 / 4, n: 4 },
      { precision: 1, recall: 1, f1: 1, n: 2 },
      { precision: 0, recall: 0, f1: 0, n: 1 },
    ]);
  });

  it('averages F1 plainly, by support and by the study', () => {
    expect(macroF1(SMALL)).toBeCloseTo((4 / 7 + 3 / 4 + 1 + 0) / 4, 12);
    expect(weightedF1(SMALL)).toBeCloseTo((3 * (4 / 7) + 4 * (3 / 4) + 2) / 10, 12);
    const costs: CostMatrix = { ...STUDY_COSTS, matrix: STUDY_COSTS.matrix };
    costs.matrix = [[1, 10, 20, 30], costs.matrix[1], costs.matrix[2], costs.matrix[3]];
    // Weights 1/2, 1, 1, 1.
    expect(costWeightedF1(SMALL, costs)).toBeCloseTo((0.5 * (4 / 7) + 3 / 4 + 1 + 0) / 3.5, 12);
  });

  it('leaves a stage out of the mean that neither occurs nor is answered', () => {
    const three: Confusion = [
      [2, 1, 0, 0],
      [1, 3, 0, 0],
      [0, 0, 2, 0],
      [0, 0, 0, 0],
    ];
    expect(macroF1(three)).toBeCloseTo((2 / 3 + 3 / 4 + 1) / 3, 12);
  });

  it('measures agreement beyond chance', () => {
    // Observed .7; chance (3*4 + 4*4 + 2*2 + 1*0) / 100 = .32.
    expect(kappa(SMALL)).toBeCloseTo((0.7 - 0.32) / 0.68, 12);
    expect(
      kappa([
        [5, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ]),
    ).toBeNull();
  });

  it('counts malignant fields called Benign among the malignant', () => {
    expect(malignantToBenignRate(SMALL)).toBeCloseTo(2 / 7, 12);
    expect(
      malignantToBenignRate([
        [5, 1, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ]),
    ).toBeNull();
  });

  it('costs: Benign called Early 10, Early called Benign 40, Pro called Benign 90', () => {
    const scores = confusionScores(SMALL, ASYMMETRIC);
    expect(scores.totalCost).toBe(140);
    expect(scores.averageCost).toBe(14);
    // Sum of the matrix 350, n / K = 2.5.
    expect(scores.costSensitiveAccuracy).toBeCloseTo(1 - 140 / 875, 12);
  });
});
