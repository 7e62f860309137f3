import { z } from 'zod';

/** Names how the 62 features are measured; any change of a value needs a new name. */
export const FEATURES_VERSION = 'handmade-62-v1';

const features = z.literal(FEATURES_VERSION);
const share = z.number().gt(0).max(1);

export const svmConfigSchema = z.strictObject({
  features,
  /** Width of the radial kernel `exp(-sigma |x - x'|^2)` and cost of a missed margin, both found by the search. */
  sigma: z.number().positive(),
  c: z.number().positive(),
});

export const xgboostConfigSchema = z.strictObject({
  features,
  depth: z.int().min(1).max(16),
  minChildWeight: z.number().nonnegative(),
  lambda: z.number().nonnegative(),
  rate: share,
  /** Shares of the rows and of the features that each tree was shown. */
  subsample: share,
  columns: share,
  rounds: z.int().positive(),
  patience: z.int().positive(),
});

/** The classical systems of the study, as model.json names them. */
export const svmArchitectureSchema = z.strictObject({ kind: z.literal('svm'), config: svmConfigSchema });
export const xgboostArchitectureSchema = z.strictObject({
  kind: z.literal('xgboost'),
  config: xgboostConfigSchema,
});
export type ClassicalArchitecture =
  | z.infer<typeof svmArchitectureSchema>
  | z.infer<typeof xgboostArchitectureSchema>;

export const CLASSICAL_MODELS = [
  'svm',
  'xgboost',
] as const satisfies readonly ClassicalArchitecture['kind'][];
export type ClassicalModel = (typeof CLASSICAL_MODELS)[number];

/** The study's settings of XGBoost, of which depth, rate and subsample are searched; lambda is the library's own default. */
export const STUDY_BOOSTING: z.infer<typeof xgboostConfigSchema> = {
  features: FEATURES_VERSION,
  depth: 6,
  minChildWeight: 1,
  lambda: 1,
  rate: 0.1,
  subsample: 0.8,
  columns: 0.8,
  rounds: 1000,
  patience: 20,
};
