export { type LabelledField, readField } from './labelled-field.ts';
export * from './masks/index.ts';
export { predictRows, type Show } from './predict-rows.ts';
export { scoreUnder } from './robustness.ts';
export { sampleOf } from './sample.ts';
