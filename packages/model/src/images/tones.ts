import type { RgbImage } from './rgb-image.ts';

/** The nearest byte value, 0..255. */
export const clampByte = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));

/**
 * A copy of the image whose every value is what `tone` makes of it in its channel (0 red, 1 green, 2 blue), rounded and
 * cut off at 0 and 255. `tone` is asked once for each of the 256 values of a channel.
 */
export function mapTones(image: RgbImage, tone: (value: number, channel: number) => number): RgbImage {
  const curveOf = (channel: number) =>
    Uint8Array.from({ length: 256 }, (_, value) => clampByte(tone(value, channel)));
  const [reds, greens, blues] = [curveOf(0), curveOf(1), curveOf(2)];
  const { data } = image;
  const toned = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i += 3) {
    toned[i] = reds[data[i] ?? 0] ?? 0;
    toned[i + 1] = greens[data[i + 1] ?? 0] ?? 0;
    toned[i + 2] = blues[data[i + 2] ?? 0] ?? 0;
  }
  return { ...image, data: toned };
}
