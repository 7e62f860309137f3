import { type BackgroundStatistics, backgroundStatistics, type RgbImage } from '../images/index.ts';

/** A flat background has next to no spread: beyond this factor its noise would be blown up to a texture. */
const LARGEST_STRETCH = 2.5;
const CHANNELS = [0, 1, 2] as const;

const clampByte = (value: number) => Math.max(0, Math.min(255, Math.round(value)));

/**
 * The recoloured field: per channel it takes the mean and spread of the donor's background. Every pixel moves by
 * the same line, so shapes and texture stay and only the way the slide was photographed changes.
 */
export function exchangeColours(
  field: RgbImage,
  donor: BackgroundStatistics,
  own: BackgroundStatistics = backgroundStatistics(field),
): RgbImage {
  const tables = CHANNELS.map((c) => {
    const stretch = (donor.spread[c] + 1) / (own.spread[c] + 1);
    const gain = Math.max(1 / LARGEST_STRETCH, Math.min(LARGEST_STRETCH, stretch));
    return Uint8Array.from({ length: 256 }, (_, v) => clampByte((v - own.mean[c]) * gain + donor.mean[c]));
  });
  return { ...field, data: field.data.map((v, i) => tables[i % 3]?.[v] ?? v) };
}
