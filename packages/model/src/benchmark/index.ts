export { timeNetwork, timeWholePath } from './network.ts';
export { type Timing, timeRuns } from './timing.ts';
export { timeTrainingStep } from './training.ts';
