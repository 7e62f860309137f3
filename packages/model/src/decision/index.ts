export { decide, minimumRisk, mostProbable } from './decide.ts';
export { expectedCosts } from './expectedCosts.ts';
