import {
  CONVNEXT_BASE,
  CONVNEXT_SMALL,
  CONVNEXT_TINY,
  type ConvNeXtVariant,
  convNeXtStages,
} from './convnext/index.ts';
import {
  DENSENET121,
  DENSENET169,
  DENSENET201,
  type DenseNetVariant,
  denseNetStages,
} from './densenet/index.ts';
import type { ChannelNormalisation } from './layers/index.ts';
import { mobileNetV2Stages } from './mobilenetv2/index.ts';
import { IMAGENET_CENTRED, IMAGENET_STANDARD, SYMMETRIC } from './normalisations.ts';
import type { Stage } from './stage.ts';
import { VGG16, vggStages } from './vgg/index.ts';

/** A network without top that can read the image in a hybrid. */
export interface Backbone {
  /** What its weights were trained on, applied to RGB 0..255. */
  readonly preprocessing: ChannelNormalisation;
  /**
   * The stages from image to last map, cut at any of their taps. Kernels are zero until weights are loaded, or drawn by
   * `seed` for training from scratch (MobileNetV2's, with batch norm folded away, are zero always).
   */
  readonly stages: (seed?: number) => Stage[];
  /** The same stages with the batch norms, to learn with, that are folded away in `stages`; missing where none are. */
  readonly unfoldedStages?: () => Stage[];
  /** Names of those taps, from image to last map. */
  readonly taps: readonly string[];
  /** Where training cuts by default: the lower part is frozen, its maps are cached. */
  readonly defaultTap: string;
}

function row(
  preprocessing: ChannelNormalisation,
  stages: (seed?: number) => Stage[],
  defaultTap: string,
): Backbone {
  return { preprocessing, stages, taps: stages().map((stage) => stage.tap), defaultTap };
}

const denseNet = (variant: DenseNetVariant, defaultTap: string) =>
  row(IMAGENET_STANDARD, (seed) => denseNetStages(variant, seed), defaultTap);

const convNeXt = (variant: ConvNeXtVariant, defaultTap: string) =>
  row(IMAGENET_STANDARD, (seed) => convNeXtStages(variant, { seed }), `${variant.name}_${defaultTap}`);

/** Every backbone a hybrid can be made of; another one is another row. */
export const BACKBONES = {
  mobilenetv2: {
    ...row(SYMMETRIC, () => mobileNetV2Stages(), 'block_10_project'),
    unfoldedStages: () => mobileNetV2Stages(1, { batchNorm: true }),
  },
  // Cut where the study's freezing ended: VGG16 whole, DenseNet-201 after 500 layers (five into the next block of
  // conv5), ConvNeXt-Base after 100.
  vgg16: row(IMAGENET_CENTRED, (seed) => vggStages(VGG16, seed), 'block5_pool'),
  densenet121: denseNet(DENSENET121, 'pool4_pool'),
  densenet169: denseNet(DENSENET169, 'pool4_pool'),
  densenet201: denseNet(DENSENET201, 'conv5_block2_concat'),
  convnext_tiny: convNeXt(CONVNEXT_TINY, 'stage_2_block_2_add'),
  convnext_small: convNeXt(CONVNEXT_SMALL, 'stage_2_block_5_add'),
  convnext_base: convNeXt(CONVNEXT_BASE, 'stage_2_block_5_add'),
} as const satisfies Record<string, Backbone>;

export type BackboneName = keyof typeof BACKBONES;
export const BACKBONE_NAMES = Object.keys(BACKBONES) as [BackboneName, ...BackboneName[]];
