export { type CheckedField, checkExplanations, type ExplanationCheck } from './check.ts';
export { type EvidenceMap, evidenceOf, totalEvidence } from './evidence.ts';
export { type ExplainedResult, explainField, type FieldExplanation } from './explain-field.ts';
export { type HeatPictures, heatPictures, heatPixels, hottest } from './heat.ts';
export { type StageGradients, stageGradients, stageLogits } from './stage-gradients.ts';
export { readStageHead, type StageHead } from './stage-head.ts';
export { whiteCellsOf } from './white-cells.ts';
