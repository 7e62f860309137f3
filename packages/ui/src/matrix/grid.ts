/** A cell of `cost[actual][predicted]`. */
export interface Cell {
  row: number;
  column: number;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  Enter: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * The cell that a key leads to in a square grid whose diagonal is fixed and therefore skipped.
 * Home and End go to the ends of the row. Null: the key leads nowhere from here.
 */
export function nextCell(from: Cell, key: string, size: number): Cell | null {
  if (key === 'Home') return { row: from.row, column: from.row === 0 ? 1 : 0 };
  if (key === 'End') return { row: from.row, column: from.row === size - 1 ? size - 2 : size - 1 };
  const step = STEPS[key];
  if (!step) return null;
  const [down, right] = step;
  let row = from.row + down;
  let column = from.column + right;
  if (row === column) {
    row += down;
    column += right;
  }
  const within = row >= 0 && row < size && column >= 0 && column < size;
  return within ? { row, column } : null;
}
