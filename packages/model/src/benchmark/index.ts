export { timeNetwork, timeWholePath } from './network.ts';
export { timeHeadRetraining } from './retraining.ts';
export { type Timing, timeRuns } from './timing.ts';
export { timeTrainingStep } from './training.ts';
