/** Where a point of the field lies on one axis of a map: two neighbours and the weight of the second. */
export interface Sample {
  readonly low: number;
  readonly high: number;
  readonly weight: number;
}

/**
 * Bilinear upsampling with half-pixel centres and clamped edges: every place of the map weighs the same over the whole
 * field, so that sums are kept.
 *
 * @param at in field pixels; the centre of the first one is 0.5.
 */
export function sampleAt(at: number, fieldSize: number, side: number): Sample {
  const inside = Math.min(Math.max((at * side) / fieldSize - 0.5, 0), side - 1);
  const low = Math.min(Math.floor(inside), Math.max(0, side - 2));
  return { low, high: Math.min(low + 1, side - 1), weight: inside - low };
}

/** The samples of pixels 0..length-1 that lie at `start + (i + 0.5) * step` in the field. */
export const samplesAlong = (length: number, start: number, step: number, fieldSize: number, side: number) =>
  Array.from({ length }, (_, i) => sampleAt(start + (i + 0.5) * step, fieldSize, side));
