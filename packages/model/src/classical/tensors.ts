import { DomainError } from '@blastwise/contracts';
import type { NamedTensor } from '../artifact/dtype.ts';
import type { BoostedTrees } from './boosting/boosted-trees.ts';
import type { SupportVectorMachine } from './svm/support-vector-machine.ts';

type Tensors = ReadonlyMap<string, NamedTensor>;

const floats = (name: string, data: Float32Array, shape: readonly number[] = [data.length]): NamedTensor => ({
  name,
  dtype: 'F32',
  shape,
  data,
});
const integers = (name: string, data: Int32Array): NamedTensor => ({
  name,
  dtype: 'I32',
  shape: [data.length],
  data,
});

const lacking = (name: string) => new DomainError('ARTIFACT_INVALID', `The model lacks a whole ${name}.`);

function readFloats(tensors: Tensors, name: string, shape: (number | null)[]): Float32Array {
  const found = tensors.get(name);
  const fits =
    found?.shape.length === shape.length && shape.every((n, i) => n === null || found.shape[i] === n);
  if (!fits || !(found.data instanceof Float32Array)) throw lacking(name);
  return found.data;
}

function readIntegers(tensors: Tensors, name: string, length: number | null): Int32Array {
  const found = tensors.get(name);
  if (!(found?.data instanceof Int32Array) || (length !== null && found.data.length !== length))
    throw lacking(name);
  return found.data;
}

/** A support vector machine as the weights of an artifact. */
export function svmTensors(machine: SupportVectorMachine): NamedTensor[] {
  const [features, pairs] = [machine.mean.length, machine.offsets.length];
  const count = machine.vectors.length / features;
  return [
    floats('scaling/mean', machine.mean),
    floats('scaling/spread', machine.spread),
    floats('support/vectors', machine.vectors, [count, features]),
    floats('support/coefficients', machine.coefficients, [pairs, count]),
    floats('pairs/offset', machine.offsets),
    floats('pairs/slope', machine.slopes),
    floats('pairs/intercept', machine.intercepts),
  ];
}

/** @throws DomainError ARTIFACT_INVALID naming the first tensor that is missing or of another shape. */
export function readSvm(
  tensors: Tensors,
  sigma: number,
  features: number,
  pairs: number,
): SupportVectorMachine {
  const vectors = readFloats(tensors, 'support/vectors', [null, features]);
  const perPair = (name: string): Float32Array => readFloats(tensors, name, [pairs]);
  return {
    sigma,
    mean: readFloats(tensors, 'scaling/mean', [features]),
    spread: readFloats(tensors, 'scaling/spread', [features]),
    vectors,
    coefficients: readFloats(tensors, 'support/coefficients', [pairs, vectors.length / features]),
    offsets: perPair('pairs/offset'),
    slopes: perPair('pairs/slope'),
    intercepts: perPair('pairs/intercept'),
  };
}

/** Boosted trees as the weights of an artifact. */
export const treesTensors = ({ roots, features, values, left }: BoostedTrees): NamedTensor[] => [
  integers('trees/root', roots),
  integers('nodes/feature', features),
  floats('nodes/value', values),
  integers('nodes/left', left),
];

/** @throws DomainError ARTIFACT_INVALID for tensors that are no trees: a child must stand behind its parent. */
export function readTrees(tensors: Tensors, columns: number): BoostedTrees {
  const features = readIntegers(tensors, 'nodes/feature', null);
  const trees = {
    roots: readIntegers(tensors, 'trees/root', null),
    features,
    values: readFloats(tensors, 'nodes/value', [features.length]),
    left: readIntegers(tensors, 'nodes/left', features.length),
  };
  const within = trees.features.every((feature, node) => {
    const child = trees.left[node] ?? 0;
    return feature < 0 || (feature < columns && child > node && child + 1 < features.length);
  });
  if (!within || !trees.roots.every((root) => root >= 0 && root < features.length))
    throw lacking('set of trees');
  return trees;
}
