export { type BootstrapOptions, groupBootstrap, quantile } from './bootstrap.ts';
export {
  type Confusion,
  confusionFrom,
  costSensitiveAccuracy,
  kappa,
  malignantToBenignRate,
  totalCost,
  transpose,
} from './confusion.ts';
export { type CopyScores, scoreCopy } from './copies.ts';
export { type Estimate, estimate, estimateGain, estimateRatio, estimateShare } from './estimate.ts';
export { type Evaluation, evaluate } from './evaluate.ts';
export { type ClassScores, classScores, costWeightedF1, macroF1, weightedF1 } from './f-scores.ts';
export type { Interval, IntervalName } from './intervals.ts';
export {
  LEAST_PATIENTS,
  type PatientChange,
  type PatientMean,
  type PatientValue,
  patientChange,
  patientMean,
  patientsIn,
} from './patient-mean.ts';
export { type ReliabilityBin, type ReliabilityFigures, reliabilityFigures } from './reliability.ts';
export { type ConfusionScores, confusionScores, type ProbabilityScores } from './scores.ts';
export type { EvaluationRow } from './tally.ts';
export { type Bounds, type Level, NORMAL_QUANTILES, wilson } from './wilson.ts';
