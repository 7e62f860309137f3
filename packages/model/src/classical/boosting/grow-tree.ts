import type { Columns } from './columns.ts';
import type { Nodes } from './tree.ts';

/** What a tree may look like. */
export interface TreeConfig {
  /** Splits from the root to a leaf at most. */
  readonly depth: number;
  /** Smallest sum of second derivatives in a leaf. */
  readonly minChildWeight: number;
  /** L2 penalty of the leaves' weights. */
  readonly lambda: number;
  /** Shrinkage of the leaves' weights. */
  readonly rate: number;
}

/** First and second derivatives of the loss by each row's score. */
export interface Derivatives {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/** Gains below it are rounding (XGBoost's kRtEps). */
const LEAST_GAIN = 1e-6;

/** `G^2 / (H + lambda)`: twice what the best weight of a leaf takes off the loss. */
export const leafScore = (gradient: number, hessian: number, lambda: number): number =>
  (gradient * gradient) / (hessian + lambda);

/** Half the score of the children less that of their parent: what a split takes off the loss. */
export function splitGain(left: Sums, right: Sums, lambda: number): number {
  const whole = leafScore(left.gradient + right.gradient, left.hessian + right.hessian, lambda);
  const parts =
    leafScore(left.gradient, left.hessian, lambda) + leafScore(right.gradient, right.hessian, lambda);
  return (parts - whole) / 2;
}

interface Sums {
  gradient: number;
  hessian: number;
}

/** A node of the level that is being split. */
interface OpenNode extends Sums {
  readonly at: number;
  best: {
    readonly gain: number;
    readonly feature: number;
    readonly threshold: number;
    readonly left: Sums;
  } | null;
  /** Of the scan over one feature: what lies below, and the last value seen. */
  readonly below: Sums;
  last: number;
}

/** Halfway between two values as a 32-bit float above the lower one, or the higher one where there is none. */
function between(lower: number, higher: number): number {
  const middle = Math.fround((lower + higher) / 2);
  return middle > lower ? middle : higher;
}

const NOT_SAMPLED = -1;

/**
 * Grows one tree level by level by exact greedy splits over sorted columns (Chen & Guestrin 2016, algorithm 1).
 *
 * @param sampled 1 for the rows that the tree learns from.
 * @param features columns that it may ask for.
 */
export function growTree(
  { rows, values, order }: Columns,
  { gradient, hessian }: Derivatives,
  sampled: Uint8Array,
  features: readonly number[],
  { depth, minChildWeight, lambda, rate }: TreeConfig,
): Nodes {
  const nodes = { features: [-1], values: [0], left: [0] };
  const place = Int32Array.from(sampled, (taken) => (taken === 1 ? 0 : NOT_SAMPLED));
  const sums: Sums = { gradient: 0, hessian: 0 };
  for (let row = 0; row < rows; row++) {
    if (sampled[row] !== 1) continue;
    sums.gradient += gradient[row] ?? 0;
    sums.hessian += hessian[row] ?? 0;
  }
  let level = [open(0, sums)];
  settle(sums, 0);
  for (let deep = 0; deep < depth && level.length > 0; deep++) {
    const first = level[0]?.at ?? 0;
    for (const feature of features) scan(feature, first);
    level = level.flatMap(divide);
    for (let row = 0; row < rows; row++) move(row);
  }
  return {
    features: Int32Array.from(nodes.features),
    values: Float32Array.from(nodes.values),
    left: Int32Array.from(nodes.left),
  };

  function open(at: number, { gradient: g, hessian: h }: Sums): OpenNode {
    return { at, gradient: g, hessian: h, best: null, below: { gradient: 0, hessian: 0 }, last: Number.NaN };
  }

  /** The weight that the leaf takes: a Newton step, shrunk. */
  function settle({ gradient: g, hessian: h }: Sums, at: number): void {
    nodes.values[at] = (-rate * g) / (h + lambda);
  }

  /** Tries every place between two values of a feature, in all open nodes at once; their numbers follow one another. */
  function scan(feature: number, first: number): void {
    for (const node of level) {
      node.below.gradient = 0;
      node.below.hessian = 0;
      node.last = Number.NaN;
    }
    const [column, sorted] = [values[feature] ?? new Float32Array(0), order[feature] ?? new Int32Array(0)];
    for (let i = 0; i < sorted.length; i++) {
      const row = sorted[i] ?? 0;
      const slot = (place[row] ?? NOT_SAMPLED) - first;
      const node = slot < 0 ? undefined : level[slot];
      if (!node) continue;
      const value = column[row] ?? 0;
      if (value > node.last) consider(node, feature, value);
      node.below.gradient += gradient[row] ?? 0;
      node.below.hessian += hessian[row] ?? 0;
      node.last = value;
    }
  }

  function consider(node: OpenNode, feature: number, value: number): void {
    const { below } = node;
    const above = { gradient: node.gradient - below.gradient, hessian: node.hessian - below.hessian };
    if (below.hessian < minChildWeight || above.hessian < minChildWeight) return;
    const gain = splitGain(below, above, lambda);
    if (gain <= Math.max(LEAST_GAIN, node.best?.gain ?? 0)) return;
    node.best = { gain, feature, threshold: between(node.last, value), left: { ...below } };
  }

  /** The children of a node that has a split worth making; without one it stays a leaf. */
  function divide({ at, best, ...whole }: OpenNode): OpenNode[] {
    if (!best) return [];
    const left = nodes.features.length;
    const right = {
      gradient: whole.gradient - best.left.gradient,
      hessian: whole.hessian - best.left.hessian,
    };
    nodes.features[at] = best.feature;
    nodes.values[at] = best.threshold;
    nodes.left[at] = left;
    for (const [k, child] of [best.left, right].entries()) {
      nodes.features.push(-1);
      nodes.values.push(0);
      nodes.left.push(0);
      settle(child, left + k);
    }
    return [open(left, best.left), open(left + 1, right)];
  }

  function move(row: number): void {
    const at = place[row] ?? NOT_SAMPLED;
    const feature = at < 0 ? -1 : (nodes.features[at] ?? -1);
    if (feature < 0) return;
    const below = (values[feature]?.[row] ?? 0) < Math.fround(nodes.values[at] ?? 0);
    place[row] = (nodes.left[at] ?? 0) + (below ? 0 : 1);
  }
}
