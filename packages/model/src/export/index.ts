export * from './artifact.ts';
export * from './export-model.ts';
export * from './hybrid.ts';
export * from './parity.ts';
