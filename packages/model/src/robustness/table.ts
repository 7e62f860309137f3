import type { CopyScores } from '../metrics/index.ts';
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

/** The table of the model card: Markdown, a line a condition, intervals over groups where there are any. */
export function robustnessTable(rows: readonly RobustnessRow[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const header = ['change', 'fields', 'accuracy', 'total cost', 'left to a reader', 'not assessable'];
  const body = rows.map((row) => {
    const { accuracy } = row.intervals;
    const between = accuracy ? ` (${percent(accuracy.lower)} to ${percent(accuracy.upper)})` : '';
    return line([
      conditionInWords(row.condition),
      `${row.n}`,
      `${percent(row.accuracy)}${between}`,
      row.totalCost.toFixed(0),
      percent(row.deferredShare),
      percent(row.notAssessable / row.n),
    ]);
  });
  return [line(header), line(header.map(() => '---')), ...body].join('\n');
}
