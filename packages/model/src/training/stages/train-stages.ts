import { type CostMatrix, MATURITY_STAGES } from '@blastwise/contracts';
import {
  BatchNorm,
  type HybridParts,
  idleBiases,
  namedWeights,
  setDropoutStep,
} from '../../architecture/index.ts';
import type { Side } from '../../dataset/index.ts';
import * as tf from '../../engine/tf.ts';
import { mixSeed, seededRandom } from '../../random/index.ts';
import type { CachedView } from '../cache/index.ts';
import type { StagesConfig } from '../config.ts';
import { classWeights } from '../fields.ts';
import { type FitOptions, type FitResult, type FitTask, fit, trainableVariables } from '../fit.ts';
import { answer, gather } from './answer.ts';
import { type DrawView, viewDrawer } from './draw-views.ts';
import { judgeLogits } from './judge-logits.ts';
import { expectedCostLoss, NO_STAGE, stageCrossEntropy } from './loss.ts';

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
  readonly judge?: FitTask['validate'];
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

  const task: FitTask = {
    models: [upper],
    rateShare,
    stepsPerEpoch,
    epoch: (random) => {
      const order = random.shuffle(training);
      return (step, globalStep) => {
        const chosen = order.slice(step * config.batch, (step + 1) * config.batch);
        const rows = chosen.map((field) => draw(field, random));
        const labels = Int32Array.from(chosen, (field, i) =>
          rows[i]?.view.kind === 'cell-less' ? NO_STAGE : labelOf(field),
        );
        const rowWeights = Float32Array.from(chosen, (field) => fields[field]?.weight ?? 1);
        setDropoutStep(upper, globalStep);
        return () => {
          const [logits] = upper.apply(gather(upper, rows), { training: true }) as [tf.Tensor2D];
          const smoothing = config.labelSmoothing;
          const { loss, correct } = stageCrossEntropy(logits, labels, { weights, smoothing, rowWeights });
          const terms: tf.Scalar[] = [loss, ...upper.calculateLosses()];
          if (config.costWeight > 0)
            terms.push(tf.mul(expectedCostLoss(logits, labels, costs, rowWeights), config.costWeight));
          const size = labels.filter((label) => label !== NO_STAGE).length;
          return { loss: tf.addN(terms), named: { correct, size } };
        };
      };
    },
    validate:
      judge ??
      (async () => {
        const judged: ({ kind: string } & ReturnType<typeof judgeLogits>)[] = [];
        for (const view of views.filter(({ use, kind }) => use === 'judge' && kind !== 'cell-less')) {
          const { logits, fields: seen } = await answer(upper, view, (f) => fields[f]?.side === 'validation');
          judged.push({ kind: view.kind, ...judgeLogits(logits, seen.map(labelOf)) });
        }
        const figures = judged.flatMap(({ kind, loss, accuracy }) => [
          [`${kind} loss`, loss],
          [`${kind} accuracy`, accuracy],
        ]);
        const score = judged.reduce((sum, { loss }) => sum + loss, 0) / judged.length;
        return { score, figures: Object.fromEntries(figures) };
      }),
  };
  return fit(task, config, options);
}

function rateShares({ upper, head }: Pick<HybridParts, 'upper' | 'head'>, backboneRate: number) {
  const ofHead = new Set(trainableVariables([head]));
  const idle = idleBiases(upper);
  const still = new Set([...namedWeights(upper)].flatMap(([name, w]) => (idle.has(name) ? [w.read()] : [])));
  return (variable: tf.Variable) => (still.has(variable) ? 0 : ofHead.has(variable) ? 1 : backboneRate);
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
      upper.apply(gather(upper, shown));
    });
  });
}
