export * from './config.ts';
export * from './hybrid.ts';
export * from './parameters.ts';
