export * from './config.ts';
export * from './hybrid.ts';
