import { FIELD_SIZE, type FieldWindow } from '../images/index.ts';

/** Pixels that neighbouring tiles share at least: a cell up to this wide lies whole in one of them. */
export const TILE_OVERLAP = 48;

/** One 224 px view of the scaled image, which answers for the cells with their centre in the part that it owns. */
export interface Tile extends FieldWindow {
  /** Whether it shows the image's own lower right corner, where a scale bar may be burned in. */
  readonly atCorner: boolean;
}

/** How an image is read: brought to `width` x `height`, then seen through the tiles. */
export interface TilePlan {
  readonly factor: number;
  readonly width: number;
  readonly height: number;
  readonly tiles: readonly Tile[];
}

interface Span {
  readonly start: number;
  readonly length: number;
  readonly margin: number;
  readonly owned: readonly [number, number];
}

/** Evenly spread spans of 224 that share at least the overlap; each owns up to the middle of what it shares. */
function spans(length: number): Span[] {
  if (length <= FIELD_SIZE) {
    return [{ start: 0, length, margin: Math.floor((FIELD_SIZE - length) / 2), owned: [0, length] }];
  }
  const count = Math.ceil((length - TILE_OVERLAP) / (FIELD_SIZE - TILE_OVERLAP));
  const startOf = (i: number): number => Math.round((i * (length - FIELD_SIZE)) / (count - 1));
  const border = (i: number): number => Math.round((startOf(i) + startOf(i - 1) + FIELD_SIZE) / 2);
  return Array.from({ length: count }, (_, i) => ({
    start: startOf(i),
    length: FIELD_SIZE,
    margin: 0,
    owned: [i === 0 ? 0 : border(i), i === count - 1 ? length : border(i + 1)],
  }));
}

/** The size of an image once it is scaled; no side vanishes. */
export function scaledSize(width: number, height: number, factor: number): { width: number; height: number } {
  const scaled = (length: number): number => Math.max(1, Math.round(length * factor));
  return { width: scaled(width), height: scaled(height) };
}

/** Tiles of an image of `width` x `height` input pixels at `factor` field pixels per input pixel, row by row. */
export function planTiles(width: number, height: number, factor: number): TilePlan {
  const scaled = scaledSize(width, height, factor);
  const [rows, columns] = [spans(scaled.height), spans(scaled.width)];
  const tiles = rows.flatMap((row, y) =>
    columns.map((column, x) => ({
      left: column.start,
      top: row.start,
      placement: {
        scale: factor,
        left: column.margin,
        top: row.margin,
        width: column.length,
        height: row.length,
      },
      owned: { left: column.owned[0], right: column.owned[1], top: row.owned[0], bottom: row.owned[1] },
      atCorner: y === rows.length - 1 && x === columns.length - 1,
    })),
  );
  return { factor, ...scaled, tiles };
}

/** The factor at which the whole image just fills one tile. */
export const letterboxFactor = (width: number, height: number): number =>
  FIELD_SIZE / Math.max(width, height);
