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

const [RED, GREEN, BLUE] = LUMINANCE;

/** Luminance of the pixel whose red lies at `at`, 0..255. */
export const luminanceAt = (data: Uint8Array, at: number): number =>
  RED * (data[at] ?? 0) + GREEN * (data[at + 1] ?? 0) + BLUE * (data[at + 2] ?? 0);

/** A one-coloured image. */
export function createImage(width: number, height: number, [r, g, b]: Readonly<Rgb>): RgbImage {
  const data = new Uint8Array(width * height * 3);
  [data[0], data[1], data[2]] = [r, g, b];
  for (let painted = 3; painted < data.length; painted *= 2) data.copyWithin(painted, 0, painted);
  return { width, height, data };
}
