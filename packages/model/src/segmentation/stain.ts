import type { Rgb, RgbImage } from '../images/index.ts';
import { floats, workspace } from '../memory/index.ts';

/** What the stain of a field absorbs, one optical density (log10) a pixel. */
export interface StainChannels {
  readonly red: Float32Array;
  /** Green light is absorbed by every part of a cell. */
  readonly green: Float32Array;
  /**
   * Azure-eosin purple of nuclei: how much more green is absorbed than blue and half the red, less where blue is
   * absorbed more than red. Grey-blue red cells, which absorb broadly, and pink ones, which absorb blue rather than red, stay near 0.
   */
  readonly purple: Float32Array;
  /** Purple plus basophilia (red absorbed more than blue): nuclei and blue cytoplasm alike. */
  readonly azure: Float32Array;
}

const BRIGHT_SHARE = 0.1;

/** The field's white point: mean colour of its brightest tenth, the light that passes beside the cells. */
export function whitePoint({ data }: RgbImage): Rgb {
  // By the sum of a pixel's channels: how many pixels have it, and their red and green.
  const bySum = new Uint32Array(3 * (3 * 255 + 1));
  for (let i = 0; i < data.length; i += 3) {
    const [r, g, b] = [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0];
    const at = 3 * (r + g + b);
    bySum[at] = (bySum[at] ?? 0) + 1;
    bySum[at + 1] = (bySum[at + 1] ?? 0) + r;
    bySum[at + 2] = (bySum[at + 2] ?? 0) + g;
  }
  const wanted = (data.length / 3) * BRIGHT_SHARE;
  let [seen, all, red, green] = [0, 0, 0, 0];
  for (let sum = 3 * 255; sum >= 0 && seen < wanted; sum--) {
    const pixels = bySum[3 * sum] ?? 0;
    seen += pixels;
    all += pixels * sum;
    red += bySum[3 * sum + 1] ?? 0;
    green += bySum[3 * sum + 2] ?? 0;
  }
  return [red / seen, green / seen, (all - red - green) / seen];
}

/** Optical density of every byte value of a channel, against its value where light passes freely. */
export function densityTable(white: number): Float32Array {
  const table = new Float32Array(256);
  for (let value = 0; value < table.length; value++) table[value] = -Math.log10((value + 1) / (white + 1));
  return table;
}

/** What the byte values of red, green and blue absorb. */
export type DensityTables = readonly [Float32Array, Float32Array, Float32Array];

/** What a channel's byte values absorb, against the field's own white point. */
export function densityTables(field: RgbImage): DensityTables {
  const [red, green, blue] = whitePoint(field);
  return [densityTable(red), densityTable(green), densityTable(blue)];
}

/** See {@link StainChannels}, of one pixel's optical densities. */
const purpleOf = (red: number, green: number, blue: number): number =>
  green - blue - red / 2 - 1.5 * Math.max(0, blue - red);

/** Optical densities against the field's own white point (Beer-Lambert), as they are. */
export function stainDensities(field: RgbImage, tables = densityTables(field)): StainChannels {
  const { width, height, data } = field;
  const [reds, greens, blues] = tables;
  const pixels = width * height;
  const red = new Float32Array(pixels);
  const green = new Float32Array(pixels);
  const purple = new Float32Array(pixels);
  const azure = new Float32Array(pixels);
  for (let i = 0, p = 0; i < pixels; i++, p += 3) {
    const r = reds[data[p] ?? 0] ?? 0;
    const g = greens[data[p + 1] ?? 0] ?? 0;
    const b = blues[data[p + 2] ?? 0] ?? 0;
    red[i] = r;
    green[i] = g;
    purple[i] = purpleOf(r, g, b);
    azure[i] = (purple[i] ?? 0) + Math.max(0, r - b);
  }
  return { red, green, purple, azure };
}

const densities = workspace(floats);

/** The purple of {@link stainChannels} alone, smoothed; the next call takes it away. */
export function purpleChannel(
  { width, height, data }: RgbImage,
  [reds, greens, blues]: DensityTables,
): Float32Array {
  const purple = densities(width * height);
  for (let i = 0, p = 0; i < purple.length; i++, p += 3) {
    const r = reds[data[p] ?? 0] ?? 0;
    const g = greens[data[p + 1] ?? 0] ?? 0;
    const b = blues[data[p + 2] ?? 0] ?? 0;
    purple[i] = purpleOf(r, g, b);
  }
  return smooth(purple, width, height, purple);
}

/** The same, green, purple and azure smoothed over 3 x 3. */
export function stainChannels(field: RgbImage): StainChannels {
  const { width, height } = field;
  const { red, green, purple, azure } = stainDensities(field);
  return {
    red,
    green: smooth(green, width, height),
    purple: smooth(purple, width, height),
    azure: smooth(azure, width, height),
  };
}

const sums = workspace(floats);

/**
 * Mean over 3 x 3 pixels, the border repeated: JPEG blocks and grain would fray a threshold.
 * @param target Where it is written to; may be `values` itself.
 */
export function smooth(
  values: Float32Array,
  width: number,
  height: number,
  target: Float32Array = new Float32Array(values.length),
): Float32Array {
  const rows = sums(values.length);
  for (let start = 0; start < values.length; start += width) {
    let left = values[start] ?? 0;
    let here = left;
    for (let at = start; at < start + width - 1; at++) {
      const right = values[at + 1] ?? 0;
      rows[at] = left + here + right;
      left = here;
      here = right;
    }
    rows[start + width - 1] = left + here + here;
  }
  for (let y = 0; y < height; y++) {
    const up = y > 0 ? -width : 0;
    const down = y < height - 1 ? width : 0;
    for (let at = y * width; at < (y + 1) * width; at++) {
      target[at] = ((rows[at + up] ?? 0) + (rows[at] ?? 0) + (rows[at + down] ?? 0)) / 9;
    }
  }
  return target;
}
