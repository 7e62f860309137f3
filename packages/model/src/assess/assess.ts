import type { Reason } from '@blastwise/contracts';
import type { Placement } from '../images/index.ts';
import { bytes, workspace } from '../memory/index.ts';
import type { CellCount } from '../segmentation/index.ts';
import { measureCells } from './cells.ts';
import { edgeWidth } from './edge-width.ts';
import type { Exposure } from './luminance.ts';

/**
 * Limits, each well outside what 244 test fields of the ALL set showed under the first starter's masks (in brackets),
 * so that a plain field is rarely refused; recoloured and grey copies change none of the measures much.
 */
export const ASSESS_LIMITS = {
  /** Least luminance range of an image that shows anything, levels [least 54.6]. */
  range: 20,
  /** Largest share of white pixels [largest 0.23] and of black ones [none]. */
  white: 0.6,
  black: 0.3,
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
  /** Of the preprocessed 224 x 224 field, see `luminanceOf`. */
  readonly luminance: Float32Array;
  readonly exposure: Exposure;
  readonly placement: Placement;
  /** Cells counted in its mask. */
  readonly found: CellCount;
}

const cellMask = workspace(bytes);

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/**
 * Whether a field can be judged at all: blank, clipped, without white cells, out of scale or blurred. A blank image is
 * told as such alone.
 */
export function assess({ luminance, exposure, placement, found }: AssessedField): Assessed {
  const limits = ASSESS_LIMITS;
  const { range, white, black } = exposure;
  const reasons: Reason[] = [];
  if (white > limits.white || black > limits.black) reasons.push('clipped');
  else if (range < limits.range) return { reasons: ['blank'], cells: [] };
  const measured = measureCells(luminance, found, placement);
  const dark = measured.flatMap(({ diameter, nucleus }, i) =>
    nucleus >= limits.nucleus ? [{ label: i + 1, diameter }] : [],
  );
  const cells = dark.filter(({ diameter }) => diameter >= limits.smallest);
  if (cells.length === 0) return { reasons: [...reasons, 'no-white-cells'], cells: [] };
  if (median(cells.map(({ diameter }) => diameter)) > limits.largest) reasons.push('out-of-scale');
  const mask = cellMask(found.labels.length);
  for (let i = 0; i < mask.length; i++) mask[i] = (found.labels[i] ?? 0) > 0 ? 1 : 0;
  if ((edgeWidth(luminance, mask) ?? 0) > limits.edge) reasons.push('blurred');
  return { reasons, cells: cells.map(({ label }) => label) };
}
