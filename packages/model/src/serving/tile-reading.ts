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

const PIXELS = FIELD_SIZE * FIELD_SIZE;

/** One of the interleaved soft masks. */
function softMask(masks: Float32Array, kinds: number, kind: number): Float32Array {
  const mask = new Float32Array(PIXELS);
  for (let i = 0; i < PIXELS; i++) mask[i] = masks[kinds * i + kind] ?? 0;
  return mask;
}

/** 1 where a soft mask is at least one half. */
function cut(mask: Float32Array): Uint8Array {
  const binary = new Uint8Array(PIXELS);
  for (let i = 0; i < PIXELS; i++) if ((mask[i] ?? 0) >= 0.5) binary[i] = 1;
  return binary;
}

/** Whether the tile answers for a cell: its centre lies in the part that the tile owns. */
function owns({ left, top, placement, owned }: Tile, { x, y }: FieldCell): boolean {
  const [column, row] = [x - placement.left + left + 0.5, y - placement.top + top + 0.5];
  return column >= owned.left && column < owned.right && row >= owned.top && row < owned.bottom;
}

/** The cells to keep, numbered anew. */
function keepCells(cells: CellCount, keep: readonly boolean[]): CellCount {
  const pixels = cells.pixels.filter((_, i) => keep[i]);
  if (pixels.length === cells.count) return cells;
  const labels = new Int32Array(cells.labels.length);
  for (const [i, own] of pixels.entries()) for (const at of own) labels[at] = i + 1;
  return { labels, pixels, count: pixels.length };
}

/** Soft masks and the cell's, cut at one half. */
interface DrawnMasks {
  readonly cell: Float32Array;
  readonly nucleus: Float32Array | null;
  readonly binary: Uint8Array;
}

/** The network's masks, apart, without the red cells that it took for white ones; soft borders stay, for they are resampled. */
function drawnMasks(masks: Float32Array, look: FieldLook | undefined): DrawnMasks {
  const kinds = masks.length / PIXELS;
  const cell = softMask(masks, kinds, 0);
  const nucleus = kinds === 2 ? softMask(masks, kinds, 1) : null;
  const drawn = cut(cell);
  const kept = look ? keepWhiteCells(look.field, look.stain, drawn) : drawn;
  for (let i = 0; i < PIXELS; i++) {
    if (drawn[i] === kept[i]) continue;
    cell[i] = 0;
    if (nucleus) nucleus[i] = 0;
  }
  return { cell, nucleus, binary: kept };
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
  const { cell, nucleus, binary } = drawnMasks(mask, look);
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
