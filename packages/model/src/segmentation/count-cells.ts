import { integers, workspace } from '../memory/index.ts';
import { Basins } from './basins.ts';
import { CHAMFER_UNIT, depthOf } from './distance.ts';

export interface CountOptions {
  /** Cells of fewer pixels are specks; by default 0.08 % of the image (40 of a 224 x 224 field). */
  readonly smallest?: number;
  /** How much narrower than the smaller cell the neck between two cells is at least, as a share of its depth. */
  readonly neck?: number;
}

export interface LabelledCells {
  readonly count: number;
  /** 0 outside, else the cell's number, 1..count. */
  readonly labels: Int32Array;
}

export interface CellCount extends LabelledCells {
  /** Of each cell, in the order of the numbers. */
  readonly pixels: readonly Int32Array[];
}

const insides = workspace(integers);

/** Pixels of the mask, deepest first (counting sort over the integer distance). */
function deepestFirst(distance: Uint16Array): Int32Array {
  const inside = insides(distance.length);
  let [deepest, n] = [0, 0];
  for (let i = 0; i < distance.length; i++) {
    const d = distance[i] ?? 0;
    if (d === 0) continue;
    if (d > deepest) deepest = d;
    inside[n++] = i;
  }
  const below = (k: number): number => deepest - (distance[inside[k] ?? 0] ?? 0);
  const next = new Int32Array(deepest + 2);
  for (let k = 0; k < n; k++) next[below(k) + 1] = (next[below(k) + 1] ?? 0) + 1;
  for (let i = 1; i < next.length; i++) next[i] = (next[i] ?? 0) + (next[i - 1] ?? 0);
  const order = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    const slot = next[below(k)] ?? 0;
    order[slot] = inside[k] ?? 0;
    next[below(k)] = slot + 1;
  }
  return order;
}

/** Joins the basins around a pixel; the basin of the deepest neighbour is the pixel's own, 0 when there is none. */
function basinAt(at: number, width: number, distance: Uint16Array, basins: Basins): number {
  const x = at % width;
  const depth = distance[at] ?? 0;
  const lastRow = at >= distance.length - width;
  let basin = 0;
  let ascent = 0;
  for (let dy = at >= width ? -width : 0; dy <= (lastRow ? 0 : width); dy += width) {
    for (let dx = x > 0 ? -1 : 0; dx <= (x < width - 1 ? 1 : 0); dx++) {
      const neighbour = basins.of[at + dy + dx] ?? 0;
      if (neighbour === 0) continue;
      if (basin !== 0 && basin !== neighbour) basins.meet(basin, neighbour, depth);
      // The deepest neighbour wins, or the rim of a small cell would fall to a large one that it touches.
      const deeper = distance[at + dy + dx] ?? 0;
      if (deeper > ascent) {
        ascent = deeper;
        basin = neighbour;
      }
    }
  }
  return basin === 0 ? 0 : basins.root(basin);
}

/** Cells of a mask and, for later steps, the depth of every pixel (see {@link depthOf}). */
export function splitCells(
  mask: Uint8Array,
  width: number,
  height: number,
  options: CountOptions = {},
): CellCount & { readonly depth: Uint16Array } {
  const { smallest = 0.0008 * width * height, neck = 0.1 } = options;
  const depth = depthOf(mask, width, height);
  const basins = new Basins(
    mask.length,
    (peak, saddle) => peak - saddle >= Math.max(0.7 * CHAMFER_UNIT, neck * peak),
  );
  const order = deepestFirst(depth);
  for (let i = 0; i < order.length; i++) {
    const at = order[i] ?? 0;
    const basin = basinAt(at, width, depth, basins);
    basins.of[at] = basin === 0 ? basins.open(depth[at] ?? 0) : basin;
  }
  const pixels = basins.number(order, smallest);
  return { count: pixels.length, labels: basins.of, pixels, depth };
}

/**
 * Counts the cells of a mask (one byte a pixel, 0 or 1): watershed on the distance transform (Beucher & Lantuejoul
 * 1979), basins kept by their dynamics (Grimaud 1992), so that touching cells are split where the mask narrows and
 * a ragged outline splits none. Specks are dropped.
 */
export function countCells(
  mask: Uint8Array,
  width: number,
  height: number,
  options: CountOptions = {},
): CellCount {
  const { count, labels, pixels } = splitCells(mask, width, height, options);
  return { count, labels, pixels };
}
