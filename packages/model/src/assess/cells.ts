import { FIELD_SIZE, type Placement, SCALE_BAR } from '../images/index.ts';
import { floats, workspace } from '../memory/index.ts';
import type { CellCount } from '../segmentation/index.ts';
import { quantileOf } from './luminance.ts';

/** One counted cell. */
export interface MeasuredCell {
  /** Diameter of the circle of the same area, pixels of the field. */
  readonly diameter: number;
  /** How much darker than the background its darkest third is at least, levels of luminance: its nucleus. */
  readonly nucleus: number;
}

const levels = workspace(floats);

/** Luminance of what tells of the background: pixels beside the cells that show the image where no scale bar stands. */
function besideCells(
  luminance: Float32Array,
  { labels }: CellCount,
  { left, top, width, height }: Placement,
): Float32Array {
  const beside = levels(width * height);
  let n = 0;
  for (let y = top; y < top + height; y++) {
    const end = y >= SCALE_BAR.top && y < SCALE_BAR.bottom ? SCALE_BAR.left : FIELD_SIZE;
    const row = y * FIELD_SIZE;
    for (let at = row + left; at < row + Math.min(left + width, end); at++)
      if (labels[at] === 0) beside[n++] = luminance[at] ?? 0;
  }
  return beside.subarray(0, n);
}

/** Size and darkness of every cell against the median luminance away from the cells. */
export function measureCells(
  luminance: Float32Array,
  found: CellCount,
  placement: Placement,
): MeasuredCell[] {
  const typical = quantileOf(besideCells(luminance, found, placement), 0.5) ?? 0;
  return found.pixels.map((pixels) => {
    const own = levels(pixels.length);
    for (let i = 0; i < own.length; i++) own[i] = luminance[pixels[i] ?? 0] ?? 0;
    return {
      diameter: 2 * Math.sqrt(own.length / Math.PI),
      nucleus: typical - (quantileOf(own, 1 / 3) ?? typical),
    };
  });
}
