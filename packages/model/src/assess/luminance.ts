import { FIELD_SIZE, luminanceAt, type Placement, type RgbImage } from '../images/index.ts';

/** Luminance of a field, 0..255 a pixel. */
export function luminanceOf({ data }: RgbImage): Float32Array {
  const luminance = new Float32Array(data.length / 3);
  for (let i = 0; i < luminance.length; i++) luminance[i] = luminanceAt(data, 3 * i);
  return luminance;
}

/** Moves the value that would stand at `rank` of the ascending order there (Hoare's selection). */
function select(values: Float32Array, rank: number): number | undefined {
  let [from, to] = [0, values.length - 1];
  while (from < to) {
    const pivot = values[rank] ?? 0;
    let [i, j] = [from, to];
    while (i <= j) {
      while ((values[i] ?? 0) < pivot) i++;
      while ((values[j] ?? 0) > pivot) j--;
      if (i > j) break;
      const held = values[i] ?? 0;
      values[i++] = values[j] ?? 0;
      values[j--] = held;
    }
    if (j < rank) from = i;
    if (rank < i) to = j;
  }
  return values[rank];
}

/** Quantile of values in any order; null where there are none. */
export function quantileOf(values: Float32Array, q: number): number | null {
  const rank = Math.min(values.length - 1, Math.floor(q * values.length));
  return select(values.slice(), rank) ?? null;
}

/** Whether a pixel of the field shows the image and not the margin around it. */
export function insideOf({ left, top, width, height }: Omit<Placement, 'scale'>): (i: number) => boolean {
  return (i) => {
    const x = (i % FIELD_SIZE) - left;
    const y = Math.floor(i / FIELD_SIZE) - top;
    return x >= 0 && y >= 0 && x < width && y < height;
  };
}

/** How a field is lit. */
export interface Exposure {
  /** 1st to 99th percentile of luminance, 0..255. */
  readonly range: number;
  /** Share of pixels white in every channel, and black in every channel. */
  readonly white: number;
  readonly black: number;
}

const WHITE = 253;
const BLACK = 5;

/** Measures the light of the part of the field that shows the image. */
export function exposureOf(
  { data }: RgbImage,
  luminance: Float32Array,
  inside: (i: number) => boolean,
): Exposure {
  const shown = new Float32Array(luminance.length);
  let [count, white, black] = [0, 0, 0];
  for (let i = 0, p = 0; i < luminance.length; i++, p += 3) {
    if (!inside(i)) continue;
    shown[count++] = luminance[i] ?? 0;
    const [r, g, b] = [data[p] ?? 0, data[p + 1] ?? 0, data[p + 2] ?? 0];
    if (r >= WHITE && g >= WHITE && b >= WHITE) white++;
    if (r <= BLACK && g <= BLACK && b <= BLACK) black++;
  }
  const levels = shown.subarray(0, count);
  const n = Math.max(1, count);
  const range = (quantileOf(levels, 0.99) ?? 0) - (quantileOf(levels, 0.01) ?? 0);
  return { range, white: white / n, black: black / n };
}
