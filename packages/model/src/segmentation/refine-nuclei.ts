import type { RgbImage } from '../images/index.ts';
import { bytes, floats, integers, workspace } from '../memory/index.ts';
import { openMask } from './morphology.ts';
import { densityBin, densityHistogram, nucleusBin } from './nuclei.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { densityTable, smooth, whitePoint } from './stain.ts';

/** A white cell's surroundings in pixels of the image. */
export interface CellSurroundings {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface RefinedNuclei {
  /** 0 or 255, of the image's size. */
  readonly nucleus: Uint8Array;
  /** Share of each cell's area that is nucleus, 0..1, in the order of the cells. */
  readonly shares: readonly number[];
}

/** Width of a cell in the training fields, pixels: there chromatin is hardly resolved, and 3 x 3 pixels smooth its grain. */
const TRAINING_CELL = 25;
const MOST_PASSES = 40;
/** Radius that a nucleus must hold to be kept, as a share of its cell's width: a cell's dark outline is thinner. */
const OUTLINE = 0.05;
/** Narrower than this many pixels nothing can be told from an outline. */
const NARROWEST = 6;
/** Readers draw a nucleus with its soft edge, and tell it from granules that Otsu's cut alone would leave in doubt. */
const CUT = { cytoplasmToNucleus: 0.65, penumbra: 0.1 } as const;

/** Smooths, in place, so far that a cell of `side` pixels shows no more of its chromatin than a training field does. */
function smoothAt(values: Float32Array, width: number, height: number, side: number): void {
  const passes = Math.min(MOST_PASSES, Math.max(1, Math.round((side / TRAINING_CELL) ** 2)));
  for (let pass = 0; pass < passes; pass++) smooth(values, width, height, values);
}

const densities = workspace(floats);
const ofPiece = { inside: workspace(integers), places: workspace(integers), dark: workspace(bytes) };

/** Draws the nuclei of one piece of the mask into `refined`. */
function refinePiece(
  image: RgbImage,
  table: Float32Array,
  labels: Int32Array,
  piece: Piece,
  refined: Uint8Array,
): void {
  const { left, top } = piece;
  const [width, height] = [piece.right - left, piece.bottom - top];
  const green = densities(width * height);
  // Where each pixel of the piece lies in its box, and in the image.
  const [insides, placed] = [ofPiece.inside(green.length), ofPiece.places(green.length)];
  let n = 0;
  for (let y = 0, i = 0; y < height; y++) {
    for (let at = (top + y) * image.width + left, end = at + width; at < end; at++, i++) {
      green[i] = table[image.data[3 * at + 1] ?? 0] ?? 0;
      if (labels[at] !== piece.label) continue;
      insides[n] = i;
      placed[n++] = at;
    }
  }
  smoothAt(green, width, height, piece.thickness);
  const inside = insides.subarray(0, n);
  const cut = nucleusBin(densityHistogram(green, inside), CUT);
  if (cut === 0) return;
  const dark = ofPiece.dark(green.length).fill(0);
  for (let k = 0; k < n; k++) {
    const i = inside[k] ?? 0;
    dark[i] = densityBin(green[i] ?? 0) >= cut ? 1 : 0;
  }
  const compact = openMask(dark, width, height, OUTLINE * piece.thickness);
  for (let k = 0; k < n; k++) refined[placed[k] ?? 0] = compact[inside[k] ?? 0] === 1 ? 255 : 0;
}

/** How much of the cell in a rectangle is nucleus, 0..1. */
function nucleusShare(
  { width, height }: Pick<RgbImage, 'width' | 'height'>,
  cell: Uint8Array,
  nucleus: Uint8Array,
  surroundings: CellSurroundings,
): number {
  const [left, top] = [Math.max(0, Math.floor(surroundings.x)), Math.max(0, Math.floor(surroundings.y))];
  const right = Math.min(width, Math.ceil(surroundings.x + surroundings.width));
  const bottom = Math.min(height, Math.ceil(surroundings.y + surroundings.height));
  let [whole, dark] = [0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left; at < y * width + right; at++) {
      if (cell[at] === 0) continue;
      whole++;
      if (nucleus[at] !== 0) dark++;
    }
  }
  return dark / Math.max(1, whole);
}

/**
 * Draws the borders of learned nuclei at the image's own resolution, which may be far above that of the network: in
 * every piece of the mask Otsu's cut (1979) of what its pixels absorb of green light, drawn a little towards the
 * cytoplasm, where that parts a nucleus from a clearly paler one, less the cell's own dark outline; elsewhere, as in a
 * blast that is all nucleus, the learned nucleus stays. Cells that touch share a cut: where one cell was taken for
 * several, each alone would look like all nucleus or none.
 * @param cell whole white cells, `nucleus` their learned nuclei: bytes that are not 0 inside, of the image's size.
 */
export function refineNuclei(
  image: RgbImage,
  cell: Uint8Array,
  nucleus: Uint8Array,
  cells: readonly CellSurroundings[],
): RefinedNuclei {
  const table = densityTable(whitePoint(image)[1]);
  const body = cell.map((v) => (v === 0 ? 0 : 1));
  const refined = nucleus.map((v, i) => (body[i] === 0 ? 0 : v));
  const { labels, list } = piecesOf(body, image.width, image.height);
  for (const piece of list)
    if (piece.thickness >= NARROWEST) refinePiece(image, table, labels, piece, refined);
  return { nucleus: refined, shares: cells.map((around) => nucleusShare(image, cell, refined, around)) };
}
