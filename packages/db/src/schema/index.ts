export * from './analyses.ts';
export * from './audit.ts';
export * from './cases.ts';
export * from './corrections.ts';
export * from './costs.ts';
export * from './imageStates.ts';
export * from './models.ts';
export * from './users.ts';
