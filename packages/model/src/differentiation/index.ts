export {
  canLearn,
  canLearnAsGraph,
  type LearningGraph,
  type LossWriter,
  writeLearningGraph,
} from './learning-graph.ts';
export { type LearnedStep, LearningSession, type WeightArrays, weightArrays } from './learning-session.ts';
export type { Tape, Value } from './tape.ts';
