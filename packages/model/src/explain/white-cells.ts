import type { WhiteCell } from '@blastwise/contracts';
import { FIELD_SIZE, type Placement } from '../images/index.ts';
import { boxesOf, type CellCount } from '../segmentation/index.ts';

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
  cells: Pick<CellCount, 'pixels'>,
  placement: Placement,
  { width, height }: { readonly width: number; readonly height: number },
): WhiteCell[] {
  return boxesOf(cells, FIELD_SIZE).flatMap(({ left, right, top, bottom }) => {
    const x = stretch(left, right, placement.left, placement.width, width);
    const y = stretch(top, bottom, placement.top, placement.height, height);
    if (x.length <= 0 || y.length <= 0) return [];
    const box = { x: x.at, y: y.at, width: x.length, height: y.length };
    return [{ ...box, nucleusShare: null, contributions: null }];
  });
}
