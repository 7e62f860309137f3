import { DomainError } from '@blastwise/contracts';
import { z } from 'zod';
import { BACKBONES, type HybridConfig, IMAGE_TAP } from '../../architecture/index.ts';
import { masksConfigSchema, STARTER_RECIPE, stagesConfigSchema } from '../../training/config.ts';
import { PUBLISHED_FREEZING } from '../../training/recipes.ts';

/** How the U-Net and the upper part of a network are trained again. */
export const networkRecipeSchema = z.strictObject({
  masks: masksConfigSchema,
  stages: stagesConfigSchema,
  /** How much the loss of the U-Net counts a mask that a reader drew, against 1 of a weak one. */
  editedWeight: z.number().min(1).max(100),
});
export type NetworkRecipe = z.infer<typeof networkRecipeSchema>;

/** A reader's mask shows the cell's own edge; the weak ones were drawn by colour. */
const EDITED_WEIGHT = 4;

/**
 * The starter's recipe for a network that has learned already: its views, a quarter to a third of its rates, and fewer
 * epochs.
 */
export function networkRecipeFor(hybrid: HybridConfig, costWeight = 0): NetworkRecipe {
  const { masks, stages } = STARTER_RECIPE;
  const { backbone, tap, variant } = hybrid;
  const frozen = Object.values(PUBLISHED_FREEZING).find((f) => f.tap === tap && 'through' in f);
  // Where nothing is frozen, and where a map is flattened, every copy that is kept takes a megabyte.
  const isLarge = tap === IMAGE_TAP || variant === 'published';
  return {
    masks: { ...masks, epochs: 6, patience: 6, peakRate: masks.peakRate / 4 },
    stages: {
      ...stages,
      epochs: 10,
      patience: 10,
      peakRate: stages.peakRate * 0.3,
      unfoldBatchNorms: 'unfoldedStages' in BACKBONES[backbone],
      views: isLarge ? stages.views.map((view) => ({ ...view, copies: 1 })) : stages.views,
      ...(frozen && 'through' in frozen && { frozenThrough: frozen.through }),
      costWeight,
    },
    editedWeight: EDITED_WEIGHT,
  };
}

/** @throws DomainError BAD_INPUT naming the first value out of range. */
export function checkNetworkRecipe(recipe: NetworkRecipe): NetworkRecipe {
  const parsed = networkRecipeSchema.safeParse(recipe);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DomainError(
    'BAD_INPUT',
    `The retraining's ${issue?.path.join('.')} is not valid: ${issue?.message}`,
  );
}
