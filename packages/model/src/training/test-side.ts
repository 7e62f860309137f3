import { type CostMatrix, type StageVector, toStageVector } from '@blastwise/contracts';
import { makeView, VIEW_KINDS, type ViewKind } from '../counterfactual/index.ts';
import { encodeLockedTest, type LockedField } from '../judging/index.ts';
import { type Evaluation, type EvaluationRow, evaluate } from '../metrics/index.ts';
import { mixSeed } from '../random/index.ts';
import { openPredictor } from '../serving/index.ts';
import type { TrainingField } from './fields.ts';
import type { Report } from './progress.ts';
import type { RunRecord } from './report/index.ts';
import { overlap } from './unet/losses.ts';

/** The copies that a model is judged on. */
export const COPIES = VIEW_KINDS;

const BATCH = 8;
const RESAMPLES = 2000;

interface Answers {
  readonly rows: EvaluationRow[];
  readonly masks: Uint8Array[];
  readonly fields: LockedField[];
}

const summary = ({ n, accuracy, totalCost }: Evaluation) => ({ n, accuracy, totalCost });

export interface JudgedTestSide {
  readonly figures: RunRecord['test'];
  /** The features of the test side, for whoever judges a head that is trained from this one. */
  readonly lockedTest: Uint8Array;
}

/**
 * Judges a saved artifact as it will serve, through the predictor: the test side as it is, and the four copies whose
 * background lies. Figures are of the most probable stage, never deferring.
 */
export async function judgeTestSide(
  artifactDir: string,
  fields: readonly TrainingField[],
  costs: CostMatrix,
  { seed, report }: { seed: number; report: Report },
): Promise<JudgedTestSide> {
  const test = fields.filter((f) => f.side === 'test');
  // One thread: several of one run would wait for each other in busy loops beside whatever else the machine does.
  const predictor = await openPredictor(artifactDir, { threads: 1, batch: BATCH });
  let done = 0;
  const ask = async (kind: ViewKind): Promise<Answers> => {
    const answers: Answers = { rows: [], masks: [], fields: [] };
    for (let first = 0; first < test.length; first += BATCH) {
      const some = test.slice(first, first + BATCH);
      const views = some.map((field, i) =>
        makeView(field, test, {
          kind,
          seed: mixSeed(seed, VIEW_KINDS.indexOf(kind), first + i),
          neutral: true,
        }),
      );
      for (const [i, { analysis, mask, features }] of (await predictor.predict(views)).entries()) {
        const { stage: actual = 'Benign', group = '' } = some[i] ?? {};
        const probabilities: StageVector = toStageVector(analysis.probabilities);
        const { assessable, predictionSet, outOfDistribution } = analysis;
        answers.rows.push({ actual, group, probabilities, assessable, predictionSet, outOfDistribution });
        answers.masks.push(mask);
        answers.fields.push({ stage: actual, group, features });
      }
      done += some.length;
      report(done);
    }
    return answers;
  };
  try {
    // Side by side: while the network reads one kind's copies, those of another are made.
    const [{ rows, masks, fields: locked }, recoloured, grey, cellsOnly, cellLess] = await Promise.all([
      ask('plain'),
      ask('recoloured'),
      ask('grey'),
      ask('cells-only'),
      ask('cell-less'),
    ]);
    const plain = evaluate(rows, costs, { seed, resamples: RESAMPLES });
    const copy = (answers: Answers) => summary(evaluate(answers.rows, costs, { seed, resamples: 1 }));
    const counterfactual = {
      recoloured: copy(recoloured),
      grey: copy(grey),
      'cells-only': copy(cellsOnly),
      cellLessNotAssessable: notAssessable(cellLess.rows),
    };
    return {
      figures: { ...figures(plain), ...agreement(masks, test), counterfactual },
      lockedTest: encodeLockedTest(locked),
    };
  } finally {
    await predictor.close();
  }
}

const notAssessable = (rows: readonly EvaluationRow[]) =>
  rows.filter((r) => !r.assessable).length / Math.max(1, rows.length);

function figures(e: Evaluation) {
  const bounds = (name: 'accuracy' | 'totalCost') => {
    const { lower, upper } = e.intervals[name] ?? { lower: e[name], upper: e[name] };
    return { lower, upper };
  };
  return {
    n: e.n,
    groups: e.groups,
    accuracy: e.accuracy,
    accuracyInterval: bounds('accuracy'),
    macroF1: e.macroF1,
    totalCost: e.totalCost,
    totalCostInterval: bounds('totalCost'),
    averageCost: e.averageCost,
    malignantToBenignRate: e.malignantToBenignRate ?? 0,
    ece: e.ece,
    nll: e.nll,
    notAssessable: e.notAssessable,
    confusion: e.confusion.map((row): [number, number, number, number] => [...row]),
    minimumRiskCost: e.minimumRisk.totalCost,
  };
}

/** Agreement of the masks (0|255) with the weak labels over all pixels of all fields. */
function agreement(masks: readonly Uint8Array[], fields: readonly TrainingField[]) {
  const size = fields[0]?.cells.length ?? 0;
  const [ours, weak] = [new Uint8Array(size * fields.length), new Uint8Array(size * fields.length)];
  fields.forEach(({ cells }, i) => {
    ours.set(masks[i] ?? [], i * size);
    weak.set(cells, i * size);
  });
  return overlap(ours, weak);
}
