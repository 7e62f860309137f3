import { z } from 'zod';
import { fitConfigSchema } from '../training/config.ts';

export const retrainingRecipeSchema = fitConfigSchema.extend({
  /** Share of the target spread evenly over the stages. */
  labelSmoothing: z.number().min(0).max(0.5),
  /** Weight of the expected-cost term beside the cross-entropy; 0 leaves the loss blind to costs. */
  costWeight: z.number().min(0).max(100),
});
/** How a head is trained again. */
export type RetrainingRecipe = z.infer<typeof retrainingRecipeSchema>;

/** A third of the rate that the starter's recipe gives a new head: this one has learned already. */
export const RETRAINING_RECIPE: RetrainingRecipe = {
  epochs: 12,
  batch: 32,
  peakRate: 3e-4,
  warmUp: 0.2,
  weightDecay: 0.02,
  patience: 6,
  labelSmoothing: 0.05,
  costWeight: 0,
};
