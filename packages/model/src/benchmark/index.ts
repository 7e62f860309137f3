export { type ServingTime, timeEngineServing, timeServing } from './backbone-serving.ts';
export { engineFloor, type Floor, onnxFloor } from './floor.ts';
export { timeDuplicates, timeGrouping } from './many-fields.ts';
export { timeNetwork, timeWholePath } from './network.ts';
export { timeHeadRetraining } from './retraining.ts';
export { type StagesStep, timeStagesStep } from './stages-step.ts';
export { type Timing, timeRuns } from './timing.ts';
export { timeTrainingStep } from './training.ts';
