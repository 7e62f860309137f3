import type { RgbImage } from '../images/index.ts';

/** The eight symmetries of a square: turns by 0, 90, 180, 270 degrees, then the same mirrored. */
export const SYMMETRIES = 8;

/** For every pixel of the turned square, the index of the pixel it comes from. */
function sourceIndices(size: number, symmetry: number): Uint32Array {
  const last = size - 1;
  return Uint32Array.from({ length: size * size }, (_, i) => {
    let [y, x] = [Math.floor(i / size), i % size];
    if (symmetry >= 4) x = last - x;
    for (let turns = symmetry % 4; turns > 0; turns--) [y, x] = [x, last - y];
    return y * size + x;
  });
}

const cache = new Map<string, Uint32Array>();

function indices(size: number, symmetry: number): Uint32Array {
  const key = `${size}/${symmetry}`;
  const known = cache.get(key) ?? sourceIndices(size, symmetry);
  cache.set(key, known);
  return known;
}

/** A square mask under one of the {@link SYMMETRIES}. */
export function turnMask(mask: Uint8Array, size: number, symmetry: number): Uint8Array {
  const from = indices(size, symmetry);
  const turned = new Uint8Array(mask.length);
  for (let i = 0; i < turned.length; i++) turned[i] = mask[from[i] ?? 0] ?? 0;
  return turned;
}

/** A square image under one of the {@link SYMMETRIES}. */
export function turnImage(image: RgbImage, symmetry: number): RgbImage {
  if (image.width !== image.height) throw new RangeError('Only square fields can be turned.');
  const data = new Uint8Array(image.data.length);
  const from = indices(image.width, symmetry);
  for (let i = 0, to = 0; i < from.length; i++, to += 3) {
    const source = 3 * (from[i] ?? 0);
    data[to] = image.data[source] ?? 0;
    data[to + 1] = image.data[source + 1] ?? 0;
    data[to + 2] = image.data[source + 2] ?? 0;
  }
  return { ...image, data };
}
