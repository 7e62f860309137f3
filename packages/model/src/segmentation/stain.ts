import type { Rgb, RgbImage } from '../images/index.ts';

/** What the stain of a field absorbs, one value a pixel. */
export interface StainChannels {
  /**
   * Azure-eosin purple of nuclei: how much more green is absorbed than both blue and the mean of red and blue, in
   * optical density (log10). Grey-blue and pink red cells, which absorb broadly or spare red, stay near 0.
   */
  readonly purple: Float32Array;
  /** Optical density of green, which every part of a cell absorbs. */
  readonly green: Float32Array;
  /** Optical density of red. */
  readonly red: Float32Array;
  /** Basophilia: how much more red is absorbed than blue, in optical density. */
  readonly blue: Float32Array;
}

const BRIGHT_SHARE = 0.1;

/** The field's white point: mean colour of its brightest tenth, the light that passes beside the cells. */
export function whitePoint({ data }: RgbImage): Rgb {
  const counts = new Uint32Array(766);
  for (let i = 0; i < data.length; i += 3) {
    const sum = (data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + 2] ?? 0);
    counts[sum] = (counts[sum] ?? 0) + 1;
  }
  let level = counts.length - 1;
  for (let seen = counts[level] ?? 0; seen < (data.length / 3) * BRIGHT_SHARE; ) seen += counts[--level] ?? 0;
  const white: Rgb = [0, 0, 0];
  let n = 0;
  for (let i = 0; i < data.length; i += 3) {
    const r = data[i] ?? 0;
    const g = data[i + 1] ?? 0;
    const b = data[i + 2] ?? 0;
    if (r + g + b < level) continue;
    white[0] += r;
    white[1] += g;
    white[2] += b;
    n++;
  }
  return [white[0] / n, white[1] / n, white[2] / n];
}

const densityTable = (white: number): Float32Array =>
  Float32Array.from({ length: 256 }, (_, value) => -Math.log10((value + 1) / (white + 1)));

/** Optical densities against the field's own white point (Beer-Lambert), combined to {@link StainChannels}. */
export function stainChannels(field: RgbImage): StainChannels {
  const { data } = field;
  const [red, green, blue] = whitePoint(field).map(densityTable) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const pixels = data.length / 3;
  const channels = {
    purple: new Float32Array(pixels),
    green: new Float32Array(pixels),
    blue: new Float32Array(pixels),
    red: new Float32Array(pixels),
  };
  for (let i = 0, p = 0; i < pixels; i++, p += 3) {
    const r = red[data[p] ?? 0] ?? 0;
    const g = green[data[p + 1] ?? 0] ?? 0;
    const b = blue[data[p + 2] ?? 0] ?? 0;
    channels.purple[i] = g - Math.max(b, (r + b) / 2);
    channels.green[i] = g;
    channels.red[i] = r;
    channels.blue[i] = r - b;
  }
  return channels;
}

/** Mean over the 3 x 3 neighbourhood (fewer at the border): JPEG blocks and grain would fray a threshold. */
export function smooth(values: Float32Array, width: number, height: number): Float32Array {
  const rows = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const left = values[x > 0 ? at - 1 : at] ?? 0;
      const right = values[x < width - 1 ? at + 1 : at] ?? 0;
      rows[at] = (left + (values[at] ?? 0) + right) / 3;
    }
  }
  const smoothed = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    const up = y > 0 ? -width : 0;
    const down = y < height - 1 ? width : 0;
    for (let at = y * width; at < (y + 1) * width; at++) {
      smoothed[at] = ((rows[at + up] ?? 0) + (rows[at] ?? 0) + (rows[at + down] ?? 0)) / 3;
    }
  }
  return smoothed;
}
