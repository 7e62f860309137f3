import type { CostMatrix } from '@blastwise/contracts';
import { type Interval, scoreCopy } from '../metrics/index.ts';
import { CONDITIONS, type Condition, perturb, type RobustnessRow } from '../robustness/index.ts';
import type { Predictor } from '../serving/index.ts';
import { groupsOf, type LabelledField } from './labelled-field.ts';
import { inTurn, type Part, SAMPLES, type Subject } from './part.ts';
import { predictRows } from './predict-rows.ts';
import { sampleOf } from './sample.ts';
import type { ModelEvidence } from './schema.ts';

type Row = ModelEvidence['robustness']['rows'][number];

/** Scores the model on fields changed by one condition; null leaves them as they are. */
export async function scoreUnder(
  condition: Condition | null,
  predictor: Predictor,
  fields: readonly LabelledField[],
  options: {
    readonly costs: CostMatrix;
    readonly seed: number;
    readonly progress: (done: number, total: number) => void;
  },
): Promise<RobustnessRow> {
  const { costs, seed, progress } = options;
  const rows = await predictRows(predictor, fields, progress, (image, { path, stage }) =>
    condition ? perturb({ path, stage, image }, condition, seed) : image,
  );
  return { condition, ...scoreCopy(rows, costs, { seed }) };
}

/** What of a row is kept. */
function kept({ condition, n, groups, notAssessable, intervals, ...row }: RobustnessRow): Row {
  const { accuracy, averageCost, malignantToBenignRate, deferredShare } = row;
  const between = (value: number, interval: Interval | undefined): Interval =>
    interval ?? { lower: value, upper: value, method: 'group-bootstrap' };
  return {
    condition,
    n,
    groups,
    accuracy,
    averageCost,
    malignantToBenignRate,
    deferredShare,
    notAssessable,
    intervals: {
      accuracy: between(accuracy, intervals.accuracy),
      averageCost: between(averageCost, intervals.averageCost),
      deferredShare: between(deferredShare, intervals.deferredShare),
      malignantToBenignRate: intervals.malignantToBenignRate ?? null,
    },
  };
}

/** Every condition of the robustness table, and the fields as they are before them. */
export function robustnessPart({
  predictor,
  fields: all,
  costs,
  seed,
}: Subject): Part<ModelEvidence['robustness']> {
  const fields = sampleOf(all, SAMPLES.robustness, seed);
  const conditions = [null, ...CONDITIONS];
  return {
    steps: conditions.length * fields.length,
    measure: async (report) => {
      const rows: Row[] = [];
      const next = inTurn(report);
      for (const condition of conditions) {
        const progress = next(fields.length);
        rows.push(kept(await scoreUnder(condition, predictor, fields, { costs, seed, progress })));
      }
      return { n: fields.length, groups: groupsOf(fields), rows };
    },
  };
}
