import { type CostMatrix, MATURITY_STAGES } from '@blastwise/contracts';
import { BatchNorm, type HybridParts, idleBiases, namedWeights } from '../../architecture/index.ts';
import type { Side } from '../../dataset/index.ts';
import * as tf from '../../engine/tf.ts';
import { mixSeed, seededRandom } from '../../random/index.ts';
import { asTensors } from '../as-tensors.ts';
import type { CachedView } from '../cache/index.ts';
import type { StagesConfig } from '../config.ts';
import { classWeights } from '../fields.ts';
import { type FitOptions, type FitResult, type FitTask, fit } from '../fit.ts';
import { type AskUpper, askingUpper, gather } from './answer.ts';
import { type DrawView, viewDrawer } from './draw-views.ts';
import { judgeLogits } from './judge-logits.ts';
import { type StageBatch, stageLearner } from './stage-learner.ts';
import { NO_STAGE } from './stage-targets.ts';

/** What one training of the stages needs to know of a field. */
export interface LabelledField {
  /** Position of its stage in the order of the stages. */
  readonly label: number;
  readonly side: Side;
  /** How much it counts in the loss; 1 where not given. */
  readonly weight?: number;
}

export interface TrainStagesOptions extends FitOptions {
  /** Judges an epoch instead of the validation side's views. */
  readonly judge?: FitTask<StageBatch>['validate'];
}

/**
 * Fine-tunes the hybrid's upper part (backbone above the tap, head) on cached views. The epochs are judged on the
 * validation side, as it is and in the copies that keep their stage: a network that reads the background does badly on them.
 */
export async function trainStages(
  fields: readonly LabelledField[],
  views: readonly CachedView[],
  { upper, head }: Pick<HybridParts, 'upper' | 'head'>,
  config: StagesConfig,
  costs: CostMatrix,
  { judge, ...options }: TrainStagesOptions,
): Promise<FitResult> {
  const isTraining = (field: number) => fields[field]?.side === 'train';
  const training = [...fields.keys()].filter(isTraining);
  const labelOf = (field: number) => fields[field]?.label ?? 0;
  const weights = classWeights(training.map(labelOf), MATURITY_STAGES.length);
  const draw = viewDrawer(views, config, isTraining);
  const rateShare = rateShares({ upper, head }, config.backboneRate);
  adoptStatistics(upper, training, draw, options.seed);
  // A last batch of one field would leave batch norm nothing to normalise by.
  const stepsPerEpoch = Math.max(1, Math.floor(training.length / config.batch));

  const batch = Math.min(config.batch, training.length);
  const { labelSmoothing, costWeight, weightDecay } = config;
  const learning = {
    batch,
    classWeights: weights,
    labelSmoothing,
    costWeight,
    costs,
    weightDecay,
    rateShare,
  };
  const task: Omit<FitTask<StageBatch>, 'validate'> = {
    model: upper,
    learner: () => stageLearner(upper, learning),
    stepsPerEpoch,
    epoch: (random) => {
      const order = random.shuffle(training);
      return (step, globalStep) => {
        const chosen = order.slice(step * batch, (step + 1) * batch);
        const rows = chosen.map((field) => draw(field, random));
        return {
          inputs: gather(rows),
          labels: Int32Array.from(chosen, (field, i) =>
            rows[i]?.view.kind === 'cell-less' ? NO_STAGE : labelOf(field),
          ),
          rowWeights: Float32Array.from(chosen, (field) => fields[field]?.weight ?? 1),
          step: globalStep,
        };
      };
    },
  };
  if (judge) return fit({ ...task, validate: judge }, config, options);
  return askingUpper(upper, (ask) => {
    const validate = () => judgeViews(ask, views, fields);
    return fit({ ...task, validate }, config, options);
  });
}

/** On the validation side; the score is the mean loss over the views. */
async function judgeViews(
  ask: AskUpper,
  views: readonly CachedView[],
  fields: readonly LabelledField[],
): ReturnType<FitTask<StageBatch>['validate']> {
  const judged: ({ kind: string } & ReturnType<typeof judgeLogits>)[] = [];
  for (const view of views.filter(({ use, kind }) => use === 'judge' && kind !== 'cell-less')) {
    const { logits, fields: seen } = await ask(view, (f) => fields[f]?.side === 'validation');
    const labels = seen.map((f) => fields[f]?.label ?? 0);
    judged.push({ kind: view.kind, ...judgeLogits(logits, labels) });
  }
  const figures = judged.flatMap(({ kind, loss, accuracy }) => [
    [`${kind} loss`, loss],
    [`${kind} accuracy`, accuracy],
  ]);
  const score = judged.reduce((sum, { loss }) => sum + loss, 0) / judged.length;
  return { score, figures: Object.fromEntries(figures) };
}

/** What a weight learns at: the head's at the full rate, the backbone's at its share, idle biases not at all. */
function rateShares({ upper, head }: Pick<HybridParts, 'upper' | 'head'>, backboneRate: number) {
  const ofHead = new Set(namedWeights(head).keys());
  const idle = idleBiases(upper);
  return (name: string) => (idle.has(name) ? 0 : ofHead.has(name) ? 1 : backboneRate);
}

/** Rows that the batch norms' first statistics are taken of. */
const FIRST_ROWS = 128;

/** Sets the backbone's batch norms to what they see of the training views, where it has any, without changing its answer. */
function adoptStatistics(
  upper: tf.LayersModel,
  training: readonly number[],
  draw: DrawView,
  seed: number,
): void {
  const random = seededRandom(mixSeed(seed, 0));
  const rows = random.shuffle([...training]).slice(0, FIRST_ROWS);
  const shown = rows.map((field) => draw(field, random));
  BatchNorm.adopt(upper.layers, () => {
    tf.tidy(() => {
      upper.apply(asTensors(upper, gather(shown), shown.length));
    });
  });
}
