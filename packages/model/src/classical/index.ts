export {
  fitLogisticRegression,
  type LogisticOptions,
  type LogisticRegression,
  predictClasses,
} from './logistic-regression.ts';
