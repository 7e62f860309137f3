export { classicalCard } from './card.ts';
export { type ClassicalRecord, classicalRecordSchema, parseClassicalRecord } from './record.ts';
export { type TrainClassicalOptions, type TrainedClassical, trainClassical } from './train-classical.ts';
