/**
 * Regression trees in four equal columns, one row a node; children stand behind their parent, the right one behind the
 * left. A row of features goes left where its feature is below the threshold.
 */
export interface Nodes {
  /** Which feature a node asks for; -1 at a leaf. */
  readonly features: Int32Array;
  /** The threshold; at a leaf its weight. */
  readonly values: Float32Array;
  /** The node to the left; 0 at a leaf. */
  readonly left: Int32Array;
}

/** Weight of the leaf that a row of features falls into, from the node `root` on. */
export function leafWeight({ features, values, left }: Nodes, root: number, row: ArrayLike<number>): number {
  let node = root;
  for (let feature = features[node] ?? -1; feature >= 0; feature = features[node] ?? -1) {
    const below = (row[feature] ?? 0) < (values[node] ?? 0);
    node = (left[node] ?? 0) + (below ? 0 : 1);
  }
  return values[node] ?? 0;
}
