export { type ExternalSets, findExternalSets } from './external-sets.ts';
export { type LabelledField, readField } from './labelled-field.ts';
export { learnedFrom } from './learned-from.ts';
export * from './masks/index.ts';
export {
  type EvidenceOptions,
  type EvidencePart,
  type EvidenceProgress,
  measureEvidence,
} from './measure-evidence.ts';
export { predictRows, predictRowsOf, type Show } from './predict-rows.ts';
export { scoreUnder } from './robustness.ts';
export { sampleOf } from './sample.ts';
export { EVIDENCE_FILE, evidenceSchema, figureSchema, type ModelEvidence, parseEvidence } from './schema.ts';
