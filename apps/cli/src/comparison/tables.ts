import type { ModelFigures, StudyRow } from '@blastwise/model';
import { learnedNote } from '../evaluation/learned-note.ts';
import type { SplitComparison } from './comparison.ts';
import { between, four, named, two } from './figures.ts';

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

/** What the study's columns do not say of a model on a split. */
export const detailsTable = ({ models }: Pick<SplitComparison, 'models'>): ReportTable => ({
  caption:
    'Beyond the columns of the study: the gravest error, calibration, the answer of lowest expected cost, and its time',
  rows: [
    [
      'system',
      'malignant called Benign',
      'the same, recoloured',
      'calibration error',
      'negative log likelihood',
      'cost per field by lowest expected cost',
      'left to a reader',
      'one answer, ms',
    ],
    ...models.map(({ plain, recoloured, ...m }) => [
      named(m),
      between(plain, 'malignantToBenignRate', plain.malignantToBenignRate, four),
      between(recoloured, 'malignantToBenignRate', recoloured.malignantToBenignRate, four),
      between(plain, 'ece', plain.ece, four),
      between(plain, 'nll', plain.nll, four),
      between(plain, 'minimumRiskAverageCost', plain.minimumRisk.averageCost, four),
      four(plain.selective.deferredShare),
      two(m.millisecondsPerField),
    ]),
  ],
});

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

const ofOne = ({ models, skipped }: SplitComparison): string[] => [
  ...models.flatMap(learned),
  ...skipped.map(({ model, reason }) => `Not run: ${model}. ${reason}`),
];

/** What a reader of the tables must know. */
export function notesOf(splits: readonly SplitComparison[], { trainSample }: Study): string[] {
  const prefix = ({ split }: SplitComparison): string => (splits.length > 1 ? `On ${split}: ` : '');
  return [
    'Recoloured fields have the background colours of another stage; their cells, and so their stage, are as they were. Who reads the background is wrong there.',
    `Our train accuracy is of at most ${trainSample} fields of the train side, drawn by the seed. Totals of costs are sums over the fields of their row: what compares is the cost per field.`,
    ...(splits.some(({ strategy }) => strategy === 'random')
      ? [
          'Split at random, as published: near-duplicates and neighbours lie on both sides, which flatters every figure.',
        ]
      : []),
    ...new Set(splits.flatMap(({ models }) => models.flatMap(started))),
    ...splits.flatMap((split) => ofOne(split).map((note) => prefix(split) + note)),
  ];
}
