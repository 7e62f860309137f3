import { expect, it } from 'vitest';
import type { NamedTensor } from '../artifact/dtype.ts';
import { joinTrees } from './boosting/boosted-trees.ts';
import { readSvm, readTrees, svmTensors, treesTensors } from './tensors.ts';

const named = (tensors: readonly NamedTensor[]) => new Map(tensors.map((tensor) => [tensor.name, tensor]));

const STUMP = {
  features: Int32Array.of(1, -1, -1),
  values: Float32Array.of(0.5, -2, 2),
  left: Int32Array.of(1, 0, 0),
};
const TREES = joinTrees([STUMP, STUMP]);

const MACHINE = {
  sigma: 0.1,
  mean: Float32Array.of(1, 2),
  spread: Float32Array.of(3, 4),
  vectors: Float32Array.of(1, 2, 3, 4, 5, 6),
  coefficients: Float32Array.of(1, -1, 0),
  offsets: Float32Array.of(0.5),
  slopes: Float32Array.of(-2),
  intercepts: Float32Array.of(0),
};

it('read back what was written', () => {
  expect(readTrees(named(treesTensors(TREES)), 2)).toEqual(TREES);
  expect(readSvm(named(svmTensors(MACHINE)), 0.1, 2, 1)).toEqual(MACHINE);
});

it.each([
  ['a child ahead of its parent', { left: Int32Array.of(0, 0, 0, 4, 0, 0) }],
  ['a child beyond the end', { left: Int32Array.of(1, 0, 0, 5, 0, 0) }],
  ['a feature that is none', { features: Int32Array.of(2, -1, -1, 1, -1, -1) }],
  ['a root beyond the end', { roots: Int32Array.of(0, 6) }],
])('refuse trees with %s', (_, change) => {
  expect(() => readTrees(named(treesTensors({ ...TREES, ...change })), 2)).toThrow(/set of trees/);
});

it('name the first tensor that is missing or of another shape', () => {
  const tensors = named(svmTensors(MACHINE));
  expect(() => readSvm(tensors, 0.1, 3, 1)).toThrow(/support\/vectors/);
  tensors.delete('pairs/slope');
  expect(() => readSvm(tensors, 0.1, 2, 1)).toThrow(/pairs\/slope/);
  expect(() => readTrees(tensors, 2)).toThrow(/nodes\/feature/);
});
