import { canLearnAsGraph } from '../../differentiation/index.ts';
import { currentEngine } from '../../engine/index.ts';
import * as tf from '../../engine/tf.ts';
import { graphLearner } from '../graph-learner.ts';
import type { Learner } from '../learner.ts';
import { type TapeBatch, tapeLearner } from '../tape-learner.ts';
import type { CropBatch } from './crops.ts';
import { LABELS, maskLoss, WEIGHTS } from './graph-loss.ts';
import { maskCrossEntropy, softDiceLoss } from './losses.ts';

export interface MaskLearnerOptions {
  /** Crops of every batch. */
  readonly batch: number;
  /** Side of the crops. */
  readonly crop: number;
  readonly weightDecay: number;
}

/** Whole cells and nuclei. */
export const MASKS = 2;

/** Learns masks with a U-Net of crops: as a graph where engine and model allow it. */
export async function maskLearner(
  unet: tf.LayersModel,
  { batch: n, crop, weightDecay }: MaskLearnerOptions,
): Promise<Learner<CropBatch>> {
  if (currentEngine() === 'onnx' && canLearnAsGraph(unet)) {
    const learner = await graphLearner(unet, { batch: n, loss: maskLoss, weightDecay });
    const image = unet.inputs[0]?.sourceLayer.name ?? '';
    const step: Learner<CropBatch>['step'] = ({ images, masks, weights }, rate) =>
      learner.step(
        {
          inputs: new Map([[image, images]]),
          labels: new Map([
            [LABELS, [[n, crop, crop, MASKS], masks]],
            [WEIGHTS, [[n, 1, 1, MASKS], weights]],
          ]),
          step: 0,
          judge: () => ({ correct: 0, size: 0 }),
        },
        rate,
      );
    return { ...learner, step };
  }
  const learner = tapeLearner(unet, { weightDecay });
  return { ...learner, step: (batch, rate) => learner.step(() => tapeLoss(unet, batch, n, crop), rate) };
}

function tapeLoss(
  unet: tf.LayersModel,
  { images, masks, weights }: CropBatch,
  n: number,
  crop: number,
): ReturnType<TapeBatch> {
  const labels = tf.tensor4d(masks, [n, crop, crop, MASKS]);
  const factors = tf.tensor4d(weights, [n, 1, 1, MASKS]);
  const logits = unet.apply(tf.tensor4d(images, [n, crop, crop, 3]), { training: true }) as tf.Tensor4D;
  return { loss: tf.add(maskCrossEntropy(logits, labels, factors), softDiceLoss(logits, labels, factors)) };
}
