export * from './artifact.ts';
export * from './export-model.ts';
export * from './hybrid.ts';
