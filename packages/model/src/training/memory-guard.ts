import os from 'node:os';
import { DomainError } from '@blastwise/contracts';
import {
  BACKBONES,
  type Backbone,
  buildNetwork,
  type HeadSize,
  type HybridConfig,
  headSize,
  IMAGE_TAP,
  modelNameOf,
  POOL_TAP,
} from '../architecture/index.ts';
import { canLearn } from '../differentiation/index.ts';
import { type ChosenEngine, isProcessor, startCpu } from '../engine/index.ts';
import * as tf from '../engine/tf.ts';
import type { TrainingConfig } from './config.ts';

const GIB = 2 ** 30;
/** WebAssembly's heap ends at 4 GiB, never shrinks, and is never packed without gaps. */
const WASM_HEAP = 3.5 * GIB;
/** Measured on wasm: both passes through the default U-Net, per pixel and per channel of the first level's share. */
const MASK_BYTES_PER_CHANNEL_PIXEL = 180;
/**
 * Measured on wasm, per value of every layer's map above the cut: 16 (MobileNetV2) to 30 bytes (VGG16, ConvNeXt). Beside the
 * map these are its gradient and what a layer keeps for it.
 */
const BYTES_PER_VALUE = 30;
/** A weight, its gradient, and the two moments of Adam. */
const BYTES_PER_PARAMETER = 16;
/** What one step of our AdamW makes of a weight before it lets go: fourteen tensors of its size. */
const BYTES_IN_STEP = 56;

interface TrainedPart {
  /** Values of one field's maps above the cut, every layer's. */
  readonly values: number;
  /** Of the whole backbone, which the engine holds in any case. */
  readonly parameters: number;
  readonly head: HeadSize;
  /** Whether it learns as a graph on the engine `onnx`, where no heap but the machine's memory bounds it. */
  readonly isGraph: boolean;
}

/** What has gradients. Counted on the cpu engine, where zeros that nobody touches cost no memory. */
async function trainedPart(hybrid: HybridConfig, unfold: boolean): Promise<TrainedPart> {
  const { tap, size } = hybrid;
  const backbone: Backbone = BACKBONES[hybrid.backbone];
  const before = tf.engine().backendName;
  await startCpu();
  try {
    const stages = (unfold && backbone.unfoldedStages) || backbone.stages;
    const network = buildNetwork(hybrid.backbone, stages(), [size, size, 3]);
    const names = [IMAGE_TAP, ...network.layers.slice(1).map(({ name }) => name)];
    const trained = tap === POOL_TAP ? [] : network.layers.slice(names.indexOf(tap) + 1);
    const values = trained.map(({ outputShape }) =>
      outputShape.slice(1).reduce<number>((n, d) => n * Number(d), 1),
    );
    const parameters = tap === POOL_TAP ? 0 : network.countParams();
    const head = headSize(hybrid, Number(network.outputs[0]?.shape.at(-1)));
    const isGraph = trained.every(canLearn);
    network.dispose();
    return { values: values.reduce((a, b) => a + b, 0), parameters, head, isGraph };
  } finally {
    if (before) await tf.setBackend(before);
  }
}

/** About how many bytes a training step of each part holds at its peak, and whether the stages learn as a graph. */
export async function stepBytes({
  hybrid,
  masks,
  stages,
}: Pick<TrainingConfig, 'hybrid' | 'masks' | 'stages'>) {
  // Each level has a quarter of the pixels of the one above.
  const channels = hybrid.unetFilters.reduce((sum, width, level) => sum + width / 4 ** level, 0);
  const { values, parameters, head, isGraph } = await trainedPart(hybrid, stages.unfoldBatchNorms);
  return {
    masks: masks.batch * masks.crop ** 2 * channels * MASK_BYTES_PER_CHANNEL_PIXEL,
    stages:
      stages.batch * values * BYTES_PER_VALUE +
      (parameters + head.parameters) * BYTES_PER_PARAMETER +
      head.largest * BYTES_IN_STEP,
    isGraph,
  };
}

/**
 * Refuses on a CPU batches that its engine would die of in the middle of a run, the whole of a large backbone, and the published
 * head however much memory there is.
 *
 * @throws DomainError BAD_INPUT saying what to ask for instead.
 */
export async function refuseTooLarge(
  config: Pick<TrainingConfig, 'hybrid' | 'masks' | 'stages'>,
  engine: ChosenEngine,
): Promise<void> {
  if (!isProcessor(engine)) return;
  const { backbone, tap, variant } = config.hybrid;
  const { masks, stages, isGraph } = await stepBytes(config);
  const isRoomy = engine === 'onnx' && isGraph && variant !== 'published';
  const gib = (bytes: number) => `about ${(bytes / GIB).toFixed(1)} GiB`;
  if (masks > WASM_HEAP) {
    throw new DomainError(
      'BAD_INPUT',
      `A batch of the masks needs ${gib(masks)}, more than the heap of a CPU engine: take smaller batches.`,
    );
  }
  if (tap === IMAGE_TAP && backbone !== 'mobilenetv2') {
    throw new DomainError(
      'BAD_INPUT',
      `A batch of the stages needs ${gib(stages)} to train all of ${modelNameOf(backbone)}, and a CPU would go through every one of its layers at every step: train its head alone (--fine-tune head), or on a GPU engine.`,
    );
  }
  if (stages > (isRoomy ? os.totalmem() / 2 : WASM_HEAP)) {
    const room = isRoomy ? "half of this machine's memory" : 'the heap of a CPU engine';
    if (variant === 'published') {
      throw new DomainError(
        'BAD_INPUT',
        `A batch of the stages needs ${gib(stages)} to train the published head, more than ${room}: leave --variant out, or train on a GPU engine.`,
      );
    }
    const part =
      tap === IMAGE_TAP ? `all of ${modelNameOf(backbone)}` : `${modelNameOf(backbone)} above ${tap}`;
    throw new DomainError(
      'BAD_INPUT',
      `A batch of the stages needs ${gib(stages)} to train ${part}, more than ${room}: train its head alone (--fine-tune head), or on a GPU engine.`,
    );
  }
}
