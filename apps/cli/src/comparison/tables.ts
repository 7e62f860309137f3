import type { ModelFigures, StudyRow } from '@blastwise/model';
import { type Evaluation, type IntervalName, malignantToBenignRate } from '@blastwise/model/metrics';
import { learnedNote } from '../evaluation/learned-note.ts';
import type { SplitComparison } from './comparison.ts';

/** The first row heads the columns. */
export interface ReportTable {
  readonly caption: string;
  readonly rows: readonly (readonly string[])[];
}

/** The study and how many fields its sums of costs are over. */
export interface Study {
  readonly rows: readonly StudyRow[];
  readonly fields: number;
  /** Fields of the train side that each of our models was asked about at most. */
  readonly trainSample: number;
}

const four = (value: number): string => value.toFixed(4);
const whole = (value: number): string => value.toFixed(0);
const two = (value: number): string => value.toFixed(2);
const known = (value: number | null, write: (value: number) => string): string =>
  value === null ? '-' : write(value);

/** A value with its 95 % interval. */
function between(
  { intervals }: Evaluation,
  name: IntervalName,
  value: number | null,
  write: (value: number) => string,
): string {
  const interval = intervals[name];
  return known(value, write) + (interval ? ` (${write(interval.lower)} to ${write(interval.upper)})` : '');
}

const FIGURES = [
  'test accuracy',
  'total cost',
  'cost per field',
  'cost-sensitive accuracy',
  'weighted F1',
  'malignant called Benign',
];

const figuresOf = (e: Evaluation): string[] => [
  between(e, 'accuracy', e.accuracy, four),
  between(e, 'totalCost', e.totalCost, whole),
  between(e, 'averageCost', e.averageCost, four),
  between(e, 'costSensitiveAccuracy', e.costSensitiveAccuracy, four),
  between(e, 'costWeightedF1', e.costWeightedF1, four),
  between(e, 'malignantToBenignRate', e.malignantToBenignRate, four),
];

const studyFigures = (row: StudyRow, fields: number): string[] => [
  `study: ${row.title}`,
  four(row.trainAccuracy),
  four(row.accuracy),
  `${row.totalCost} of ${fields} fields`,
  four(row.averageCost),
  four(row.costSensitiveAccuracy),
  four(row.costWeightedF1),
  known(row.confusion && malignantToBenignRate(row.confusion), four),
];

/** A model as its rows name it. */
const named = ({ model, start }: Pick<ModelFigures, 'model' | 'start'>): string =>
  start?.from === 'scratch' ? `${model} (from scratch)` : model;

/** The models, each with the study's row of its name below it, and the rest of the study's rows at the end. */
function plainTable({ models }: SplitComparison, { rows, fields }: Study): ReportTable {
  const ours = models.flatMap((m) => [
    [named(m), known(m.trainAccuracy, four), ...figuresOf(m.plain)],
    ...rows.filter((row) => row.model === m.model).map((row) => studyFigures(row, fields)),
  ]);
  const rest = rows.filter((row) => models.every(({ model }) => model !== row.model));
  return {
    caption: 'Fields as they are, the most probable stage, never deferring',
    rows: [['model', 'train accuracy', ...FIGURES], ...ours, ...rest.map((row) => studyFigures(row, fields))],
  };
}

const recolouredTable = ({ models }: SplitComparison): ReportTable => ({
  caption: "The same fields with another stage's background colours",
  rows: [['model', ...FIGURES], ...models.map((m) => [named(m), ...figuresOf(m.recoloured)])],
});

const lowestCostTable = ({ models }: SplitComparison): ReportTable => ({
  caption: 'Fields as they are: calibration, and the answer of lowest expected cost',
  rows: [
    [
      'model',
      'calibration error',
      'negative log likelihood',
      'cost per field by lowest expected cost',
      'left to a reader',
    ],
    ...models.map(({ plain, ...m }) => [
      named(m),
      between(plain, 'ece', plain.ece, four),
      between(plain, 'nll', plain.nll, four),
      between(plain, 'minimumRiskAverageCost', plain.minimumRisk.averageCost, four),
      four(plain.selective.deferredShare),
    ]),
  ],
});

function seconds(value: number): string {
  return value < 120 ? `${whole(value)} s` : `${(value / 60).toFixed(1)} min`;
}

const effortTable = ({ models }: SplitComparison): ReportTable => ({
  caption: 'Time and size, on this machine',
  rows: [
    ['model', 'learned numbers', 'training', 'one answer, ms'],
    ...models.map((m) => [
      named(m),
      m.parameters.toLocaleString('en'),
      known(m.trainingSeconds, seconds),
      two(m.millisecondsPerField),
    ]),
  ],
});

export const tablesOf = (split: SplitComparison, study: Study): ReportTable[] => [
  plainTable(split, study),
  recolouredTable(split),
  lowestCostTable(split),
  effortTable(split),
];

const learned = ({ model, learnedFrom, plain }: ModelFigures): string[] => {
  const note = learnedNote(model, learnedFrom, plain.n);
  return note === null ? [] : [note];
};

const started = ({ model, start }: ModelFigures): string[] => {
  if (start === null || start.from === 'imagenet') return [];
  const trained = start.headOnly ? ' Its head alone was trained: its backbone stayed as it was.' : '';
  return start.from === 'scratch'
    ? [
        `${model} was trained from scratch: there were no ImageNet weights of its backbone, which was drawn at random.${trained}`,
      ]
    : [`Of the weights that ${model} began with, nobody knows whether they are those of ImageNet.${trained}`];
};

/** What a reader of the tables must know. */
export const notesOf = ({ strategy, models, skipped }: SplitComparison, { trainSample }: Study): string[] => [
  `Our train accuracy is of at most ${trainSample} fields of the train side, drawn by the seed.`,
  ...(strategy === 'random'
    ? [
        'Split at random, as published: near-duplicates and neighbours lie on both sides, which flatters every figure.',
      ]
    : []),
  ...models.flatMap(started),
  ...models.flatMap(learned),
  ...skipped.map(({ model, reason }) => `Not run: ${model}. ${reason}`),
];
