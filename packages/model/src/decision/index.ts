export { decide, type Evidence, minimumRisk, mostProbable } from './decide.ts';
export { expectedCosts } from './expected-costs.ts';
export { type InformationOfField, informationOf } from './information.ts';
export { realisedCost } from './realised-cost.ts';
