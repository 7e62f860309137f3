import { coverWhere, type Rgb, type RgbImage } from '../../images/index.ts';
import { growMask } from '../../segmentation/morphology.ts';
import type { TrainingField } from '../fields.ts';

/** A square piece of a field with its masks, 0|1 a pixel. */
export interface Patch {
  readonly image: RgbImage;
  readonly cell: Uint8Array;
  readonly nucleus: Uint8Array;
}

/** Which part of a field is cut, in its pixels, and by how much it is enlarged. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly scale: number;
}

/** Where the pixels of the patch lie on one axis of the field: two neighbours each, and the weight of the second. */
interface Taps {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly weight: Float64Array;
}

function taps(start: number, scale: number, side: number, length: number): Taps {
  const found = {
    low: new Int32Array(side),
    high: new Int32Array(side),
    weight: new Float64Array(side),
  };
  for (let i = 0; i < side; i++) {
    const at = Math.min(Math.max(start + (i + 0.5) / scale - 0.5, 0), length - 1);
    const low = Math.floor(at);
    found.low[i] = low;
    found.high[i] = Math.min(low + 1, length - 1);
    found.weight[i] = at - low;
  }
  return found;
}

/** Reads `channels` interleaved values a pixel between the field's pixels (bilinear). */
function resample(
  source: Uint8Array,
  width: number,
  channels: number,
  [rows, columns]: readonly [Taps, Taps],
): Float32Array {
  const [height, across] = [rows.low.length, columns.low.length];
  const result = new Float32Array(height * across * channels);
  for (let y = 0, out = 0; y < height; y++) {
    const upper = (rows.low[y] ?? 0) * width;
    const lower = (rows.high[y] ?? 0) * width;
    const down = rows.weight[y] ?? 0;
    for (let x = 0; x < across; x++) {
      const low = columns.low[x] ?? 0;
      const high = columns.high[x] ?? 0;
      const right = columns.weight[x] ?? 0;
      for (let c = 0; c < channels; c++, out++) {
        const at = (place: number): number => source[place * channels + c] ?? 0;
        const above = at(upper + low) * (1 - right) + at(upper + high) * right;
        const below = at(lower + low) * (1 - right) + at(lower + high) * right;
        result[out] = above * (1 - down) + below * down;
      }
    }
  }
  return result;
}

function rounded(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.round(values[i] ?? 0);
  return bytes;
}

/** 1 where the value is at least one half. */
function half(soft: Float32Array): Uint8Array {
  const mask = new Uint8Array(soft.length);
  for (let i = 0; i < mask.length; i++) mask[i] = (soft[i] ?? 0) >= 0.5 ? 1 : 0;
  return mask;
}

/** Whether the window of `side` x `side` pixels after enlargement shows a pixel of a white cell. */
export function showsCell(field: TrainingField, { left, top, scale }: Window, side: number): boolean {
  const [first, last] = [Math.ceil(left), Math.floor(left + side / scale)];
  for (let y = Math.ceil(top); y < top + side / scale; y++) {
    const row = y * field.image.width;
    if (field.cells.subarray(row + first, row + last).includes(1)) return true;
  }
  return false;
}

/** Cuts a window of `side` x `side` pixels after enlargement out of a field. */
export function cutPatch(field: TrainingField, { left, top, scale }: Window, side: number): Patch {
  const { width, height, data } = field.image;
  const lines = [taps(top, scale, side, height), taps(left, scale, side, width)] as const;
  const image = {
    width: side,
    height: side,
    data: rounded(resample(data, width, 3, lines)),
  };
  const cell = half(resample(field.cells, width, 1, lines));
  return { image, cell, nucleus: half(resample(field.nucleus, width, 1, lines)) };
}

/** The image where `mask`, grown by `margin` pixels, equals `where` replaced by one colour. */
function covered({ image, cell }: Patch, where: 0 | 1, margin: number, colour: Readonly<Rgb>): RgbImage {
  return coverWhere(image, growMask(cell, image.width, image.height, margin), where, colour);
}

/** White cells and `margin` pixels around them painted over: what is left of them is no cell. */
export function withoutCells(patch: Patch, margin: number, colour: Readonly<Rgb>): Patch {
  const none = new Uint8Array(patch.cell.length);
  return { image: covered(patch, 1, margin, colour), cell: none, nucleus: none };
}

/** Everything but the white cells and `margin` pixels around them painted over. */
export const onlyCells = (patch: Patch, margin: number, colour: Readonly<Rgb>): Patch => ({
  ...patch,
  image: covered(patch, 0, margin, colour),
});
