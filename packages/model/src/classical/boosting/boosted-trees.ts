import { leafWeight, type Nodes } from './tree.ts';

/** Rounds of one tree a class; the score of a class is the sum of its trees' leaves. */
export interface BoostedTrees extends Nodes {
  /** Root of every tree, row-major [rounds, classes]. */
  readonly roots: Int32Array;
}

/** Scores of the classes before the softmax. */
export function boostedLogits(trees: BoostedTrees, row: ArrayLike<number>, classes: number): number[] {
  const scores = new Array<number>(classes).fill(0);
  for (const [tree, root] of trees.roots.entries()) {
    const k = tree % classes;
    scores[k] = (scores[k] ?? 0) + leafWeight(trees, root, row);
  }
  return scores;
}

/** Trees of any number behind one another, as one table of nodes. */
export function joinTrees(trees: readonly Nodes[]): BoostedTrees {
  const total = trees.reduce((sum, tree) => sum + tree.features.length, 0);
  const joined = {
    features: new Int32Array(total),
    values: new Float32Array(total),
    left: new Int32Array(total),
    roots: new Int32Array(trees.length),
  };
  let start = 0;
  for (const [i, { features, values, left }] of trees.entries()) {
    joined.roots[i] = start;
    joined.features.set(features, start);
    joined.values.set(values, start);
    joined.left.set(
      left.map((child) => (child === 0 ? 0 : child + start)),
      start,
    );
    start += features.length;
  }
  return joined;
}
