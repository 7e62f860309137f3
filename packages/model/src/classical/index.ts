export {
  CLASSICAL_MODELS,
  type ClassicalArchitecture,
  type ClassicalModel,
  FEATURES_VERSION,
  STUDY_BOOSTING,
  svmArchitectureSchema,
  xgboostArchitectureSchema,
} from './architecture.ts';
export {
  type BoostingConfig,
  type BoostingRound,
  type FittedTrees,
  fitBoostedTrees,
} from './boosting/fit-boosted-trees.ts';
export {
  BOOSTING_GRID,
  type BoostingPoint,
  byLoss,
  crossValidate,
  type HeldOut,
  type SearchedBoosting,
} from './boosting/grid-search.ts';
export { type Classifier, openClassifier } from './classifier.ts';
export { extractFeatures, FEATURE_COUNT, FEATURES, type FeatureDescription } from './features/index.ts';
export {
  fitLogisticRegression,
  type LogisticOptions,
  type LogisticRegression,
  predictClasses,
} from './logistic-regression.ts';
export { type FittedSvm, fitSvm } from './svm/fit-svm.ts';
export { GRID_POINTS, type GridPoint } from './svm/grid-search.ts';
export { svmTensors, treesTensors } from './tensors.ts';
