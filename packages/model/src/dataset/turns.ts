/** The eight flips and turns of a square. */
export const TURNS = [
  'none',
  'turned 90',
  'turned 180',
  'turned 270',
  'flipped left-right',
  'flipped top-bottom',
  'flipped along the diagonal',
  'flipped along the other diagonal',
] as const;
export type Turn = (typeof TURNS)[number];

/** Source column and row of target column `x` and row `y`; `last` is the side less one. */
const SOURCE: Readonly<Record<Turn, (x: number, y: number, last: number) => readonly [number, number]>> = {
  none: (x, y) => [x, y],
  'turned 90': (x, y, last) => [y, last - x],
  'turned 180': (x, y, last) => [last - x, last - y],
  'turned 270': (x, y, last) => [last - y, x],
  'flipped left-right': (x, y, last) => [last - x, y],
  'flipped top-bottom': (x, y, last) => [x, last - y],
  'flipped along the diagonal': (x, y) => [y, x],
  'flipped along the other diagonal': (x, y, last) => [last - y, last - x],
};

/** A turned copy of a square of values, row by row. */
export function turn(values: Float32Array, turn: Turn): Float32Array {
  const side = Math.sqrt(values.length);
  const source = SOURCE[turn];
  const out = new Float32Array(values.length);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [u, v] = source(x, y, side - 1);
      out[y * side + x] = values[v * side + u] ?? 0;
    }
  return out;
}
