export { type NewAnalysis, type StoreResult, storeAnalysis } from './analyses.ts';
export * from './caseDetail.ts';
export * from './cases.ts';
export * from './corrections.ts';
export * from './costMatrices.ts';
export * from './costMatrixDigest.ts';
export * from './costs.ts';
export type { Decide } from './decide.ts';
export { type Duplicate, findDuplicates } from './duplicates.ts';
export * from './imageQueue.ts';
export { listModels, modelInService, registerModel, setModelInService } from './models.ts';
export { type UnreviewedAnalysis, unreviewedAnalyses } from './redecide.ts';
export {
  createSession,
  peekSession,
  revokeSession,
  revokeUserSessions,
  SESSION_ABSOLUTE_HOURS,
  SESSION_IDLE_MINUTES,
  type Session,
  useSession,
} from './sessions.ts';
export * from './settings.ts';
export * from './signInAttempts.ts';
export * from './users.ts';
export * from './worklist.ts';
export * from './worklistSchemas.ts';
