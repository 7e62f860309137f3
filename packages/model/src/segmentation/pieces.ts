import { connectedComponents, labelsOf } from './components.ts';
import { CHAMFER_UNIT, depthOf } from './distance.ts';

/** A connected piece of a mask: one cell, or several that touch. */
export interface Piece {
  readonly label: number;
  /** Its bounding box, pixels; right and bottom lie outside. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Width of the largest disc in it, pixels: of a cell, and of the largest of several. */
  readonly thickness: number;
}

export interface Pieces {
  /** 0 outside, else the label of the piece, a pixel each. */
  readonly labels: Int32Array;
  readonly list: readonly Piece[];
}

/** The connected pieces of a mask of 0|1. */
export function piecesOf(mask: Uint8Array, width: number, height: number): Pieces {
  const components = connectedComponents(mask, width, height);
  const { list, runs } = components;
  const labels = labelsOf(components);
  const depth = depthOf(mask, width, height);
  const room = list.length + 1;
  const [left, top] = [new Int32Array(room).fill(width), new Int32Array(room).fill(height)];
  const [right, bottom, deepest] = [new Int32Array(room), new Int32Array(room), new Uint16Array(room)];
  for (let run = 0; run < runs.labels.length; run++) {
    const [label, start, end] = [runs.labels[run] ?? 0, runs.starts[run] ?? 0, runs.ends[run] ?? 0];
    const y = Math.floor(start / width);
    const x = start - y * width;
    left[label] = Math.min(left[label] ?? 0, x);
    right[label] = Math.max(right[label] ?? 0, x + end - start);
    top[label] = Math.min(top[label] ?? 0, y);
    bottom[label] = y + 1;
    let deep = deepest[label] ?? 0;
    for (let at = start; at < end; at++) deep = Math.max(deep, depth[at] ?? 0);
    deepest[label] = deep;
  }
  return {
    labels,
    list: list.map(({ label }) => {
      const box = {
        left: left[label] ?? 0,
        top: top[label] ?? 0,
        right: right[label] ?? 0,
        bottom: bottom[label] ?? 0,
      };
      // A piece that fills the image has no pixel outside to be deep from.
      const most = Math.max(box.right - box.left, box.bottom - box.top);
      return { label, ...box, thickness: Math.min(most, (2 * (deepest[label] ?? 0)) / CHAMFER_UNIT) };
    }),
  };
}
