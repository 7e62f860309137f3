import { type Side, sidesOfFold, splitFolds } from '../../dataset/index.ts';
import type { TrainingField } from '../fields.ts';

/** The sides of every fold's training, over all fields whatever side of the run's own split they lie on. */
export function foldSides(fields: readonly TrainingField[], folds: number, seed: number): Side[][] {
  if (folds === 0) return [];
  const dealt = splitFolds(fields, folds, seed);
  return Array.from({ length: folds }, (_, fold) => sidesOfFold(fields, dealt, fold, seed));
}
