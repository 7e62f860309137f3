export { STUDY_COSTS } from '@blastwise/contracts';
export { canonicalCosts, costsDigest, parseCosts } from './costs.ts';
