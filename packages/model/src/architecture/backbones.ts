import type { ChannelNormalisation } from './layers/index.ts';
import { mobileNetV2Stages } from './mobilenetv2/index.ts';
import { IMAGENET_CENTRED, SYMMETRIC } from './normalisations.ts';
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

/** Every backbone a hybrid can be made of; another one is another row. */
export const BACKBONES = {
  mobilenetv2: row(SYMMETRIC, () => mobileNetV2Stages(), 'block_10_project'),
  // The study froze all of it.
  vgg16: row(IMAGENET_CENTRED, (seed) => vggStages(VGG16, seed), 'block5_pool'),
} as const satisfies Record<string, Backbone>;

export type BackboneName = keyof typeof BACKBONES;
export const BACKBONE_NAMES = Object.keys(BACKBONES) as [BackboneName, ...BackboneName[]];
