import { FIELD_SIZE, type Placement, SCALE_BAR } from '../images/index.ts';
import type { CellCount } from '../segmentation/index.ts';
import { insideOf, quantileOf } from './luminance.ts';

/** One counted cell. */
export interface MeasuredCell {
  /** Diameter of the circle of the same area, pixels of the field. */
  readonly diameter: number;
  /** How much darker than the background its darkest third is at least, levels of luminance: its nucleus. */
  readonly nucleus: number;
}

const inScaleBar = (i: number): boolean => {
  const [x, y] = [i % FIELD_SIZE, Math.floor(i / FIELD_SIZE)];
  return x >= SCALE_BAR.left && x < SCALE_BAR.right && y >= SCALE_BAR.top && y < SCALE_BAR.bottom;
};

/** Size and darkness of every cell against the median luminance away from the cells. */
export function measureCells(
  luminance: Float32Array,
  { count, labels }: CellCount,
  placement: Placement,
): MeasuredCell[] {
  const inside = insideOf(placement);
  const background =
    quantileOf(
      luminance.filter((_, i) => labels[i] === 0 && inside(i) && !inScaleBar(i)),
      0.5,
    ) ?? 0;
  const levels = Array.from({ length: count }, (): number[] => []);
  labels.forEach((label, i) => {
    levels[label - 1]?.push(luminance[i] ?? 0);
  });
  return levels.map((own) => ({
    diameter: 2 * Math.sqrt(own.length / Math.PI),
    nucleus: background - (quantileOf(Float32Array.from(own), 1 / 3) ?? background),
  }));
}
