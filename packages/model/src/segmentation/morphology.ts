import { integers, workspace } from '../memory/index.ts';
import { connectedComponents, fillHoles, keepComponents } from './components.ts';
import { discReaches } from './distance.ts';

/** The pixels whose value is above `threshold`. */
export function above(values: Float32Array | Uint16Array, threshold: number): Uint8Array {
  const mask = new Uint8Array(values.length);
  for (let i = 0; i < mask.length; i++) mask[i] = (values[i] ?? 0) > threshold ? 1 : 0;
  return mask;
}

const stretchChanges = workspace(integers);

/**
 * 1 where a pixel of `value` lies at most `reaches[k]` columns away in a row k away. Counts at every place the stretches
 * that begin less those that end, so that a large reach costs no more than a small one along a row.
 */
function spread(
  mask: Uint8Array,
  width: number,
  height: number,
  value: 0 | 1,
  reaches: readonly number[],
): Uint8Array {
  const stride = width + 1;
  const changes = stretchChanges(stride * height).fill(0);
  const rows = reaches.length - 1;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const [top, bottom] = [Math.max(0, y - rows), Math.min(height - 1, y + rows)];
    for (let x = 0; x < width; x++) {
      if (mask[row + x] !== value) continue;
      const start = x;
      while (x < width && mask[row + x] === value) x++;
      for (let near = top; near <= bottom; near++) {
        const reach = reaches[Math.abs(near - y)] ?? 0;
        const from = near * stride + Math.max(0, start - reach);
        const to = near * stride + Math.min(width, x + reach);
        changes[from] = (changes[from] ?? 0) + 1;
        changes[to] = (changes[to] ?? 0) - 1;
      }
    }
  }
  const reached = new Uint8Array(mask.length);
  for (let y = 0, at = 0, change = 0; y < height; y++, change++) {
    let stretches = 0;
    for (let x = 0; x < width; x++, at++, change++) {
      stretches += changes[change] ?? 0;
      if (stretches > 0) reached[at] = 1;
    }
  }
  return reached;
}

/** Everything within `radius` pixels of the mask. */
export const growMask = (mask: Uint8Array, width: number, height: number, radius: number): Uint8Array =>
  spread(mask, width, height, 1, discReaches(radius));

/** Everything at most `radius` columns and rows from the mask. */
export const growMaskSquarely = (
  mask: Uint8Array,
  width: number,
  height: number,
  radius: number,
): Uint8Array => spread(mask, width, height, 1, new Array<number>(radius + 1).fill(radius));

/** Keeps what a disc of `radius` pixels inside the mask can cover: thin bridges, fringes and specks go. */
export function openMask(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const reaches = discReaches(radius);
  const nearOutside = spread(mask, width, height, 0, reaches);
  return spread(nearOutside, width, height, 0, reaches);
}

/** Sizes in pixels of a square field, as shares of its side or area, so that any resolution is treated alike. */
export interface CellSizes {
  /** Smallest cell kept, pixels: a lymphocyte cut by the border (8 px across in a 224 x 224 field). */
  readonly smallest: number;
  /** Largest hole filled, pixels: a pale spot in a nucleus, not the gap inside a ring of cells. */
  readonly hole: number;
  /** Largest pale spot of chromatin inside a nucleus, pixels. */
  readonly spot: number;
  /** Radius of the disc that fringes must hold, pixels. */
  readonly fringe: number;
  /** How far a cell may reach beyond the part that is surely purple, pixels. */
  readonly reach: number;
}

export function cellSizes(width: number, height: number): CellSizes {
  const area = width * height;
  const side = Math.sqrt(area);
  return {
    smallest: area * 0.001,
    hole: area * 0.002,
    spot: area * 0.00025,
    fringe: Math.round(side * 0.0134),
    reach: side * 0.03,
  };
}

/** A thresholded mask made into cells: holes filled, fringes and specks removed. */
export function tidyMask(mask: Uint8Array, width: number, height: number): Uint8Array {
  const { smallest, hole, fringe } = cellSizes(width, height);
  const opened = openMask(fillHoles(mask, width, height, hole), width, height, fringe);
  return keepComponents(connectedComponents(opened, width, height), ({ area }) => area >= smallest);
}
