export { type ServingTime, timeEngineServing, timeServing } from './backbone-serving.ts';
export { engineFloor, type Floor, onnxFloor } from './floor.ts';
export { type SplitTime, timeSplit } from './many-fields.ts';
export { timeNetwork, timeWholePath } from './network.ts';
export { type RetrainingTime, timeHeadRetraining, timeRetraining } from './retraining.ts';
export { type StagesEpoch, type StagesStep, timeStagesEpoch, timeStagesStep } from './stages-step.ts';
export { median, type Timing } from './timing.ts';
export { timeTrainingStep } from './training.ts';
