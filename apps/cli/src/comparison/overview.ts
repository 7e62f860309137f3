import type { ModelFigures, StudyRow } from '@blastwise/model';
import type { Evaluation, IntervalName } from '@blastwise/model/metrics';
import type { SplitComparison } from './comparison.ts';
import { four, known, named, rangeOf, seconds, three, whole } from './figures.ts';
import type { Study } from './tables.ts';

/** A figure, and its 95 % interval where it has one. */
export interface Figure {
  readonly value: string;
  readonly interval: string | null;
}

/** Everything that is known of one system: a row for each split and kind of copy, below it the study's. */
export interface SystemRows {
  readonly system: string;
  /** Without the system's name; as many figures as there are other columns. */
  readonly rows: readonly (readonly Figure[])[];
}

/** The study's table, ours and theirs. */
export interface Overview {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly systems: readonly SystemRows[];
}

const COLUMNS = [
  'system',
  'split',
  'test fields',
  'train accuracy',
  'test accuracy',
  'total cost',
  'cost per field',
  'cost-sensitive accuracy',
  'weighted F1',
  'training',
  'learned numbers',
];

const plain = (value: string): Figure => ({ value, interval: null });

const within =
  ({ intervals }: Evaluation) =>
  (name: IntervalName, value: number, write: (x: number) => string, ends = write): Figure => ({
    value: write(value),
    interval: rangeOf(intervals[name], ends),
  });

const accuracyOf = (e: Evaluation): Figure => within(e)('accuracy', e.accuracy, four, three);

/** The study's columns that a test side is judged by. */
function judged(e: Evaluation): Figure[] {
  const figure = within(e);
  return [
    accuracyOf(e),
    figure('totalCost', e.totalCost, whole),
    figure('averageCost', e.averageCost, four, three),
    figure('costSensitiveAccuracy', e.costSensitiveAccuracy, four, three),
    figure('costWeightedF1', e.costWeightedF1, four, three),
  ];
}

const splitName = ({ split, strategy }: SplitComparison): string =>
  split === strategy ? split : `${split} (${strategy})`;

/** As they are, and recoloured: whoever reads the background loses here. */
const rowsOn = (split: SplitComparison, m: ModelFigures): Figure[][] => [
  [
    plain(splitName(split)),
    plain(`${m.plain.n} as they are`),
    m.train === null ? plain('-') : accuracyOf(m.train),
    ...judged(m.plain),
    plain(known(m.trainingSeconds, seconds)),
    plain(m.parameters.toLocaleString('en')),
  ],
  [
    plain(splitName(split)),
    plain(`${m.recoloured.n} recoloured`),
    plain('-'),
    ...judged(m.recoloured),
    plain('-'),
    plain('-'),
  ],
];

const published = (row: StudyRow, fields: number): Figure[] =>
  [
    'random',
    `${fields} as they are`,
    four(row.trainAccuracy),
    four(row.accuracy),
    whole(row.totalCost),
    four(row.averageCost),
    four(row.costSensitiveAccuracy),
    four(row.costWeightedF1),
    '-',
    '-',
  ].map(plain);

/** Systems in the order that they were asked for, each with the study's row of its name below it; then the rest of the study. */
export function overviewOf(splits: readonly SplitComparison[], { rows, fields }: Study): Overview {
  const models = [...new Set(splits.flatMap((split) => split.models.map(({ model }) => model)))];
  const ours = models.flatMap((model) => {
    const found = splits.flatMap((split) =>
      split.models.filter((m) => m.model === model).map((m) => ({ split, m })),
    );
    const names = [...new Set(found.map(({ m }) => named(m)))];
    const own = names.map((system) => ({
      system,
      rows: found.filter(({ m }) => named(m) === system).flatMap(({ split, m }) => rowsOn(split, m)),
    }));
    return [...own, ...rows.filter((row) => row.model === model).map(theirs)];
  });
  const rest = rows.filter((row) => !models.includes(row.model));
  return {
    caption: 'Every system: the most probable stage, never deferring',
    columns: COLUMNS,
    systems: [...ours, ...rest.map(theirs)],
  };

  function theirs(row: StudyRow): SystemRows {
    return { system: `study: ${row.title}`, rows: [published(row, fields)] };
  }
}
