import type { Rgb, RgbImage } from '../../images/index.ts';
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

interface Tap {
  readonly low: number;
  readonly high: number;
  readonly weight: number;
}

/** Where the pixels of the patch lie on one axis of the field: two neighbours and the weight of the second. */
function taps(start: number, scale: number, side: number, length: number): Tap[] {
  return Array.from({ length: side }, (_, i) => {
    const at = Math.min(Math.max(start + (i + 0.5) / scale - 0.5, 0), length - 1);
    const low = Math.floor(at);
    return { low, high: Math.min(low + 1, length - 1), weight: at - low };
  });
}

/** Reads `channels` interleaved values a pixel between the field's pixels (bilinear). */
function resample(
  source: Uint8Array,
  width: number,
  channels: number,
  [rows, columns]: readonly [readonly Tap[], readonly Tap[]],
): Float32Array {
  const result = new Float32Array(rows.length * columns.length * channels);
  let out = 0;
  for (const y of rows) {
    const [upper, lower] = [y.low * width * channels, y.high * width * channels];
    for (const x of columns) {
      for (let c = 0; c < channels; c++) {
        const [low, high] = [x.low * channels + c, x.high * channels + c];
        const above = (source[upper + low] ?? 0) * (1 - x.weight) + (source[upper + high] ?? 0) * x.weight;
        const below = (source[lower + low] ?? 0) * (1 - x.weight) + (source[lower + high] ?? 0) * x.weight;
        result[out++] = above * (1 - y.weight) + below * y.weight;
      }
    }
  }
  return result;
}

const half = (soft: Float32Array): Uint8Array => Uint8Array.from(soft, (v) => (v >= 0.5 ? 1 : 0));

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
    data: Uint8Array.from(resample(data, width, 3, lines), Math.round),
  };
  const cell = half(resample(field.cells, width, 1, lines));
  return { image, cell, nucleus: half(resample(field.nucleus, width, 1, lines)) };
}

/** The image where `mask`, grown by `margin` pixels, equals `where` replaced by one colour. */
function covered({ image, cell }: Patch, where: 0 | 1, margin: number, colour: Readonly<Rgb>): RgbImage {
  const grown = growMask(cell, image.width, image.height, margin);
  const data = image.data.slice();
  for (let i = 0; i < grown.length; i++) if (grown[i] === where) data.set(colour, i * 3);
  return { ...image, data };
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
