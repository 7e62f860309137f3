import type { Rgb, RgbImage } from '../images/index.ts';

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
  // Of every sum of the three channels how many pixels have it, and the sums of their channels.
  const counts = new Float64Array(766);
  const [reds, greens, blues] = [counts.slice(), counts.slice(), counts.slice()];
  for (let i = 0; i < data.length; i += 3) {
    const r = data[i] ?? 0;
    const g = data[i + 1] ?? 0;
    const b = data[i + 2] ?? 0;
    const sum = r + g + b;
    counts[sum] = (counts[sum] ?? 0) + 1;
    reds[sum] = (reds[sum] ?? 0) + r;
    greens[sum] = (greens[sum] ?? 0) + g;
    blues[sum] = (blues[sum] ?? 0) + b;
  }
  const wanted = (data.length / 3) * BRIGHT_SHARE;
  let [level, seen] = [counts.length, 0];
  const white: Rgb = [0, 0, 0];
  do {
    level--;
    seen += counts[level] ?? 0;
    white[0] += reds[level] ?? 0;
    white[1] += greens[level] ?? 0;
    white[2] += blues[level] ?? 0;
  } while (seen < wanted);
  return [white[0] / seen, white[1] / seen, white[2] / seen];
}

/** Optical density of every byte value of a channel, against its value where light passes freely. */
export const densityTable = (white: number): Float32Array =>
  Float32Array.from({ length: 256 }, (_, value) => -Math.log10((value + 1) / (white + 1)));

/** Optical densities against the field's own white point (Beer-Lambert), as they are. */
export function stainDensities(field: RgbImage): StainChannels {
  const { width, height, data } = field;
  const [whiteRed, whiteGreen, whiteBlue] = whitePoint(field);
  const [reds, greens, blues] = [densityTable(whiteRed), densityTable(whiteGreen), densityTable(whiteBlue)];
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
    purple[i] = g - b - r / 2 - 1.5 * Math.max(0, b - r);
    azure[i] = (purple[i] ?? 0) + Math.max(0, r - b);
  }
  return { red, green, purple, azure };
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

/** Mean over 3 x 3 pixels, the border repeated: JPEG blocks and grain would fray a threshold. */
export function smooth(values: Float32Array, width: number, height: number): Float32Array {
  const rows = new Float32Array(values.length);
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
  const smoothed = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    const up = y > 0 ? -width : 0;
    const down = y < height - 1 ? width : 0;
    for (let at = y * width; at < (y + 1) * width; at++) {
      smoothed[at] = ((rows[at + up] ?? 0) + (rows[at] ?? 0) + (rows[at + down] ?? 0)) / 9;
    }
  }
  return smoothed;
}
