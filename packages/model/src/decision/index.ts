export { decide, type Evidence, minimumRisk, mostProbable } from './decide.ts';
export { expectedCosts } from './expected-costs.ts';
export { realisedCost } from './realised-cost.ts';
