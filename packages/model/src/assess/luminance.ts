import { FIELD_SIZE, type Placement, type RgbImage } from '../images/index.ts';

/** ITU-R BT.601 luminance of a field, 0..255 a pixel. */
export function luminanceOf({ data }: RgbImage): Float32Array {
  const luminance = new Float32Array(data.length / 3);
  for (let i = 0, p = 0; i < luminance.length; i++, p += 3) {
    luminance[i] = 0.299 * (data[p] ?? 0) + 0.587 * (data[p + 1] ?? 0) + 0.114 * (data[p + 2] ?? 0);
  }
  return luminance;
}

/** Quantile of values in any order; null where there are none. */
export function quantileOf(values: Float32Array, q: number): number | null {
  if (values.length === 0) return null;
  const ascending = values.toSorted();
  return ascending[Math.min(ascending.length - 1, Math.floor(q * ascending.length))] ?? null;
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
  const shown = luminance.filter((_, i) => inside(i));
  let [white, black] = [0, 0];
  for (let i = 0; i < luminance.length; i++) {
    if (!inside(i)) continue;
    const [r = 0, g = 0, b = 0] = data.subarray(3 * i, 3 * i + 3);
    if (Math.min(r, g, b) >= WHITE) white++;
    if (Math.max(r, g, b) <= BLACK) black++;
  }
  const n = Math.max(1, shown.length);
  const range = (quantileOf(shown, 0.99) ?? 0) - (quantileOf(shown, 0.01) ?? 0);
  return { range, white: white / n, black: black / n };
}
