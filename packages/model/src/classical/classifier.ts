import { MATURITY_STAGES, type StageVector } from '@blastwise/contracts';
import type { NamedTensor } from '../artifact/dtype.ts';
import type { ClassicalArchitecture } from './architecture.ts';
import { boostedLogits } from './boosting/boosted-trees.ts';
import { FEATURE_COUNT } from './features/index.ts';
import { pairsOf } from './svm/one-vs-one.ts';
import { svmLogits } from './svm/support-vector-machine.ts';
import { readSvm, readTrees } from './tensors.ts';

/** Logits of the stages from the 62 features of a field. */
export type Classifier = (features: Float32Array) => StageVector;

const STAGES = MATURITY_STAGES.length;

function toVector([a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN]: number[]): StageVector {
  return [a, b, c, d];
}

/** The classifier that an artifact holds. @throws DomainError ARTIFACT_INVALID where its weights are not whole. */
export function openClassifier(
  { kind, config }: ClassicalArchitecture,
  weights: ReadonlyMap<string, NamedTensor>,
): Classifier {
  if (kind === 'svm') {
    const machine = readSvm(weights, config.sigma, FEATURE_COUNT, pairsOf(STAGES).length);
    return (features) => toVector(svmLogits(machine, features, STAGES));
  }
  const trees = readTrees(weights, FEATURE_COUNT);
  return (features) => toVector(boostedLogits(trees, features, STAGES));
}
