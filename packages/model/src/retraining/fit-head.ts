import { type CostMatrix, MATURITY_STAGES } from '@blastwise/contracts';
import type * as tf from '../engine/tf.ts';
import { classWeights } from '../training/fields.ts';
import { type EpochRecord, type FitOptions, type FitResult, type FitTask, fit } from '../training/fit.ts';
import { type StageBatch, stageLearner } from '../training/stages/index.ts';
import type { ValidationFigures, validationJudge } from './judge-validation.ts';
import type { RetrainingRecipe } from './recipe.ts';
import { gatherRows, rowsOf, type TrainingRows } from './training-rows.ts';

/** What a running retraining tells after every epoch. */
export interface RetrainingProgress {
  readonly epoch: number;
  /** The epochs of the recipe; an early stop makes fewer of them. */
  readonly of: number;
  /** Mean training loss. */
  readonly loss: number;
  /** Share of the training rows named right. */
  readonly accuracy: number;
  /** Mean cross-entropy on the base's validation side, nats. */
  readonly validationLoss: number;
  /** Mean cost of the minimum-risk decisions on the base's validation side, in the unit of the cost matrix. */
  readonly expectedCost: number;
  /** Mean cross-entropy, nats, and accuracy on the corrected fields that the epoch is judged on. */
  readonly correctedLoss: number;
  readonly correctedAccuracy: number;
  /** An estimate from the pace of this process. */
  readonly secondsLeft: number;
}

export interface FitHeadOptions extends Omit<FitOptions, 'onEpoch' | 'report'> {
  readonly recipe: RetrainingRecipe;
  /** Of the loss, with the recipe's `costWeight`. */
  readonly costs: CostMatrix;
  readonly judge: ReturnType<typeof validationJudge>;
  readonly onProgress?: ((progress: RetrainingProgress) => void) | undefined;
}

/**
 * Fine-tunes a head from the weights that it has on the training rows: cross-entropy weighted by class and by row, the
 * epochs judged by `judge`. Ends with the best epoch's weights.
 */
export function fitHead(
  head: tf.LayersModel,
  rows: TrainingRows,
  { recipe, costs, judge, onProgress, ...options }: FitHeadOptions,
): Promise<FitResult> {
  const { table } = rows;
  const training = rowsOf(rows, 'train');
  const labelsOf = (some: readonly number[]) => Int32Array.from(some, (row) => table.labels[row] ?? 0);
  const { labelSmoothing, costWeight, weightDecay } = recipe;
  const batch = Math.min(recipe.batch, training.length);
  const learning = {
    batch,
    classWeights: classWeights([...labelsOf(training)], MATURITY_STAGES.length),
    labelSmoothing,
    costWeight,
    costs,
    weightDecay,
  };
  const task: FitTask<StageBatch> = {
    model: head,
    learner: () => stageLearner(head, learning),
    // A last batch of one field would leave batch norm nothing to normalise by.
    stepsPerEpoch: Math.max(1, Math.floor(training.length / recipe.batch)),
    epoch: (random) => {
      const order = random.shuffle(training);
      return (step, globalStep) => {
        const chosen = order.slice(step * batch, (step + 1) * batch);
        return {
          inputs: [gatherRows(table, chosen)],
          labels: labelsOf(chosen),
          rowWeights: Float32Array.from(chosen, (row) => rows.weights[row] ?? 1),
          step: globalStep,
        };
      };
    },
    validate: async () => {
      const { score, figures } = await judge();
      return { score, figures: { ...figures } };
    },
  };
  return fit(task, recipe, { ...options, onEpoch: progressTeller(recipe.epochs, onProgress) });
}

/** Tells of every epoch, with the time left estimated from those that this process has run. */
export function progressTeller(of: number, onProgress: FitHeadOptions['onProgress']) {
  const started = performance.now();
  let run = 0;
  return ({ epoch, loss, accuracy, validation }: EpochRecord): void => {
    run += 1;
    const perEpoch = (performance.now() - started) / 1000 / run;
    const figure = (name: keyof ValidationFigures) => validation[name] ?? Number.NaN;
    onProgress?.({
      epoch,
      of,
      loss,
      accuracy: accuracy ?? 0,
      validationLoss: figure('loss'),
      expectedCost: figure('cost'),
      correctedLoss: figure('correctedLoss'),
      correctedAccuracy: figure('correctedAccuracy'),
      secondsLeft: perEpoch * (of - epoch),
    });
  };
}
