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

/** 1 where a pixel shows the image and may tell of its background: no scale bar stands there. */
function tellsBackground(placement: Placement): Uint8Array {
  const tells = insideOf(placement);
  for (let y = SCALE_BAR.top; y < SCALE_BAR.bottom; y++)
    tells.fill(0, y * FIELD_SIZE + SCALE_BAR.left, y * FIELD_SIZE + SCALE_BAR.right);
  return tells;
}

/** Values of the pixels of each label, 1 to `count`, and before them of those beside the cells that tell of the background. */
function byLabel(values: Float32Array, { count, labels }: CellCount, tells: Uint8Array): Float32Array[] {
  const sizes = new Uint32Array(count + 1);
  const counts = (label: number, i: number): boolean => label > 0 || tells[i] === 1;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    if (counts(label, i)) sizes[label] = (sizes[label] ?? 0) + 1;
  }
  const own = Array.from(sizes, (size) => new Float32Array(size));
  const filled = new Uint32Array(count + 1);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    const target = own[label];
    if (!target || !counts(label, i)) continue;
    const at = filled[label] ?? 0;
    target[at] = values[i] ?? 0;
    filled[label] = at + 1;
  }
  return own;
}

/** Size and darkness of every cell against the median luminance away from the cells. */
export function measureCells(
  luminance: Float32Array,
  found: CellCount,
  placement: Placement,
): MeasuredCell[] {
  const [beside = new Float32Array(0), ...cells] = byLabel(luminance, found, tellsBackground(placement));
  const background = quantileOf(beside, 0.5) ?? 0;
  return cells.map((own) => ({
    diameter: 2 * Math.sqrt(own.length / Math.PI),
    nucleus: background - (quantileOf(own, 1 / 3) ?? background),
  }));
}
