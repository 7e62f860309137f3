import type { WhiteCell } from '@blastwise/contracts';
import { FIELD_SIZE, type Placement } from '../images/index.ts';
import type { CellCount } from '../segmentation/index.ts';

interface Box {
  left: number;
  top: number;
  /** One beyond the last column and row. */
  right: number;
  bottom: number;
}

/** The smallest box around each cell, in pixels of the field. */
function boxesOf({ count, labels }: CellCount): Box[] {
  const boxes = Array.from({ length: count }, () => ({
    left: FIELD_SIZE,
    top: FIELD_SIZE,
    right: 0,
    bottom: 0,
  }));
  for (let y = 0, at = 0; y < FIELD_SIZE; y++) {
    for (let x = 0; x < FIELD_SIZE; x++, at++) {
      const label = labels[at] ?? 0;
      const box = label > 0 ? boxes[label - 1] : undefined;
      if (!box) continue;
      if (x < box.left) box.left = x;
      if (y < box.top) box.top = y;
      if (x >= box.right) box.right = x + 1;
      if (y >= box.bottom) box.bottom = y + 1;
    }
  }
  return boxes;
}

/** A stretch of the field in pixels of the input, within it. */
function stretch(from: number, to: number, start: number, placed: number, length: number) {
  const inInput = (at: number) => Math.min(Math.max(((at - start) * length) / placed, 0), length);
  return { at: inInput(from), length: inInput(to) - inInput(from) };
}

/**
 * The white cells of a field with their boxes in pixels of the input; what else is to be known of them is null. A cell that
 * lies wholly in the margin around the input is left out.
 */
export function whiteCellsOf(
  cells: CellCount,
  placement: Placement,
  { width, height }: { readonly width: number; readonly height: number },
): WhiteCell[] {
  return boxesOf(cells).flatMap(({ left, right, top, bottom }) => {
    const x = stretch(left, right, placement.left, placement.width, width);
    const y = stretch(top, bottom, placement.top, placement.height, height);
    if (x.length <= 0 || y.length <= 0) return [];
    const box = { x: x.at, y: y.at, width: x.length, height: y.length };
    return [{ ...box, nucleusShare: null, contributions: null }];
  });
}
