import type { ModelEvidence } from '../../../evidence/index.ts';
import { cost, percent, table, three } from '../markdown.ts';
import type { RunRecord } from '../run-record.ts';

/** Fields of the test side of the published study. */
const STUDY_FIELDS = 518;

type Figures = NonNullable<ModelEvidence['figures']>;
/** Without bounds where a record was made before its figures had intervals. */
type Figure = { readonly value: number; readonly lower?: number; readonly upper?: number };
type Known = Readonly<Record<keyof Figures, Figure | null>>;

/** What was measured on the very fields of the run's test side. */
function measured({ test }: RunRecord, { figures, side }: ModelEvidence): Figures | null {
  const isSame = side.name === 'test' && side.fields === test.n && side.groups === test.groups;
  return isSame ? figures : null;
}

/** What the record of the run itself knows. */
function recorded({ test }: RunRecord): Known {
  const { accuracyInterval, totalCostInterval } = test;
  return {
    accuracy: { value: test.accuracy, ...accuracyInterval },
    totalCost: { value: test.totalCost, ...totalCostInterval },
    minimumRiskCost: { value: test.minimumRiskCost },
    averageCost: { value: test.averageCost },
    macroF1: { value: test.macroF1 },
    malignantToBenignRate: { value: test.malignantToBenignRate },
    ece: { value: test.ece },
    nll: { value: test.nll },
    notAssessable: { value: test.notAssessable },
    dice: { value: test.dice },
    iou: { value: test.iou },
  };
}

const four = (value: number): string => value.toFixed(4);
const whole = (value: number): string => value.toFixed(0);

/** Every figure of the test side with its interval, as far as one was measured. */
export function testTable(run: RunRecord, evidence: ModelEvidence): string {
  const known: Known = measured(run, evidence) ?? recorded(run);
  const row = (name: string, figure: Figure | null, write: (value: number) => string): string[] => {
    if (!figure) return [name, '-', ''];
    const { value, lower, upper } = figure;
    const between = lower === undefined || upper === undefined ? '' : `${write(lower)} to ${write(upper)}`;
    return [name, write(value), between];
  };
  return table(
    ['figure', 'value', '95 % interval'],
    [
      row('accuracy (most probable stage)', known.accuracy, percent),
      row('total cost (most probable stage)', known.totalCost, cost),
      row('total cost (lowest expected cost)', known.minimumRiskCost, cost),
      row('cost per field', known.averageCost, cost),
      row(
        `cost per ${STUDY_FIELDS} fields (the test side of the published study)`,
        known.averageCost,
        (value) => cost(value * STUDY_FIELDS),
      ),
      row('macro F1', known.macroF1, four),
      row('malignant fields called Benign', known.malignantToBenignRate, percent),
      row('expected calibration error', known.ece, four),
      row('negative log likelihood', known.nll, four),
      row('found not assessable', known.notAssessable, whole),
      row('mask Dice against the weak labels', known.dice, three),
      row('mask IoU against the weak labels', known.iou, three),
    ],
  );
}
