import type { RgbImage } from '../images/index.ts';

/** The published band, on HSV scaled to 0..1 (domain.md: H in [0.7, 0.8], S >= 0.5, V >= 0.4). */
export const PUBLISHED_BAND = { hue: [0.7, 0.8], saturation: 0.5, value: 0.4 } as const;

/** Hue of an RGB triple in turns, 0..1; 0 where the colour is grey. */
export function hue(r: number, g: number, b: number): number {
  const high = Math.max(r, g, b);
  const range = high - Math.min(r, g, b);
  if (range === 0) return 0;
  const sixth = high === r ? (g - b) / range : high === g ? 2 + (b - r) / range : 4 + (r - g) / range;
  return (sixth < 0 ? sixth + 6 : sixth) / 6;
}

/**
 * The published colour threshold, exactly. It finds purple nuclei and misses the pink Pro cells; kept as the
 * named baseline of the study.
 * @returns one byte a pixel, 0 or 1.
 */
export function segmentHsv({ width, height, data }: RgbImage): Uint8Array {
  const mask = new Uint8Array(width * height);
  const [lowest, highest] = PUBLISHED_BAND.hue;
  for (let i = 0, p = 0; i < mask.length; i++, p += 3) {
    const r = data[p] ?? 0;
    const g = data[p + 1] ?? 0;
    const b = data[p + 2] ?? 0;
    const high = Math.max(r, g, b);
    if (high / 255 < PUBLISHED_BAND.value) continue;
    if ((high - Math.min(r, g, b)) / high < PUBLISHED_BAND.saturation) continue;
    const h = hue(r, g, b);
    if (h >= lowest && h <= highest) mask[i] = 1;
  }
  return mask;
}
