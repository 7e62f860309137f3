export { TRAINING_VIEWS, type TrainingView, type TrainingViewKind, trainingView } from './training-view.ts';
