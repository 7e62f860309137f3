import { buildHybrid, type HybridConfig, loadWeights } from '../../architecture/index.ts';
import type { NamedTensor } from '../../artifact/index.ts';
import { makeView } from '../../counterfactual/index.ts';
import type * as tf from '../../engine/tf.ts';
import { mixSeed } from '../../random/index.ts';
import { type Answerer, openAnswerer } from '../answerer.ts';
import type { MasksConfig } from '../config.ts';
import type { TrainingField } from '../fields.ts';
import { type FitOptions, type FitResult, type FitTask, fit } from '../fit.ts';
import { copyWeights } from '../weights.ts';
import { type CropBatch, middleCrops, randomCrops } from './crops.ts';
import { overlap } from './losses.ts';
import { MASKS, maskLearner } from './mask-learner.ts';

export interface TrainedMasks extends FitResult {
  /** The U-Net's weights by layer name. */
  readonly weights: NamedTensor[];
  /** How the weights that it went on from were judged; null where they were drawn. */
  readonly before: { readonly score: number; readonly figures: Readonly<Record<string, number>> } | null;
}

export interface TrainMasksOptions extends FitOptions {
  /** Weights of the U-Net by layer name to go on from, and to stay at where no epoch is better; drawn where not given. */
  readonly start?: ReadonlyMap<string, NamedTensor>;
  /** Fields whose masks a reader drew, for the epochs to be judged on beside the validation side. */
  readonly edited?: readonly TrainingField[];
}

/** What the epochs are judged on: masks that hold only in the slide's own colours find nothing when these lie. */
const JUDGED = ['plain', 'recoloured', 'grey'] as const;
/**
 * Trains the U-Net on crops against the weak masks of whole cells and nuclei. It is shown no stage: one U-Net serves
 * every fold.
 */
export async function trainMasks(
  fields: readonly TrainingField[],
  hybrid: HybridConfig,
  config: MasksConfig,
  { start, edited = [], ...options }: TrainMasksOptions,
): Promise<TrainedMasks> {
  const side = config.crop;
  const { unet, dispose } = buildHybrid({ ...hybrid, maskChannels: 2, size: side });
  if (start) loadWeights(unet, start, { label: 'The model' });
  const training = fields.filter((f) => f.side === 'train');
  const validation = spread(
    fields.filter((f) => f.side === 'validation'),
    config.validationFields,
  );

  const network = await openAnswerer(unet, config.batch);
  const task: FitTask<CropBatch> = {
    model: unet,
    learner: () => maskLearner(unet, config),
    stepsPerEpoch: config.stepsPerEpoch,
    epoch: (random) => () => {
      const chosen = Array.from({ length: config.batch }, () => training[random.int(training.length)]).filter(
        (f) => f !== undefined,
      );
      return randomCrops(chosen, training, { side, crops: config.crops, random });
    },
    validate: async () => {
      const figures: Record<string, number> = {};
      let dice = 0;
      for (const kind of JUDGED) {
        const shown = validation.map((field, i) => ({
          ...field,
          image: makeView(field, training, { kind, seed: mixSeed(options.seed, i), neutral: true }),
        }));
        dice += (await judge(shown, kind, figures)) / JUDGED.length;
      }
      if (edited.length === 0) return { score: 1 - dice, figures };
      const drawn = await judge(edited, 'edited', figures);
      const [n, m] = [validation.length, edited.length];
      return { score: 1 - (n * dice + m * drawn) / (n + m), figures };
    },
  };
  const judge = async (shown: readonly TrainingField[], name: string, figures: Record<string, number>) => {
    network.follow();
    const { masks, logits } = await answer(network, middleCrops(shown, side), side, config.batch);
    const [cell = 0, nucleus = 0] = [0, 1].map((c) => overlap(channel(logits, c), channel(masks, c)).dice);
    figures[`${name} cell dice`] = cell;
    figures[`${name} nucleus dice`] = nucleus;
    return (cell + nucleus) / 2;
  };
  try {
    const before = start ? await task.validate() : null;
    const { history, bestEpoch } = await fit(task, config, options);
    const isBetter = !before || (history[bestEpoch - 1]?.score ?? 0) < before.score;
    if (start && !isBetter) loadWeights(unet, start);
    return { history, bestEpoch: isBetter ? bestEpoch : 0, before, weights: await copyWeights(unet) };
  } finally {
    await network.close();
    dispose();
  }
}

/** Logits of the crops, a few at a time. */
async function answer(network: Answerer, { images, masks }: CropBatch, side: number, batch: number) {
  const pixels = side * side;
  const n = masks.length / (pixels * MASKS);
  const logits = new Float32Array(masks.length);
  for (let first = 0; first < n; first += batch) {
    const count = Math.min(batch, n - first);
    const part = images.subarray(first * pixels * 3, (first + count) * pixels * 3);
    const [answered = []] = await network.answer([part], count);
    logits.set(answered, first * pixels * MASKS);
  }
  return { masks, logits };
}

/** Every second value, from `c` on: one of two interleaved masks. */
const channel = (values: Float32Array, c: number): Float32Array => values.filter((_, i) => i % MASKS === c);

/** At most `count` of the items, evenly spread over their order. */
function spread<T>(items: readonly T[], count: number): T[] {
  const n = Math.min(count, items.length);
  return Array.from({ length: n }, (_, i) => items[Math.floor((i * items.length) / n)]).filter(
    (item) => item !== undefined,
  );
}

/** Puts trained U-Net weights into a model that shares the layers' names. */
export const loadMasks = (model: tf.LayersModel, weights: readonly NamedTensor[]): number =>
  loadWeights(model, new Map(weights.map((w) => [w.name, w])), { partial: true });
