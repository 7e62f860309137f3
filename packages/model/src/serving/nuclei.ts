import type { RgbImage } from '../images/index.ts';
import { refineNuclei } from '../segmentation/index.ts';
import type { Reading } from './field-reading.ts';

/** The reading with its nuclei drawn at the image's own resolution, and how much of every white cell they are. */
export function withNuclei(image: RgbImage, reading: Reading): Reading {
  const { mask, whiteCells } = reading;
  if (!reading.nucleus) return reading;
  const { nucleus, shares } = refineNuclei(image, mask, reading.nucleus, whiteCells);
  return {
    ...reading,
    nucleus,
    whiteCells: whiteCells.map((cell, i) => ({ ...cell, nucleusShare: shares[i] ?? null })),
  };
}
