import type { Reason } from '@blastwise/contracts';
import { FIELD_SIZE, type Placement, type RgbImage } from '../images/index.ts';
import { bytes, workspace } from '../memory/index.ts';
import { type CellCount, growMask } from '../segmentation/index.ts';
import { measureCells } from './cells.ts';
import { edgeWidth } from './edge-width.ts';
import { type Exposure, exposureWithin } from './exposure.ts';

/**
 * Limits, each well outside what 244 test fields of the ALL set showed under the first starter's masks (in brackets),
 * so that a plain field is rarely refused; recoloured and grey copies change none of the measures much.
 */
export const ASSESS_LIMITS = {
  /** Least luminance range of an image that shows anything, levels [least 54.6]. */
  range: 20,
  /**
   * Largest share of white pixels [largest 0.23] and of black ones [none]. White counts in and around the white cells,
   * where there are any: a background balanced to white is ordinary. Black counts there and in the whole image: no
   * background of a bright field is black.
   */
  white: 0.6,
  black: 0.3,
  /** How far the surroundings of a cell reach, pixels: 58 % of the smallest cell with them, which may all be white. */
  around: 3,
  /** Widest edge, pixels; the blur of a nucleus beyond recognition [0.96 to 1.92]. */
  edge: 2.8,
  /** Smallest diameter of a white cell, pixels [largest cell of each field at least 21]. */
  smallest: 11,
  /** Median diameter of the cells beyond which they are not at the training scale, pixels [9 to 34]. */
  largest: 60,
  /** How much darker than the background a nucleus is, levels; a painted remain is not. */
  nucleus: 12,
} as const;

export interface Assessed {
  /** Why no stage may be decided; empty for an assessable field. */
  readonly reasons: Reason[];
  /** Numbers of the counted cells (1..count) that are large and dark enough for a white cell. */
  readonly cells: readonly number[];
}

export interface AssessedField {
  /** Preprocessed, 224 x 224. */
  readonly field: RgbImage;
  /** See `luminanceOf`. */
  readonly luminance: Float32Array;
  /** Of all that shows the image. */
  readonly exposure: Exposure;
  readonly placement: Placement;
  /** Cells counted in its mask. */
  readonly found: CellCount;
}

const cellMask = workspace(bytes);

/** 1 at these pixels of some cells. */
function maskOf(cells: readonly Int32Array[]): Uint8Array {
  const mask = cellMask(FIELD_SIZE * FIELD_SIZE).fill(0);
  for (const pixels of cells) for (const at of pixels) mask[at] = 1;
  return mask;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** The light in and around some of a field's cells; of the whole image where there are none. */
function exposureNear(
  cells: readonly number[],
  { field, luminance, exposure, found }: AssessedField,
): Exposure {
  if (cells.length === 0) return exposure;
  const mask = maskOf(cells.map((label) => found.pixels[label - 1] ?? new Int32Array(0)));
  return exposureWithin(field, luminance, growMask(mask, FIELD_SIZE, FIELD_SIZE, ASSESS_LIMITS.around));
}

/**
 * Whether a field can be judged at all: blank, clipped, without white cells, out of scale or blurred. A blank image is
 * told as such alone.
 */
export function assess(assessed: AssessedField): Assessed {
  const limits = ASSESS_LIMITS;
  const { luminance, exposure, placement, found } = assessed;
  const white = measureCells(luminance, found, placement).flatMap(({ diameter, nucleus }, i) =>
    nucleus >= limits.nucleus && diameter >= limits.smallest ? [{ label: i + 1, diameter }] : [],
  );
  const cells = white.map(({ label }) => label);
  const near = exposureNear(cells, assessed);
  const reasons: Reason[] = [];
  if (near.white > limits.white || Math.max(near.black, exposure.black) > limits.black)
    reasons.push('clipped');
  else if (Math.max(near.range, exposure.range) < limits.range) return { reasons: ['blank'], cells: [] };
  if (cells.length === 0) return { reasons: [...reasons, 'no-white-cells'], cells };
  if (median(white.map(({ diameter }) => diameter)) > limits.largest) reasons.push('out-of-scale');
  if ((edgeWidth(luminance, maskOf(found.pixels)) ?? 0) > limits.edge) reasons.push('blurred');
  return { reasons, cells };
}
