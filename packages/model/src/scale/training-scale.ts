import { DomainError } from '@blastwise/contracts';

/**
 * Median diameter in pixels of the white cells of the training fields: 24.6 over 22,241 cells that no border cuts in
 * all 2,738 fields, found by the stain method (a circle of the same area); half of the cells lie between 21.9 and 27.3.
 */
export const TRAINING_CELL_DIAMETER = 24.6;

/**
 * Typical diameters that still count as those of a training field, pixels, the range of 98 % of them: cells differ
 * between slides and stages, and that difference is evidence which rescaling would take away.
 */
export const NATURAL_DIAMETER = { least: 15, most: 42 } as const;

/** Typical diameters at which cells can be judged, pixels of the field. */
export const JUDGEABLE_DIAMETER = { least: 12, most: 60 } as const;

/** Largest magnification: a cell of fewer than 8 pixels holds no chromatin to magnify. */
export const MOST_ZOOM = 3;

/** Smallest factor that a caller may give. */
export const LEAST_ZOOM = 1 / 1024;

/** More tiles than the largest image accepted has at the training scale. */
export const MOST_TILES = 1200;

/** A scale that the caller knows: field pixels per input pixel, or the input's white-cell diameter in its pixels. */
export type ScaleRequest = { readonly factor: number } | { readonly cellDiameter: number };

/** @throws DomainError BAD_INPUT outside LEAST_ZOOM..MOST_ZOOM. */
export function factorOf(request: ScaleRequest): number {
  const factor = 'factor' in request ? request.factor : TRAINING_CELL_DIAMETER / request.cellDiameter;
  if (factor >= LEAST_ZOOM && factor <= MOST_ZOOM) return factor;
  throw new DomainError(
    'BAD_INPUT',
    `Give a scale of 1/1024 to ${MOST_ZOOM}, or a cell diameter of ${(TRAINING_CELL_DIAMETER / MOST_ZOOM).toFixed(1)} to ${Math.floor(TRAINING_CELL_DIAMETER / LEAST_ZOOM)} pixels.`,
  );
}
