export { BASE_CARD_FILE, retrainedCard } from './card.ts';
export type { CorrectedField, ImageFingerprint } from './corrected-field.ts';
export { reservedForTest } from './corrected-side.ts';
export { knownRows, samePixelsAs } from './feature-match.ts';
export type { RetrainingProgress } from './fit-head.ts';
export type { LockedRow, LockedTest } from './judge-locked.ts';
export {
  type GuardedField,
  groupsWithCopies,
  type LockedImage,
  likeMarks,
  type MarkedImage,
  type Quarantined,
  quarantineLeaks,
  refuseLeftLeaks,
} from './leak-guard.ts';
export { type LearnedImage, learnedCorrections, learnedImages, refuseLearned } from './learned-images.ts';
export { markedImages } from './marked-images.ts';
export * from './network/index.ts';
export { readCorrected } from './read-corrected.ts';
export { RETRAINING_RECIPE, type RetrainingRecipe, retrainingRecipeSchema } from './recipe.ts';
export {
  type NetworkRecord,
  networkRecordSchema,
  type RetrainingRecord,
  retrainingRecordSchema,
} from './record.ts';
export { type RetrainedHead, retrainHead } from './retrain-head.ts';
export type { RetrainOptions } from './retrain-options.ts';
