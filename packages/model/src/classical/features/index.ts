export { extractFeatures, featuresOf } from './extract.ts';
export { FEATURE_COUNT, FEATURES, type FeatureDescription } from './names.ts';
