export { type AblateOptions, type Ablation, ablate } from './ablation/index.ts';
export * from './augmentation/index.ts';
export {
  type ClassicalRecord,
  classicalRecordSchema,
  parseClassicalRecord,
  type TrainClassicalOptions,
  type TrainedClassical,
  trainClassical,
} from './classical/index.ts';
export {
  type Recipe,
  STARTER_RECIPE,
  type TrainableModel,
  type TrainingConfig,
  trainingConfigSchema,
} from './config.ts';
export type { EpochRecord } from './fit.ts';
export { type OnProgress, PHASES, type Phase, type TrainingProgress } from './progress.ts';
export { FINE_TUNING, type FineTuning } from './recipes.ts';
export { modelCard, parseRunRecord, type RunRecord, renewCard, runRecordSchema } from './report/index.ts';
export { type TrainedArtifact, type TrainOptions, train } from './train.ts';
