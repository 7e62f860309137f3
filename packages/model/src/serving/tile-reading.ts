import type { Reason } from '@blastwise/contracts';
import { assess } from '../assess/index.ts';
import { explainField, type FieldExplanation, type StageHead } from '../explain/index.ts';
import { FIELD_SIZE } from '../images/index.ts';
import { type FieldCell, fieldCells, type Tile } from '../scale/index.ts';
import { type CellCount, countCells, keepWhiteCells } from '../segmentation/index.ts';
import type { FieldLook } from './field-look.ts';

/**
 * What the network says of one field: 4 logits, masks 224 x 224 in 0..1, interleaved where there are two (cell, then
 * nucleus), features; the last map where asked for.
 */
export interface NetworkResult {
  readonly logits: Float32Array;
  readonly mask: Float32Array;
  readonly features: Float32Array;
  readonly map?: Float32Array;
}

/** What one tile adds to the answer for its image; cells are those that it owns. */
export interface TileReading {
  readonly tile: Tile;
  readonly logits: Float32Array;
  readonly features: Float32Array;
  /** 224 * 224 values, 0..1. */
  readonly cell: Float32Array;
  readonly nucleus: Float32Array | null;
  readonly found: CellCount;
  readonly cells: readonly FieldCell[];
  /** Why the tile alone could not be judged; empty where it can be, or where nobody looked at its pixels. */
  readonly faults: readonly Reason[];
  readonly explanation: FieldExplanation | null;
}

/** The network's masks of one field, apart. */
function splitMasks(masks: Float32Array): { cell: Float32Array; nucleus: Float32Array | null } {
  const pixels = FIELD_SIZE * FIELD_SIZE;
  if (masks.length !== 2 * pixels) return { cell: masks, nucleus: null };
  const [cell, nucleus] = [new Float32Array(pixels), new Float32Array(pixels)];
  for (let i = 0; i < pixels; i++) {
    cell[i] = masks[2 * i] ?? 0;
    nucleus[i] = masks[2 * i + 1] ?? 0;
  }
  return { cell, nucleus };
}

/** 1 where the soft mask is at least one half. */
function cut(soft: Float32Array): Uint8Array {
  const binary = new Uint8Array(soft.length);
  for (let i = 0; i < soft.length; i++) if ((soft[i] ?? 0) >= 0.5) binary[i] = 1;
  return binary;
}

/** Whether the tile answers for a cell: its centre lies in the part that the tile owns. */
function owns({ left, top, placement, owned }: Tile, { x, y }: FieldCell): boolean {
  const [column, row] = [x - placement.left + left + 0.5, y - placement.top + top + 0.5];
  return column >= owned.left && column < owned.right && row >= owned.top && row < owned.bottom;
}

/** The cells to keep, numbered anew. */
function keepCells({ labels, count }: CellCount, keep: readonly boolean[]): CellCount {
  if (keep.every((kept) => kept)) return { labels, count };
  let next = 0;
  const numbers = Int32Array.from([0, ...keep.map((kept) => (kept ? ++next : 0))]);
  const kept = new Int32Array(labels.length);
  for (let i = 0; i < kept.length; i++) kept[i] = numbers[labels[i] ?? 0] ?? 0;
  return { labels: kept, count: next };
}

/** Soft masks and the cell's, cut at one half. */
interface DrawnMasks {
  readonly cell: Float32Array;
  readonly nucleus: Float32Array | null;
  readonly binary: Uint8Array;
}

function drawnMasks(mask: Float32Array): DrawnMasks {
  const masks = splitMasks(mask);
  return { ...masks, binary: cut(masks.cell) };
}

/** The masks without the red cells that the network took for white ones; soft borders stay, for they are resampled. */
function withoutRedCells(drawn: DrawnMasks, { field, stain }: FieldLook): DrawnMasks {
  const { cell, nucleus, binary } = drawn;
  const kept = keepWhiteCells(field, stain, binary);
  if (kept === binary) return drawn;
  const without = (values: Float32Array): Float32Array =>
    values.map((v, i) => (binary[i] === 1 && kept[i] !== 1 ? 0 : v));
  return { cell: without(cell), nucleus: nucleus && without(nucleus), binary: kept };
}

/**
 * Finds the cells that a tile owns and, where the last map is given, explains its answer by them. Where its pixels are
 * given, red cells and cells too small or too pale to be white cells are left out, and what keeps the tile from being
 * judged is named.
 */
export function readTile(
  tile: Tile,
  { logits, mask, features, map }: NetworkResult,
  { look, head }: { readonly look?: FieldLook; readonly head?: StageHead } = {},
): TileReading {
  const drawn = drawnMasks(mask);
  const { cell, nucleus, binary } = look ? withoutRedCells(drawn, look) : drawn;
  // Counted on the field, so that a cell has the same size in pixels whatever the input's resolution.
  const all = countCells(binary, FIELD_SIZE, FIELD_SIZE);
  const cells = fieldCells(all, tile.placement);
  const assessed = look && assess({ ...look, placement: tile.placement, found: all });
  const white = new Set(assessed?.cells ?? cells.map((_, i) => i + 1));
  const owned = cells.map((found, i) => owns(tile, found) && white.has(i + 1));
  const found = keepCells(all, owned);
  const explanation = head && map ? explainField(head, { features, map }, found) : null;
  return {
    tile,
    logits,
    features,
    cell,
    nucleus,
    found,
    cells: cells.filter((_, i) => owned[i]),
    faults: assessed?.reasons ?? [],
    explanation,
  };
}
