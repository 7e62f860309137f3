import { type StageVector, toStageRecord, type WhiteCell } from '@blastwise/contracts';
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

/** Share of each cell's pixels where `nucleus` is at least one half. */
function nucleusShares({ count, labels }: CellCount, nucleus: Float32Array): number[] {
  const [areas, nuclei] = [new Int32Array(count + 1), new Int32Array(count + 1)];
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    areas[label] = (areas[label] ?? 0) + 1;
    if ((nucleus[i] ?? 0) >= 0.5) nuclei[label] = (nuclei[label] ?? 0) + 1;
  }
  return Array.from({ length: count }, (_, i) => (nuclei[i + 1] ?? 0) / Math.max(1, areas[i + 1] ?? 0));
}

/** A stretch of the field in pixels of the input, within it. */
function stretch(from: number, to: number, start: number, placed: number, length: number) {
  const inInput = (at: number) => Math.min(Math.max(((at - start) * length) / placed, 0), length);
  return { at: inInput(from), length: inInput(to) - inInput(from) };
}

/** What is known of cells beside their place. */
export interface CellFindings {
  readonly contributions?: readonly StageVector[];
  readonly nucleus?: Float32Array | null;
}

/**
 * The white cells of a field with their boxes in pixels of the input. A cell that lies wholly in the margin around the
 * input is left out.
 *
 * @param findings `contributions`: one vector a cell, where the field was explained; `nucleus`: 0..1 a pixel of the
 * field, where the model draws nuclei.
 */
export function whiteCellsOf(
  cells: CellCount,
  placement: Placement,
  { width, height }: { readonly width: number; readonly height: number },
  { contributions, nucleus }: CellFindings = {},
): WhiteCell[] {
  const shares = nucleus && nucleusShares(cells, nucleus);
  return boxesOf(cells).flatMap(({ left, right, top, bottom }, i) => {
    const x = stretch(left, right, placement.left, placement.width, width);
    const y = stretch(top, bottom, placement.top, placement.height, height);
    if (x.length <= 0 || y.length <= 0) return [];
    const contribution = contributions?.[i];
    return [
      {
        x: x.at,
        y: y.at,
        width: x.length,
        height: y.length,
        nucleusShare: shares?.[i] ?? null,
        contributions: contribution ? toStageRecord(contribution) : null,
      },
    ];
  });
}
