export {
  CONFORMAL_METHOD,
  type Conformal,
  conformalSchema,
  EXCHANGEABILITY,
  nonconformity,
  predictionSet,
} from './conformal.ts';
export { type Coverage, coverageOf, type StageCoverage } from './coverage.ts';
export { CONFORMAL_LEVELS, conformalQuantile, conformalRank, fitConformal } from './fit-conformal.ts';
