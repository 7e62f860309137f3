export {
  TRAINING_VIEWS,
  type TrainingView,
  type TrainingViewKind,
  trainingView,
  type ViewField,
} from './training-view.ts';
