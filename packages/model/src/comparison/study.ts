import { type Confusion, transpose } from '../metrics/index.ts';

/** A row of the published study's table, on its random split. */
export interface StudyRow {
  /** The system as `train --model` names it. */
  readonly model: string;
  readonly title: string;
  readonly trainAccuracy: number;
  readonly accuracy: number;
  readonly totalCost: number;
  readonly averageCost: number;
  readonly costSensitiveAccuracy: number;
  readonly costWeightedF1: number;
  /** Rows actual, columns predicted; null where the study prints none that fits its figures. */
  readonly confusion: Confusion | null;
}

/** Fields of the study's test side: what its total costs are sums over. */
export const STUDY_FIELDS = 518;

/** Tables as the study prints them, rows predicted and columns actual, turned to ours. */
const printed = (table: Confusion): Confusion => transpose(table);

export const STUDY_ROWS: readonly StudyRow[] = [
  {
    model: 'svm',
    title: 'SVM',
    trainAccuracy: 0.9971,
    accuracy: 0.9517,
    totalCost: 345,
    averageCost: 0.666,
    costSensitiveAccuracy: 0.9879,
    costWeightedF1: 0.9448,
    confusion: printed([
      [70, 5, 1, 3],
      [10, 150, 3, 0],
      [0, 2, 148, 0],
      [0, 0, 1, 125],
    ]),
  },
  {
    model: 'xgboost',
    title: 'XGBoost',
    trainAccuracy: 0.9947,
    accuracy: 0.9479,
    totalCost: 380,
    averageCost: 0.7336,
    costSensitiveAccuracy: 0.9867,
    costWeightedF1: 0.9419,
    confusion: printed([
      [66, 2, 0, 0],
      [10, 153, 6, 0],
      [1, 2, 144, 0],
      [3, 0, 3, 128],
    ]),
  },
  {
    model: 'vgg16',
    title: 'VGG16 hybrid',
    trainAccuracy: 0.8637,
    accuracy: 0.9531,
    totalCost: 385,
    averageCost: 0.7432,
    costSensitiveAccuracy: 0.9865,
    costWeightedF1: 0.9503,
    confusion: null,
  },
  {
    model: 'densenet201',
    title: 'DenseNet-201 hybrid',
    trainAccuracy: 0.9698,
    accuracy: 0.9961,
    totalCost: 20,
    averageCost: 0.0386,
    costSensitiveAccuracy: 0.9993,
    costWeightedF1: 0.9958,
    confusion: printed([
      [79, 0, 0, 0],
      [1, 157, 0, 0],
      [0, 0, 152, 0],
      [0, 0, 1, 128],
    ]),
  },
  {
    model: 'convnext-base',
    title: 'ConvNeXt hybrid',
    trainAccuracy: 0.9927,
    accuracy: 0.9941,
    totalCost: 40,
    averageCost: 0.0772,
    costSensitiveAccuracy: 0.9986,
    costWeightedF1: 0.995,
    confusion: null,
  },
];
