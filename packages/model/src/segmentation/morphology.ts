import { connectedComponents, fillHoles, keepComponents } from './components.ts';
import { CHAMFER_UNIT, depthOf, discSteps } from './distance.ts';

/** The pixels whose value is above `threshold`. */
export function above(values: Float32Array | Uint16Array, threshold: number): Uint8Array {
  const mask = new Uint8Array(values.length);
  for (let i = 0; i < mask.length; i++) mask[i] = (values[i] ?? 0) > threshold ? 1 : 0;
  return mask;
}

/** Everything within `radius` pixels of the mask: a disc stamped on every pixel of its rim. */
export function growMask(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const grown = mask.slice();
  const steps = discSteps(radius);
  const offsets = Int32Array.from(steps, ({ dx, dy }) => dy * width + dx);
  const reach = Math.floor(radius);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (mask[at] === 0) continue;
      if (mask[at - 1] === 1 && mask[at + 1] === 1 && mask[at - width] === 1 && mask[at + width] === 1)
        continue;
      if (x >= reach && x < width - reach && y >= reach && y < height - reach) {
        for (let k = 0; k < offsets.length; k++) grown[at + (offsets[k] ?? 0)] = 1;
        continue;
      }
      for (const { dx, dy } of steps) {
        const inside = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
        if (inside) grown[at + dy * width + dx] = 1;
      }
    }
  }
  return grown;
}

/** Keeps what a disc of `radius` pixels inside the mask can cover: thin bridges, fringes and specks go. */
export function openMask(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  return growMask(above(depthOf(mask, width, height), radius * CHAMFER_UNIT), width, height, radius);
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
