/** Ward's clustering holds a matrix of so many points squared: 4,096 take 134 MB. */
export const LARGEST_CELL = 4096;

/**
 * Divides points into cells of at most `largest`, each by halves at the median of the coordinate along which it is widest, as a
 * k-d tree does (Bentley 1975). Returns lists of indices; one list of all where they are few. Ties go to the lower index.
 */
export function cellsOf(points: readonly (readonly number[])[], largest: number = LARGEST_CELL): number[][] {
  const divide = (cell: number[]): number[][] => {
    if (cell.length <= largest) return [cell];
    const axis = widestAxis(points, cell);
    const at = (i: number) => points[i]?.[axis] ?? 0;
    const ordered = cell.toSorted((a, b) => at(a) - at(b) || a - b);
    const half = Math.ceil(ordered.length / 2);
    return [...divide(ordered.slice(0, half)), ...divide(ordered.slice(half))];
  };
  return divide([...points.keys()]);
}

function widestAxis(points: readonly (readonly number[])[], cell: readonly number[]): number {
  const dimension = points[cell[0] ?? 0]?.length ?? 0;
  let [widest, width] = [0, -1];
  for (let axis = 0; axis < dimension; axis++) {
    let [low, high] = [Infinity, -Infinity];
    for (const i of cell) {
      const value = points[i]?.[axis] ?? 0;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (high - low > width) [widest, width] = [axis, high - low];
  }
  return widest;
}
