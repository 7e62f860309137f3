import { coverWhere, type Rgb, type RgbImage } from '../images/index.ts';
import { type SeededRandom, seededRandom } from '../random/index.ts';
import { cellRemains } from '../segmentation/index.ts';
import { paintOver } from './paint-over.ts';

/** Mid-grey. */
export const NEUTRAL: Rgb = [128, 128, 128];

/** Cells only: everything but the white cells replaced by one neutral background. */
export const cellsOnly = (
  field: RgbImage,
  cells: Uint8Array,
  background: Readonly<Rgb> = NEUTRAL,
): RgbImage => coverWhere(field, cells, 0, background);

/**
 * Cell-less: the white cells, smudges and their halos painted over with the texture of the field's own background.
 * The same `random` gives the same bytes.
 */
export const withoutCells = (
  field: RgbImage,
  cells: Uint8Array,
  random: SeededRandom = seededRandom(0),
): RgbImage => paintOver(field, cellRemains(field, cells), random);
