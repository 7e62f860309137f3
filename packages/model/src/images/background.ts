import { workspace } from '../memory/index.ts';
import type { Rgb, RgbImage } from './rgb-image.ts';

/** Colour of a field's background, per channel, 0..255; `spread` is the standard deviation. */
export interface BackgroundStatistics {
  readonly mean: Rgb;
  readonly spread: Rgb;
  readonly median: Rgb;
}

const SATURATION_LEVELS = 1024;
const BACKGROUND_SHARE = 0.75;

const steps = workspace((length) => new Uint16Array(length));

/** The step of every pair of a largest and a smallest channel: a division for every pixel takes longer. */
let table: Uint16Array | undefined;

function saturationSteps(): Uint16Array {
  // Black, whose saturation is no number, counts as grey.
  table ??= Uint16Array.from({ length: 256 * 256 }, (_, i) => {
    const [high, low] = [i >> 8, i & 255];
    return (((high - low) / high) * (SATURATION_LEVELS - 1)) | 0;
  });
  return table;
}

/** The step below or at which three quarters of the pixels lie; `counts` how many have each. */
function backgroundLevel(counts: Float64Array | Uint32Array, pixels: number): number {
  let level = 0;
  for (let seen = counts[0] ?? 0; seen < pixels * BACKGROUND_SHARE; ) seen += counts[++level] ?? 0;
  return level;
}

/** HSV saturation of each pixel in 1,024 steps, and their background level. */
function saturationsOf({ data }: RgbImage): { saturations: Uint16Array; level: number } {
  const saturations = steps(data.length / 3);
  const counts = new Uint32Array(SATURATION_LEVELS);
  const known = saturationSteps();
  for (let i = 0, p = 0; i < saturations.length; i++, p += 3) {
    const r = data[p] ?? 0;
    const g = data[p + 1] ?? 0;
    const b = data[p + 2] ?? 0;
    const step = known[(Math.max(r, g, b) << 8) | Math.min(r, g, b)] ?? 0;
    saturations[i] = step;
    counts[step] = (counts[step] ?? 0) + 1;
  }
  return { saturations, level: backgroundLevel(counts, saturations.length) };
}

function describe(histogram: Uint32Array): { mean: number; spread: number; median: number } {
  let total = 0;
  let sum = 0;
  let squares = 0;
  for (const [value, count] of histogram.entries()) {
    total += count;
    sum += count * value;
    squares += count * value * value;
  }
  const mean = sum / total;
  let median = 0;
  for (let seen = histogram[0] ?? 0; seen < total / 2; ) seen += histogram[++median] ?? 0;
  return { mean, spread: Math.sqrt(Math.max(0, squares / total - mean * mean)), median };
}

/** Statistics over the least saturated three quarters of the pixels (all pixels that tie with the last included). */
export function backgroundStatistics(image: RgbImage): BackgroundStatistics {
  const { data } = image;
  const { saturations, level } = saturationsOf(image);
  const [reds, greens, blues] = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)];
  for (let i = 0, p = 0; i < saturations.length; i++, p += 3) {
    if ((saturations[i] ?? 0) > level) continue;
    const r = data[p] ?? 0;
    const g = data[p + 1] ?? 0;
    const b = data[p + 2] ?? 0;
    reds[r] = (reds[r] ?? 0) + 1;
    greens[g] = (greens[g] ?? 0) + 1;
    blues[b] = (blues[b] ?? 0) + 1;
  }
  const [r, g, b] = [describe(reds), describe(greens), describe(blues)];
  return {
    mean: [r.mean, g.mean, b.mean],
    spread: [r.spread, g.spread, b.spread],
    median: [r.median, g.median, b.median],
  };
}

/** Mean colours of a field's background (as above) and of the rest, which is stained; null where nothing is left. */
export interface FieldColours {
  readonly background: Rgb;
  readonly stained: Rgb | null;
}

export function fieldColours({ data }: RgbImage): FieldColours {
  const known = saturationSteps();
  const bySaturation = () => new Float64Array(SATURATION_LEVELS);
  const [counts, reds, greens, blues] = [bySaturation(), bySaturation(), bySaturation(), bySaturation()];
  for (let p = 0; p < data.length; p += 3) {
    const r = data[p] ?? 0;
    const g = data[p + 1] ?? 0;
    const b = data[p + 2] ?? 0;
    const step = known[(Math.max(r, g, b) << 8) | Math.min(r, g, b)] ?? 0;
    counts[step] = (counts[step] ?? 0) + 1;
    reds[step] = (reds[step] ?? 0) + r;
    greens[step] = (greens[step] ?? 0) + g;
    blues[step] = (blues[step] ?? 0) + b;
  }
  const mean = (from: number, to: number): Rgb => {
    let [pixels, red, green, blue] = [0, 0, 0, 0];
    for (let step = from; step < to; step++) {
      pixels += counts[step] ?? 0;
      red += reds[step] ?? 0;
      green += greens[step] ?? 0;
      blue += blues[step] ?? 0;
    }
    return [red / pixels, green / pixels, blue / pixels];
  };
  const beyond = backgroundLevel(counts, data.length / 3) + 1;
  const stained = mean(beyond, SATURATION_LEVELS);
  return { background: mean(0, beyond), stained: stained.some(Number.isNaN) ? null : stained };
}
