export { heldOutImages, retrainableNetwork, splitOfBase, verifyBaseFolder } from './base-folder.ts';
export type { CorrectedImage, EditedMaskFiles, ReadFile } from './corrected-image.ts';
export type { NetworkOptions, NetworkProgress } from './options.ts';
export { type NetworkRecipe, networkRecipeFor, networkRecipeSchema } from './recipe.ts';
export { type RetrainedNetwork, retrainNetwork } from './retrain-network.ts';
