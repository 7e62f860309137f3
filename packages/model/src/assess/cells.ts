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

/** Values of the pixels of each label, 0 (beside the cells) to `count`; pixels that `counts` refuses are left out. */
function byLabel(
  values: Float32Array,
  { count, labels }: CellCount,
  counts: (i: number, label: number) => boolean,
): Float32Array[] {
  const kept = labels.slice();
  const sizes = new Uint32Array(count + 1);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    if (counts(i, label)) sizes[label] = (sizes[label] ?? 0) + 1;
    else kept[i] = -1;
  }
  const own = Array.from(sizes, (size) => new Float32Array(size));
  const filled = new Uint32Array(count + 1);
  for (let i = 0; i < kept.length; i++) {
    const label = kept[i] ?? -1;
    if (label < 0) continue;
    const at = filled[label] ?? 0;
    const target = own[label];
    if (target) target[at] = values[i] ?? 0;
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
  const inside = insideOf(placement);
  const [beside = new Float32Array(0), ...cells] = byLabel(
    luminance,
    found,
    (i, label) => label > 0 || (inside(i) && !inScaleBar(i)),
  );
  const background = quantileOf(beside, 0.5) ?? 0;
  return cells.map((own) => ({
    diameter: 2 * Math.sqrt(own.length / Math.PI),
    nucleus: background - (quantileOf(own, 1 / 3) ?? background),
  }));
}
