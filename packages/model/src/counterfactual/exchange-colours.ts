import { type BackgroundStatistics, backgroundStatistics, mapTones, type RgbImage } from '../images/index.ts';

/** A flat background has next to no spread: beyond this factor its noise would be blown up to a texture. */
const LARGEST_STRETCH = 2.5;
const CHANNELS = [0, 1, 2] as const;

/**
 * The recoloured field: per channel it takes the mean and spread of the donor's background. Every pixel moves by
 * the same line, so shapes and texture stay and only the way the slide was photographed changes.
 */
export function exchangeColours(
  field: RgbImage,
  donor: BackgroundStatistics,
  own: BackgroundStatistics = backgroundStatistics(field),
): RgbImage {
  const lines = CHANNELS.map((c) => {
    const stretch = (donor.spread[c] + 1) / (own.spread[c] + 1);
    const gain = Math.max(1 / LARGEST_STRETCH, Math.min(LARGEST_STRETCH, stretch));
    return (value: number) => (value - own.mean[c]) * gain + donor.mean[c];
  });
  return mapTones(field, (value, c) => lines[c]?.(value) ?? value);
}
