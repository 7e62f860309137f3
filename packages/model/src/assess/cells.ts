import { FIELD_SIZE, type Placement, SCALE_BAR } from '../images/index.ts';
import { bytes, floats, workspace } from '../memory/index.ts';
import type { CellCount } from '../segmentation/index.ts';
import { quantileOf } from './luminance.ts';

/** One counted cell. */
export interface MeasuredCell {
  /** Diameter of the circle of the same area, pixels of the field. */
  readonly diameter: number;
  /** How much darker than the background its darkest third is at least, levels of luminance: its nucleus. */
  readonly nucleus: number;
}

const telling = workspace(bytes);

/** 1 where a pixel shows the image and may tell of its background: no scale bar stands there. */
function tellsBackground({ left, top, width, height }: Placement): Uint8Array {
  const tells = telling(FIELD_SIZE * FIELD_SIZE).fill(0);
  for (let y = top; y < top + height; y++) {
    const end = y >= SCALE_BAR.top && y < SCALE_BAR.bottom ? SCALE_BAR.left : FIELD_SIZE;
    tells.fill(1, y * FIELD_SIZE + left, y * FIELD_SIZE + Math.min(left + width, end));
  }
  return tells;
}

const sorted = workspace(floats);

/** Values of the pixels of each label, 1 to `count`, and before them of those beside the cells that tell of the background. */
function byLabel(values: Float32Array, { count, labels }: CellCount, tells: Uint8Array): Float32Array[] {
  const ends = new Uint32Array(count + 2);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    if (label > 0 || tells[i] === 1) ends[label + 1] = (ends[label + 1] ?? 0) + 1;
  }
  for (let label = 1; label < ends.length; label++) ends[label] = (ends[label] ?? 0) + (ends[label - 1] ?? 0);
  const groups = sorted(ends[count + 1] ?? 0);
  const own = Array.from({ length: count + 1 }, (_, label) => groups.subarray(ends[label], ends[label + 1]));
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    if (label === 0 && tells[i] !== 1) continue;
    const at = ends[label] ?? 0;
    groups[at] = values[i] ?? 0;
    ends[label] = at + 1;
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
  const typical = quantileOf(beside, 0.5) ?? 0;
  return cells.map((own) => ({
    diameter: 2 * Math.sqrt(own.length / Math.PI),
    nucleus: typical - (quantileOf(own, 1 / 3) ?? typical),
  }));
}
