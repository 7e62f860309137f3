import type { CostMatrix } from '@blastwise/contracts';
import type { CounterfactualKind, Donor, LabelledField, Predictor } from '@blastwise/model';
import { type CopyScores, scoreCopy } from '@blastwise/model/metrics';
import { say, table } from '../terminal/print.ts';
import { withProgress } from '../terminal/progress.ts';

export type Counterfactuals = Record<CounterfactualKind, CopyScores>;

interface Setting {
  readonly predictor: Predictor;
  readonly fields: readonly LabelledField[];
  /** Background colours of the fields evaluated: recoloured copies take theirs from among them. */
  readonly donors: readonly Donor[];
  readonly costs: CostMatrix;
  readonly seed: number;
}

/** Scores the model on the four counterfactual copies of the fields, made as `dataset counterfactual` makes them. */
export async function evaluateCopies({
  predictor,
  fields,
  donors,
  costs,
  seed,
}: Setting): Promise<Counterfactuals> {
  const { counterfactualCopy, predictRows } = await import('@blastwise/model');
  const score = async (kind: CounterfactualKind): Promise<CopyScores> => {
    const rows = await withProgress(`Predicting ${kind}`, (progress) =>
      predictRows(predictor, fields, progress, (image, { path, stage }) =>
        counterfactualCopy({ path, stage, image }, donors, { kind, seed }),
      ),
    );
    return scoreCopy(rows, costs, { seed });
  };
  return {
    recoloured: await score('recoloured'),
    grey: await score('grey'),
    'cell-less': await score('cell-less'),
    'cells-only': await score('cells-only'),
  };
}

/** The copies as a table for people, each value with its interval. */
export function describeCopies(copies: Counterfactuals): void {
  const cell = (scores: CopyScores, name: keyof CopyScores['intervals'], digits: number): string => {
    const [value, interval] = [scores[name], scores.intervals[name]];
    const between = interval
      ? ` (${interval.lower.toFixed(digits)} - ${interval.upper.toFixed(digits)})`
      : '';
    return value === null ? '-' : `${value.toFixed(digits)}${between}`;
  };
  say('');
  say(
    table([
      ['copy', 'accuracy', 'total cost', 'malignant called Benign', 'left to a reader'],
      ...Object.entries(copies).map(([kind, scores]) => [
        kind,
        cell(scores, 'accuracy', 4),
        cell(scores, 'totalCost', 0),
        cell(scores, 'malignantToBenignRate', 4),
        cell(scores, 'deferredShare', 4),
      ]),
    ]),
  );
}
