export { STUDY_COSTS } from '@blastwise/contracts';
export * from './choices/index.ts';
export { parseCosts } from './costs.ts';
export { type Dominance, findDominance } from './dominance.ts';
export * from './propose/index.ts';
