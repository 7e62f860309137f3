/** A node of the tree: a leaf (an index into the points) or two merged nodes. */
export interface Merge {
  left: Merge | null;
  right: Merge | null;
  /** Indices of the points below. */
  members: readonly number[];
  /** Sum of the points' weights. */
  weight: number;
}

/**
 * Ward's agglomerative clustering (1963) by nearest-neighbour chains, O(n^2), without chance: ties go to the lower
 * index. `weights`: how many fields a point stands for. Returns the root; null without points.
 */
export function wardTree(points: readonly (readonly number[])[], weights: readonly number[]): Merge | null {
  const n = points.length;
  const nodes: (Merge | null)[] = points.map((_, i) => ({
    left: null,
    right: null,
    members: [i],
    weight: weights[i] ?? 1,
  }));
  const distances = new Float64Array(n * n);
  const at = (i: number, j: number): number => distances[i * n + j] ?? 0;
  const set = (i: number, j: number, value: number): void => {
    distances[i * n + j] = value;
    distances[j * n + i] = value;
  };
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) set(i, j, wardDistance(points[i], points[j], weights[i], weights[j]));

  const nearest = (i: number, preferred: number | undefined): number => {
    let best = preferred ?? -1;
    for (let j = 0; j < n; j++) if (j !== i && nodes[j] && (best < 0 || at(i, j) < at(i, best))) best = j;
    return best;
  };

  const chain: number[] = [];
  let root: Merge | null = nodes[0] ?? null;
  for (let left = n; left > 1; left--) {
    if (chain.length === 0) chain.push(nodes.findIndex((node) => node !== null));
    for (;;) {
      const tip = chain.at(-1) ?? 0;
      const before = chain.at(-2);
      const next = nearest(tip, before);
      if (next === before) break;
      chain.push(next);
    }
    const i = chain.pop() ?? 0;
    const j = chain.pop() ?? 0;
    const a = nodes[i];
    const b = nodes[j];
    if (!a || !b) break;
    const weight = a.weight + b.weight;
    for (let k = 0; k < n; k++) {
      const c = nodes[k];
      if (!c || k === i || k === j) continue;
      // Lance & Williams (1967) for Ward's criterion.
      const update =
        ((a.weight + c.weight) * at(i, k) + (b.weight + c.weight) * at(j, k) - c.weight * at(i, j)) /
        (weight + c.weight);
      set(i, k, update);
    }
    root = { left: a, right: b, members: [...a.members, ...b.members], weight };
    nodes[i] = root;
    nodes[j] = null;
  }
  return root;
}

function wardDistance(
  a: readonly number[] = [],
  b: readonly number[] = [],
  weightA = 1,
  weightB = 1,
): number {
  const squared = a.reduce((sum, value, k) => sum + (value - (b[k] ?? 0)) ** 2, 0);
  return ((2 * weightA * weightB) / (weightA + weightB)) * squared;
}

/** Largest subtrees whose weight does not exceed `limit` (single points always qualify). */
export function cutTree(root: Merge | null, limit: number): Merge[] {
  if (!root) return [];
  if (root.weight <= limit || !root.left || !root.right) return [root];
  return [...cutTree(root.left, limit), ...cutTree(root.right, limit)];
}
