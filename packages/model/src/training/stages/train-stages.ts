import { type CostMatrix, MATURITY_STAGES, type StageVector } from '@blastwise/contracts';
import { type HybridParts, setDropoutStep } from '../../architecture/index.ts';
import * as tf from '../../engine/tf.ts';
import type { SeededRandom } from '../../random/index.ts';
import { type CachedView, copyRow } from '../cache/index.ts';
import type { StagesConfig } from '../config.ts';
import { classWeights, type TrainingField } from '../fields.ts';
import { type FitOptions, type FitResult, type FitTask, fit } from '../fit.ts';
import { expectedCostLoss, stageCrossEntropy } from './loss.ts';

/** Logits and features of one view, a row a field. */
export interface UpperAnswer {
  readonly logits: StageVector[];
  /** [fields, dimension]. */
  readonly features: Float32Array;
  readonly dimension: number;
}

interface Rows {
  readonly maps: tf.Tensor;
  readonly unet: tf.Tensor;
}

/** The batch's cached maps and U-Net features as tensors of the upper part's inputs. */
function gather(upper: tf.LayersModel, rows: readonly { view: CachedView; row: number }[]): Rows {
  const { mapLength = 0, unetLength = 0 } = rows[0]?.view ?? {};
  const batch = {
    maps: new Float32Array(rows.length * mapLength),
    unet: new Float32Array(rows.length * unetLength),
  };
  rows.forEach(({ view, row }, i) => {
    copyRow(view, row, batch, i);
  });
  const mapShape = (upper.inputs[0]?.shape ?? []).slice(1).map((n) => n ?? 1);
  return {
    maps: tf.tensor(batch.maps, [rows.length, ...mapShape]),
    unet: tf.tensor(batch.unet, [rows.length, unetLength]),
  };
}

const BATCH = 32;

/** What the upper part says of every row of a view, without dropout. */
export async function answer(upper: tf.LayersModel, view: CachedView): Promise<UpperAnswer> {
  const n = view.unet.length / Math.max(1, view.unetLength);
  const logits: StageVector[] = [];
  const dimension = upper.outputs[1]?.shape[1] ?? 0;
  const features = new Float32Array(n * dimension);
  for (let first = 0; first < n; first += BATCH) {
    const size = Math.min(BATCH, n - first);
    const [scores, seen] = tf.tidy(() => {
      const rows = gather(
        upper,
        Array.from({ length: size }, (_, i) => ({ view, row: first + i })),
      );
      return upper.predict([rows.maps, rows.unet]) as [tf.Tensor, tf.Tensor];
    });
    const values = await scores.data();
    for (let i = 0; i < size; i++) {
      const at = (k: number) => values[i * MATURITY_STAGES.length + k] ?? 0;
      logits.push([at(0), at(1), at(2), at(3)]);
    }
    features.set((await seen.data()) as Float32Array, first * dimension);
    tf.dispose([scores, seen]);
  }
  return { logits, features, dimension };
}

/** Draws every field once an epoch, each time under one of its cached views. */
function drawViews(
  views: readonly CachedView[],
  { views: shares }: StagesConfig,
  random: SeededRandom,
): CachedView {
  const weights = views.map(({ kind }) => {
    const plan = shares.find((s) => s.kind === kind);
    return plan ? plan.share / plan.copies : 0;
  });
  let rest = random.next() * weights.reduce((a, b) => a + b, 0);
  const drawn = views.find((_, i) => {
    rest -= weights[i] ?? 0;
    return rest < 0;
  });
  return drawn ?? (views.at(-1) as CachedView);
}

/** Plain cross-entropy and accuracy of logits, unweighted and unsmoothed: what the epochs are judged on. */
function judge(
  logits: readonly StageVector[],
  labels: readonly number[],
): { loss: number; accuracy: number } {
  let [loss, right] = [0, 0];
  logits.forEach((z, i) => {
    const highest = Math.max(...z);
    const total = z.reduce((sum, v) => sum + Math.exp(v - highest), 0);
    const own = z[labels[i] ?? 0] ?? 0;
    loss += Math.log(total) + highest - own;
    right += Number(own === highest);
  });
  return { loss: loss / logits.length, accuracy: right / logits.length };
}

/**
 * Fine-tunes the hybrid's upper part (backbone above the tap, head) on cached views. The epochs are judged on the
 * validation side, plain and recoloured alike: a network that reads the background does badly on the second.
 */
export async function trainStages(
  fields: readonly TrainingField[],
  views: readonly CachedView[],
  { upper }: Pick<HybridParts, 'upper'>,
  config: StagesConfig,
  costs: CostMatrix,
  options: FitOptions,
): Promise<FitResult> {
  const training = fields.filter((f) => f.side === 'train');
  const validation = fields.filter((f) => f.side === 'validation').map((f) => f.label);
  const trainingViews = views.filter((v) => v.side === 'train');
  const weights = classWeights(training, MATURITY_STAGES.length);
  // A last batch of one field would leave batch norm nothing to normalise by.
  const stepsPerEpoch = Math.max(1, Math.floor(training.length / config.batch));

  const task: FitTask = {
    models: [upper],
    stepsPerEpoch,
    epoch: (random) => {
      const order = random.shuffle(training.map((_, i) => i));
      return (step, globalStep) => {
        const chosen = order.slice(step * config.batch, (step + 1) * config.batch);
        const rows = chosen.map((row) => ({ view: drawViews(trainingViews, config, random), row }));
        const labels = Int32Array.from(chosen, (i) => training[i]?.label ?? 0);
        setDropoutStep(upper, globalStep);
        return () => {
          const { maps, unet } = gather(upper, rows);
          const [logits] = upper.apply([maps, unet], { training: true }) as [tf.Tensor2D];
          const { loss, correct } = stageCrossEntropy(logits, labels, {
            weights,
            smoothing: config.labelSmoothing,
          });
          const terms: tf.Scalar[] = [loss, ...upper.calculateLosses()];
          if (config.costWeight > 0)
            terms.push(tf.mul(expectedCostLoss(logits, labels, costs), config.costWeight));
          return { loss: tf.addN(terms), named: { correct, size: chosen.length } };
        };
      };
    },
    validate: async () => {
      const judged: ({ kind: string } & ReturnType<typeof judge>)[] = [];
      for (const view of views.filter((v) => v.side === 'validation')) {
        judged.push({ kind: view.kind, ...judge((await answer(upper, view)).logits, validation) });
      }
      const figures = judged.flatMap(({ kind, loss, accuracy }) => [
        [`${kind} loss`, loss],
        [`${kind} accuracy`, accuracy],
      ]);
      const score = judged.reduce((sum, { loss }) => sum + loss, 0) / judged.length;
      return { score, figures: Object.fromEntries(figures) };
    },
  };
  return fit(task, config, options);
}
