import { MATURITY_STAGES } from '@blastwise/contracts';
import { buildHybrid, type HybridConfig, loadWeights } from '../../architecture/index.ts';
import type { NamedTensor } from '../../artifact/index.ts';
import * as tf from '../../engine/tf.ts';
import type { MasksConfig } from '../config.ts';
import { classWeights, type TrainingField } from '../fields.ts';
import { type FitOptions, type FitResult, type FitTask, fit } from '../fit.ts';
import { stageCrossEntropy } from '../stages/loss.ts';
import { copyWeights } from '../weights.ts';
import { middleCrops, randomCrops } from './crops.ts';
import { maskCrossEntropy, overlap, softDiceLoss } from './losses.ts';

export interface TrainedMasks extends FitResult {
  /** The U-Net's weights by layer name. */
  readonly weights: NamedTensor[];
}

/**
 * Trains the U-Net on crops against the weak masks. Beside the mask loss a small stage head, thrown away afterwards,
 * reads the encoder's view of the masked crop, so that the encoder learns what cells look like and not only where
 * they are. No gradient flows through the mask itself: hiding a cell must not pay.
 */
export async function trainMasks(
  fields: readonly TrainingField[],
  hybrid: HybridConfig,
  config: MasksConfig,
  options: FitOptions,
): Promise<TrainedMasks> {
  const side = config.crop;
  const { unet, masked, dispose } = buildHybrid({ ...hybrid, size: side });
  const stageHead = stageReader(masked.outputs[0]?.shape[1] ?? 0, hybrid.seed);
  const training = fields.filter((f) => f.side === 'train');
  const validation = spread(
    fields.filter((f) => f.side === 'validation'),
    config.validationFields,
  );
  const weights = classWeights(training, MATURITY_STAGES.length);

  const task: FitTask = {
    models: [unet, stageHead],
    stepsPerEpoch: config.stepsPerEpoch,
    epoch: (random) => () => {
      const chosen = Array.from({ length: config.batch }, () => training[random.int(training.length)]).filter(
        (f) => f !== undefined,
      );
      const batch = randomCrops(chosen, training, { side, recoloured: config.recoloured, random });
      return () => {
        const images = tf.tensor4d(batch.images, [chosen.length, side, side, 3]);
        const labels = tf.tensor4d(batch.masks, [chosen.length, side, side, 1]);
        const logits = unet.apply(images, { training: true }) as tf.Tensor4D;
        const mask = stopGradient(tf.sigmoid(logits));
        const seen = masked.apply([images, mask], { training: true }) as tf.Tensor;
        const stage = stageCrossEntropy(
          stageHead.apply(seen, { training: true }) as tf.Tensor2D,
          batch.labels,
          {
            weights,
            smoothing: 0,
          },
        );
        const loss: tf.Scalar = tf.addN([
          maskCrossEntropy(logits, labels),
          softDiceLoss(logits, labels),
          tf.mul(stage.loss, config.stageWeight),
        ]);
        return { loss, named: { correct: stage.correct, size: chosen.length } };
      };
    },
    validate: async () => {
      const batch = middleCrops(validation, side);
      const logits = new Float32Array(batch.masks.length);
      for (let first = 0; first < validation.length; first += config.batch) {
        const n = Math.min(config.batch, validation.length - first);
        const part = batch.images.subarray(first * side * side * 3, (first + n) * side * side * 3);
        const answered = tf.tidy(() => unet.predict(tf.tensor4d(part, [n, side, side, 3])) as tf.Tensor);
        logits.set((await answered.data()) as Float32Array, first * side * side);
        answered.dispose();
      }
      const { dice, iou } = overlap(logits, batch.masks);
      return { score: 1 - dice, figures: { dice, iou } };
    },
  };
  try {
    const result = await fit(task, config, options);
    return { ...result, weights: await copyWeights(unet) };
  } finally {
    dispose();
    stageHead.dispose();
  }
}

/** The same values, a constant to the gradients: the stage loss cannot move the mask. */
const stopGradient = tf.customGrad((x) => {
  const values = x as tf.Tensor;
  return { value: tf.clone(values), gradFunc: () => tf.zerosLike(values) };
});

function stageReader(features: number, seed: number): tf.LayersModel {
  const input = tf.input({ shape: [features], name: 'unet_features_read' });
  const logits = tf.layers.dense({
    name: 'unet_stage_reader',
    units: MATURITY_STAGES.length,
    kernelInitializer: tf.initializers.glorotUniform({ seed: seed + 1 }),
  });
  return tf.model({ inputs: input, outputs: logits.apply(input) as tf.SymbolicTensor });
}

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
