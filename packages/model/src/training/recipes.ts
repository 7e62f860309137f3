import {
  BACKBONES,
  backboneOf,
  type HybridConfig,
  IMAGE_TAP,
  type ModelName,
  POOL_TAP,
} from '../architecture/index.ts';
import { type ChosenEngine, isProcessor } from '../engine/index.ts';
import { type Recipe, STARTER_RECIPE } from './config.ts';

/** What of a backbone is trained beside the head: nothing, what lies above its cut, all of it. */
export const FINE_TUNING = ['head', 'upper', 'whole'] as const;
export type FineTuning = (typeof FINE_TUNING)[number];

/**
 * What the study froze, as Keras counts layers, and where that ends here. VGG16 stood as a whole; of DenseNet-201 the
 * freezing ended inside a block, of which the first five layers are frozen above the cut.
 */
export const PUBLISHED_FREEZING = {
  vgg16: { layers: 19, tap: POOL_TAP },
  densenet201: { layers: 500, tap: 'conv5_block2_concat', through: 'conv5_block3_1_relu' },
  convnext_base: { layers: 100, tap: 'convnext_base_stage_2_block_5_add' },
} as const;

type Frozen = { readonly tap: string; readonly through?: string };

function frozenOf(model: ModelName, fineTuning: FineTuning): Frozen {
  if (fineTuning === 'head') return { tap: POOL_TAP };
  if (fineTuning === 'whole') return { tap: IMAGE_TAP };
  const backbone = backboneOf(model);
  if (backbone === 'mobilenetv2') return STARTER_RECIPE.hybrid;
  const published: Readonly<Record<string, Frozen>> = PUBLISHED_FREEZING;
  return published[backbone] ?? { tap: BACKBONES[backbone].defaultTap };
}

/** What a network is trained by where nobody says: above its cut, or on a CPU, for the large ones, the head alone. */
export const defaultFineTuning = (model: ModelName, engine: ChosenEngine): FineTuning =>
  model !== 'mobilenetv2' && isProcessor(engine) ? 'head' : 'upper';

/** The study's U-Net and head, colours and all. */
const PUBLISHED_VARIANT = {
  variant: 'published',
  unetFilters: [32, 64, 128, 256],
  head: [512, 256, 128],
  dropout: 0.7,
  l2: 0.01,
  saturation: 1,
} as const satisfies Partial<HybridConfig>;

/** The most copies of a field that are kept; the study drew one anew every epoch. */
const PUBLISHED_VIEWS: Recipe['stages']['views'] = [{ kind: 'published', copies: 8, share: 1 }];

export interface Published {
  /** The study's U-Net and head instead of ours. */
  readonly variant?: HybridConfig['variant'];
  /** The study's augmentation instead of our views. */
  readonly augmentation?: 'published';
}

/** The starter's recipe with another backbone, more or less of it trained, or with parts of the study's. */
export function recipeOf(
  model: ModelName,
  fineTuning: FineTuning,
  { variant, augmentation }: Published = {},
): Recipe {
  const { hybrid, stages, ...recipe } = STARTER_RECIPE;
  const { tap, through } = frozenOf(model, fineTuning);
  // Where nothing is frozen, and where a map is flattened, every copy that is kept takes a megabyte.
  const isLarge = fineTuning === 'whole' || variant === 'published';
  const unfoldBatchNorms = stages.unfoldBatchNorms && 'unfoldedStages' in BACKBONES[backboneOf(model)];
  const all = augmentation === 'published' ? PUBLISHED_VIEWS : stages.views;
  const views = isLarge ? all.map((view) => ({ ...view, copies: 1 })) : all;
  return {
    ...recipe,
    hybrid: { ...hybrid, backbone: backboneOf(model), tap, ...(variant && PUBLISHED_VARIANT) },
    stages: { ...stages, unfoldBatchNorms, views, ...(through !== undefined && { frozenThrough: through }) },
  };
}
