/** An 8-bit sRGB image: `data` holds `height * width * 3` bytes, row by row, R G B. */
export interface RgbImage {
  width: number;
  height: number;
  data: Uint8Array;
}

/** A part of an image, pixels; `right` and `bottom` are the first column and row outside. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Side of the square field that every network and mask works on, in pixels. */
export const FIELD_SIZE = 224;

export type Rgb = [number, number, number];

/** What red, green and blue give to luminance (ITU-R BT.601). */
export const LUMINANCE: Readonly<Rgb> = [0.299, 0.587, 0.114];

/** Luminance of the pixel whose red lies at `at`, 0..255. */
export const luminanceAt = (data: Uint8Array, at: number): number =>
  LUMINANCE[0] * (data[at] ?? 0) + LUMINANCE[1] * (data[at + 1] ?? 0) + LUMINANCE[2] * (data[at + 2] ?? 0);

/** A one-coloured image. */
export function createImage(width: number, height: number, [r, g, b]: Readonly<Rgb>): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i += 3) {
    data[i] = r;
    data[i + 1] = g;
    data[i + 2] = b;
  }
  return { width, height, data };
}
