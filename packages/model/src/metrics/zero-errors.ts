import type { CostMatrix } from '@blastwise/contracts';
import { type Confusion, confusionFrom, total } from './confusion.ts';
import { type ConfusionScores, confusionScores } from './scores.ts';
import { type Bounds, type Level, wilson } from './wilson.ts';

/**
 * Bounds of the scores of a test set without a single error, where a bootstrap can only repeat "no error". The true
 * share of errors may still be as high as Wilson's upper bound for 0 of `groups`; each score is bounded by its worst
 * value when that share of all fields moves from a diagonal cell into one wrong cell.
 */
export function zeroErrorBounds<Name extends keyof ConfusionScores>(
  names: readonly Name[],
  c: Confusion,
  groups: number,
  costs: CostMatrix,
  level: Level,
): [Name, Bounds][] {
  const moved = wilson(0, groups, level).upper * total(c.flat());
  const possible = [confusionScores(c, costs)];
  for (let actual = 0; actual < 4; actual++)
    for (let predicted = 0; predicted < 4; predicted++)
      if (actual !== predicted)
        possible.push(confusionScores(withErrors(c, actual, predicted, moved), costs));
  return names.map((name) => {
    const values = possible.map((scores) => scores[name]).filter((x) => x !== null);
    return [name, { lower: Math.min(...values), upper: Math.max(...values) }];
  });
}

function withErrors(c: Confusion, actual: number, predicted: number, share: number): Confusion {
  const cells = c.flat();
  const right = 5 * actual;
  const moved = Math.min(share, cells[right] ?? 0);
  cells[right] = (cells[right] ?? 0) - moved;
  cells[4 * actual + predicted] = (cells[4 * actual + predicted] ?? 0) + moved;
  return confusionFrom(cells);
}
