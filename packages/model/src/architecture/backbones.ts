import type { ChannelNormalisation } from './layers/index.ts';
import { mobileNetV2Stages } from './mobilenetv2/index.ts';
import type { Stage } from './stage.ts';

/** A network without top that can read the image in a hybrid. */
export interface Backbone {
  /** What its weights were trained on, applied to RGB 0..255. */
  readonly preprocessing: ChannelNormalisation;
  /** The stages from image to last map, cut at any of their taps. */
  readonly stages: () => Stage[];
  /** Names of those taps, from image to last map. */
  readonly taps: readonly string[];
  /** Where training cuts by default: the lower part is frozen, its maps are cached. */
  readonly defaultTap: string;
}

const HALF = 1 / 127.5;
/** x / 127.5 - 1 on RGB. */
export const SYMMETRIC: ChannelNormalisation = {
  order: 'rgb',
  scale: [HALF, HALF, HALF],
  offset: [-1, -1, -1],
};

const [LEVEL, SPREAD] = [190, 43];
/**
 * The middle and spread of a typical field's channels, the same for every field: where only the cells shall be seen,
 * nothing may be measured on what surrounds them.
 */
export const CELL_READING: ChannelNormalisation = {
  order: 'rgb',
  scale: [1 / SPREAD, 1 / SPREAD, 1 / SPREAD],
  offset: [-LEVEL / SPREAD, -LEVEL / SPREAD, -LEVEL / SPREAD],
};

function row(preprocessing: ChannelNormalisation, stages: () => Stage[], defaultTap: string): Backbone {
  return { preprocessing, stages, taps: stages().map((stage) => stage.tap), defaultTap };
}

/** Every backbone a hybrid can be made of; another one is another row. */
export const BACKBONES = {
  mobilenetv2: row(SYMMETRIC, mobileNetV2Stages, 'block_10_project'),
} as const satisfies Record<string, Backbone>;

export type BackboneName = keyof typeof BACKBONES;
export const BACKBONE_NAMES = Object.keys(BACKBONES) as [BackboneName, ...BackboneName[]];
