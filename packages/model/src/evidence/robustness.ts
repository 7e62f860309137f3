import type { CostMatrix } from '@blastwise/contracts';
import { scoreCopy } from '../metrics/index.ts';
import { type Condition, perturb, type RobustnessRow } from '../robustness/index.ts';
import type { Predictor } from '../serving/index.ts';
import type { LabelledField } from './labelled-field.ts';
import { predictRows } from './predict-rows.ts';

/** Scores the model on fields changed by one condition; null leaves them as they are. */
export async function scoreUnder(
  condition: Condition | null,
  predictor: Predictor,
  fields: readonly LabelledField[],
  {
    costs,
    seed,
    progress,
  }: {
    readonly costs: CostMatrix;
    readonly seed: number;
    readonly progress: (done: number, total: number) => void;
  },
): Promise<RobustnessRow> {
  const rows = await predictRows(predictor, fields, progress, (image, { path, stage }) =>
    condition ? perturb({ path, stage, image }, condition, seed) : image,
  );
  return { condition, ...scoreCopy(rows, costs, { seed }) };
}
