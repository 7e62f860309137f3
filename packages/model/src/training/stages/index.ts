export { type AskUpper, askingUpper, type UpperAnswer } from './answer.ts';
export { calibrationRecord } from './calibration-record.ts';
export { runStagesJobs } from './run-jobs.ts';
export { type StageBatch, stageLearner } from './stage-learner.ts';
export type { StagesJob, StagesResult } from './stages-job.ts';
export { type LabelledField, trainStages } from './train-stages.ts';
