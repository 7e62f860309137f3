type Four<T> = [T, T, T, T];
export type StageIndex = 0 | 1 | 2 | 3;

/** One value for each pair of stages: rows actual, columns predicted. */
export type Grid<T> = Four<Four<T>>;

export function makeGrid<T>(cell: (actual: StageIndex, predicted: StageIndex) => T): Grid<T> {
  const row = (a: StageIndex): Four<T> => [cell(a, 0), cell(a, 1), cell(a, 2), cell(a, 3)];
  return [row(0), row(1), row(2), row(3)];
}
