import type { Bounds, CopyScores } from '../metrics/index.ts';
import { type Condition, PERTURBATIONS } from './perturbations.ts';

/** How a model does under one condition; `condition` null: on the fields as they are. */
export interface RobustnessRow extends CopyScores {
  readonly condition: Condition | null;
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** "blur 2 sigma, px", "cells-removed", "none". */
export function conditionInWords(condition: Condition | null): string {
  if (!condition) return 'none';
  const { unit } = PERTURBATIONS[condition.name];
  return unit === null ? condition.name : `${condition.name}, ${condition.strength} (${unit})`;
}

type Bounded = 'accuracy' | 'averageCost' | 'malignantToBenignRate' | 'deferredShare';

/** What the table tells of a row. */
interface TableRow extends Pick<RobustnessRow, 'condition' | 'n' | 'notAssessable' | Bounded> {
  readonly intervals: Partial<Readonly<Record<Bounded, Bounds | null>>>;
}

/** The table of the model card: Markdown, a line a condition, intervals over groups where there are any. */
export function robustnessTable(rows: readonly TableRow[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const header = [
    'change',
    'fields',
    'accuracy',
    'cost per field',
    'malignant called Benign',
    'left to a reader',
    'not assessable',
  ];
  const body = rows.map((row) => {
    const of = (name: Bounded, write: (value: number) => string) => {
      const [value, interval] = [row[name], row.intervals[name]];
      if (value === null) return '-';
      const between = interval ? ` (${write(interval.lower)} to ${write(interval.upper)})` : '';
      return `${write(value)}${between}`;
    };
    return line([
      conditionInWords(row.condition),
      `${row.n}`,
      of('accuracy', percent),
      of('averageCost', (cost) => cost.toFixed(2)),
      of('malignantToBenignRate', percent),
      of('deferredShare', percent),
      percent(row.notAssessable / row.n),
    ]);
  });
  return [line(header), line(header.map(() => '---')), ...body].join('\n');
}
