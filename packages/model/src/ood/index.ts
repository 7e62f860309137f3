export { type FitOodOptions, type FittedOod, fitOod, oodThreshold } from './fit-ood.ts';
export {
  OOD_METHOD,
  OOD_TENSORS,
  type Ood,
  type OodStatistics,
  oodResidual,
  oodSchema,
  oodStatistics,
  outOfDistribution,
} from './ood.ts';
export { principalSubspace, type Rows as FeatureRows } from './subspace.ts';
