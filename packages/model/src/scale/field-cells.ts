import { FIELD_SIZE, type Placement } from '../images/index.ts';
import type { CellCount } from '../segmentation/index.ts';

/** Where one white cell of a 224 x 224 field lies and how wide it is, pixels of the field. */
export interface FieldCell {
  /** Centre of gravity. */
  readonly x: number;
  readonly y: number;
  /** Of a circle of the same area. */
  readonly diameter: number;
  /** Whether it reaches the edge of the picture, where a part of it may be missing. */
  readonly cut: boolean;
}

/** The cells of a field in the order of their labels. */
export function fieldCells(
  { pixels }: Pick<CellCount, 'pixels'>,
  { left, top, width, height }: Placement,
): FieldCell[] {
  return pixels.map((own) => {
    let [columns, rows, cut] = [0, 0, false];
    for (const at of own) {
      const y = Math.floor(at / FIELD_SIZE);
      const x = at - y * FIELD_SIZE;
      columns += x;
      rows += y;
      if (x <= left || x >= left + width - 1 || y <= top || y >= top + height - 1) cut = true;
    }
    const area = own.length;
    return { x: columns / area, y: rows / area, diameter: 2 * Math.sqrt(area / Math.PI), cut };
  });
}

/**
 * The median diameter, each cell counted by its diameter, so that specks and platelets weigh little. Cells cut by the
 * edge are left out where at least half are whole.
 * @returns null without cells.
 */
export function typicalDiameter(cells: readonly Pick<FieldCell, 'diameter' | 'cut'>[]): number | null {
  const whole = cells.filter(({ cut }) => !cut);
  const counted = 2 * whole.length >= cells.length ? whole : cells;
  const diameters = counted.map(({ diameter }) => diameter).sort((a, b) => a - b);
  const half = diameters.reduce((sum, diameter) => sum + diameter, 0) / 2;
  let seen = 0;
  for (const diameter of diameters) {
    seen += diameter;
    if (seen >= half) return diameter;
  }
  return null;
}
