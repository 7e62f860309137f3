import { CHAMFER_UNIT, chamferDistance } from './distance.ts';

export interface CountOptions {
  /** Cells of fewer pixels are specks; by default 0.08 % of the image (40 of a 224 x 224 field). */
  readonly minimumArea?: number;
  /** How far the narrowest place between two cells lies below the smaller one's depth, as a share of it. */
  readonly neck?: number;
}

export interface CellCount {
  readonly count: number;
  /** 0 outside, else the cell's number, 1..count. */
  readonly labels: Int32Array;
}

/** Pixels of the mask, deepest first (counting sort over the integer distance). */
function deepestFirst(distance: Uint16Array): Int32Array {
  const deepest = distance.reduce((high, d) => Math.max(high, d), 0);
  const starts = new Int32Array(deepest + 2);
  let inside = 0;
  for (const d of distance) {
    if (d === 0) continue;
    inside++;
    starts[deepest - d + 1] = (starts[deepest - d + 1] ?? 0) + 1;
  }
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const order = new Int32Array(inside);
  for (let i = 0; i < distance.length; i++) {
    const d = distance[i] ?? 0;
    if (d === 0) continue;
    const slot = starts[deepest - d] ?? 0;
    order[slot] = i;
    starts[deepest - d] = slot + 1;
  }
  return order;
}

/** Basins that grow from the peaks of the distance and merge where no real neck parts them. */
class Basins {
  readonly of: Int32Array;
  readonly #parent: number[] = [0];
  readonly #peak: number[] = [0];
  readonly #neck: number;

  constructor(pixels: number, neck: number) {
    this.of = new Int32Array(pixels);
    this.#neck = neck;
  }

  root(label: number): number {
    let at = label;
    for (let up = this.#parent[at] ?? at; up !== at; up = this.#parent[at] ?? at) at = up;
    this.#parent[label] = at;
    return at;
  }

  open(peak: number): number {
    this.#peak.push(peak);
    return this.#parent.push(this.#parent.length) - 1;
  }

  /** Two basins meet at `depth`: the shallower one is swallowed unless it stands out. */
  meet(one: number, other: number, depth: number): void {
    const [a, b] = [this.root(one), this.root(other)];
    if (a === b) return;
    const [deep, shallow] = (this.#peak[a] ?? 0) >= (this.#peak[b] ?? 0) ? [a, b] : [b, a];
    const peak = this.#peak[shallow] ?? 0;
    if (peak - depth < Math.max(0.7 * CHAMFER_UNIT, this.#neck * peak)) this.#parent[shallow] = deep;
  }
}

/**
 * Counts the cells of a mask (one byte a pixel, 0 or 1): watershed on the distance transform, so that touching
 * cells are split where the mask narrows (Beucher & Meyer 1993; basins kept by their dynamics), specks dropped.
 */
export function countCells(
  mask: Uint8Array,
  width: number,
  height: number,
  options: CountOptions = {},
): CellCount {
  const { minimumArea = 0.0008 * width * height, neck = 0.1 } = options;
  const distance = chamferDistance(mask, width, height, 0);
  const basins = new Basins(mask.length, neck);
  for (const at of deepestFirst(distance)) {
    const depth = distance[at] ?? 0;
    const x = at % width;
    let basin = 0;
    let ascent = 0;
    for (let dy = at >= width ? -width : 0; dy <= (at < mask.length - width ? width : 0); dy += width) {
      for (let dx = x > 0 ? -1 : 0; dx <= (x < width - 1 ? 1 : 0); dx++) {
        const neighbour = basins.of[at + dy + dx] ?? 0;
        if (neighbour === 0) continue;
        const root = basins.root(neighbour);
        if (basin !== 0) basins.meet(basin, root, depth);
        // The deepest neighbour wins, or the rim of a small cell would fall to a deep one that it touches.
        const deeper = distance[at + dy + dx] ?? 0;
        if (deeper > ascent) {
          ascent = deeper;
          basin = root;
        }
      }
    }
    basins.of[at] = basin === 0 ? basins.open(depth) : basin;
  }
  return numbered(basins, minimumArea);
}

function numbered(basins: Basins, minimumArea: number): CellCount {
  const areas = new Map<number, number>();
  const roots = basins.of.map((label) => (label === 0 ? 0 : basins.root(label)));
  for (const root of roots) if (root !== 0) areas.set(root, (areas.get(root) ?? 0) + 1);
  const numbers = new Map<number, number>();
  for (const [root, area] of areas) if (area >= minimumArea) numbers.set(root, numbers.size + 1);
  return { count: numbers.size, labels: roots.map((root) => numbers.get(root) ?? 0) };
}
