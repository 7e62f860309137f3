import { connectedComponents, fillHoles, keepComponents } from './components.ts';
import { CHAMFER_UNIT, chamferDistance } from './distance.ts';

/** The pixels whose value is above `threshold`. */
export function above(values: Float32Array | Uint16Array, threshold: number): Uint8Array {
  const mask = new Uint8Array(values.length);
  for (let i = 0; i < mask.length; i++) mask[i] = (values[i] ?? 0) > threshold ? 1 : 0;
  return mask;
}

/** Keeps what a disc of `radius` pixels inside the mask can cover: thin bridges, fringes and specks go. */
export function openMask(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const core = above(chamferDistance(mask, width, height, 0), radius * CHAMFER_UNIT);
  const distance = chamferDistance(core, width, height, 1);
  const opened = new Uint8Array(mask.length);
  for (let i = 0; i < opened.length; i++) opened[i] = (distance[i] ?? 0) <= radius * CHAMFER_UNIT ? 1 : 0;
  return opened;
}

/** Sizes in pixels of a square field, as shares of its side or area, so that any resolution is treated alike. */
export interface CellSizes {
  /** Smallest cell kept, pixels: a lymphocyte cut by the border (8 px across in a 224 x 224 field). */
  readonly smallest: number;
  /** Largest hole filled, pixels: a pale spot in a nucleus, not the gap inside a ring of cells. */
  readonly hole: number;
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
