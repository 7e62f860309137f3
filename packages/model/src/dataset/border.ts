import type { Box } from '../images/index.ts';

/** A row whose mean is below this share of the thumbnail's median is border: no row of stained cells is as dark. */
const DARK = 0.6;
/** A border is looked for up to this share of the side: twice the shifts that the search for near-duplicates knows. */
const WIDEST = 12 / 56;

/** What a dark border, as a shifted picture has it, leaves of a square of grey values: all of it where there is none. */
export function insideBorder(grey: Uint8Array): Box {
  const side = Math.sqrt(grey.length);
  const dark = DARK * side * medianOf(grey);
  const rows = new Float64Array(side);
  const columns = new Float64Array(side);
  grey.forEach((value, i) => {
    const [y, x] = [Math.floor(i / side), i % side];
    rows[y] = (rows[y] ?? 0) + value;
    columns[x] = (columns[x] ?? 0) + value;
  });
  const widest = Math.floor(WIDEST * side);
  const left = borderOf(columns, dark, widest);
  const right = side - borderOf(columns.toReversed(), dark, widest);
  const top = borderOf(rows, dark, widest);
  const bottom = side - borderOf(rows.toReversed(), dark, widest);
  return { left, top, right, bottom };
}

/** A copy whose border is as bright as the median of what lies inside. */
export function withoutBorder(grey: Uint8Array, inside: Box): Uint8Array {
  const side = Math.sqrt(grey.length);
  const isInside = (i: number): boolean => {
    const [y, x] = [Math.floor(i / side), i % side];
    return x >= inside.left && x < inside.right && y >= inside.top && y < inside.bottom;
  };
  const median = medianOf(grey.filter((_, i) => isInside(i)));
  return grey.map((value, i) => (isInside(i) ? value : median));
}

/** How many sums from the first on are dark, and one more, for a border seldom ends where a row does. */
function borderOf(sums: Float64Array, dark: number, widest: number): number {
  const first = sums.subarray(0, widest).findIndex((sum) => sum >= dark);
  const width = first < 0 ? widest : first;
  return width === 0 ? 0 : width + 1;
}

const medianOf = (values: Uint8Array): number => values.toSorted()[values.length >> 1] ?? 0;
