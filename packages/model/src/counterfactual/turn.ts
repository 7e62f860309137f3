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
  return Uint8Array.from(indices(size, symmetry), (from) => mask[from] ?? 0);
}

/** A square image under one of the {@link SYMMETRIES}. */
export function turnImage(image: RgbImage, symmetry: number): RgbImage {
  if (image.width !== image.height) throw new RangeError('Only square fields can be turned.');
  const data = new Uint8Array(image.data.length);
  indices(image.width, symmetry).forEach((from, to) => {
    data[to * 3] = image.data[from * 3] ?? 0;
    data[to * 3 + 1] = image.data[from * 3 + 1] ?? 0;
    data[to * 3 + 2] = image.data[from * 3 + 2] ?? 0;
  });
  return { ...image, data };
}
