export { type AdjudicatedImage, adjudicatedImages } from './adjudicated-images.ts';
export { type Adjudicate, adjudicateReadFields, type StandingReading } from './adjudications.ts';
export * from './agreements.ts';
export { type NewAnalysis, type StoreResult, storeAnalysis } from './analyses.ts';
export { drawnForBlindReview, hasReadImage, imageBlindness } from './blind-review.ts';
export * from './case-detail.ts';
export * from './cases.ts';
export { areTwoPeople } from './circles.ts';
export * from './corrections.ts';
export {
  type NewCostChoice,
  type OwnChoice,
  ownChoices,
  recordCostChoice,
  type StandingChoice,
  standingChoices,
} from './cost-choices.ts';
export * from './cost-matrices.ts';
export * from './costs.ts';
export type { Decide } from './decide.ts';
export * from './drift-alarms.ts';
export * from './drift-windows.ts';
export { type Duplicate, findDuplicates } from './duplicates.ts';
export { promotionHindrances } from './hindrances.ts';
export * from './image-queue.ts';
export * from './import-readings.ts';
export { JUDGEMENT_DEATHS, type JudgementOutcome, judgeNext } from './judge-next.ts';
export { type ComparedField, comparedFields, type JudgedField, reservedUses } from './judged-fields.ts';
export { recordSetComparison, type UncomparedSets, uncomparedSets } from './locked-test-exams.ts';
export {
  type LockedTestFile,
  listLockedTestSets,
  listLockedTestUses,
  lockedTestFiles,
  lockedTestImage,
  type NewLockedTestSet,
  type OwnTest,
  openLockedTestSet,
  openOwnTest,
  requestJudgement,
} from './locked-tests.ts';
export {
  deployWhereUnchosen,
  findModel,
  listModels,
  modelInService,
  modelPlot,
  registerModel,
  setModelInService,
} from './models.ts';
export { casesOfFields, patientsOfFields } from './patients.ts';
export * from './progress.ts';
export { promoteModel, rollBackModel } from './promotion.ts';
export * from './received-fields.ts';
export { countUnsettled, type UnsettledAnalysis, unsettledAnalyses } from './redecide.ts';
export * from './registered-folders.ts';
export {
  createSession,
  openSessions,
  peekSession,
  renewSignOn,
  revokeSession,
  revokeUserSessions,
  SESSION_ABSOLUTE_HOURS,
  SESSION_IDLE_MINUTES,
  type Session,
  SIGN_ON_MINUTES,
  takeSignOn,
  useSession,
} from './sessions.ts';
export * from './settings.ts';
export { type SettledAnalysis, settledAnalyses } from './settled-analyses.ts';
export * from './severity-judgements.ts';
export * from './sign-in-attempts.ts';
export {
  type CaseSignature,
  type CaseSigning,
  caseSigning,
  type NewSignature,
  signCase,
} from './signatures.ts';
export { type TrainingBase, trainingBase } from './training-base.ts';
export * from './training-fields.ts';
export * from './training-run.ts';
export * from './trainings.ts';
export * from './users.ts';
export { type WatchedRow, watchedFields } from './watched-fields.ts';
export { fieldsWithoutSenior } from './without-senior.ts';
export * from './worklist.ts';
export * from './worklist-schemas.ts';
