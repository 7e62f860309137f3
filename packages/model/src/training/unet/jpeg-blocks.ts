import type { RgbImage } from '../../images/index.ts';

const BLOCK = 8;
/** Basis of the 8-point cosine transform, orthonormal: [frequency][position]. */
const BASIS = Array.from({ length: BLOCK }, (_, k) =>
  Float64Array.from({ length: BLOCK }, (_, x) => {
    const norm = Math.sqrt((k === 0 ? 1 : 2) / BLOCK);
    return norm * Math.cos(((2 * x + 1) * k * Math.PI) / (2 * BLOCK));
  }),
);

/** `values` (8 x 8, row by row) times the basis or its inverse along both axes. */
function transform(values: Float64Array, inverse: boolean): Float64Array {
  const along = (source: Float64Array): Float64Array => {
    const result = new Float64Array(BLOCK * BLOCK);
    for (let row = 0; row < BLOCK; row++) {
      for (let k = 0; k < BLOCK; k++) {
        let sum = 0;
        for (let x = 0; x < BLOCK; x++) {
          const weight = inverse ? BASIS[x]?.[k] : BASIS[k]?.[x];
          sum += (source[row * BLOCK + x] ?? 0) * (weight ?? 0);
        }
        // Written transposed, so that the second pass goes along the other axis.
        result[k * BLOCK + row] = sum;
      }
    }
    return result;
  };
  return along(along(values));
}

/** Rounds every 8 x 8 block's cosine coefficients as a JPEG does: coarser for higher frequencies, by `step`. */
export function jpegBlocks(image: RgbImage, step: number): RgbImage {
  const { width, height } = image;
  const data = image.data.slice();
  const block = new Float64Array(BLOCK * BLOCK);
  for (let top = 0; top + BLOCK <= height; top += BLOCK) {
    for (let left = 0; left + BLOCK <= width; left += BLOCK) {
      for (let c = 0; c < 3; c++) {
        const at = (i: number) => ((top + (i >> 3)) * width + left + (i & 7)) * 3 + c;
        for (let i = 0; i < block.length; i++) block[i] = data[at(i)] ?? 0;
        const coefficients = transform(block, false);
        for (let i = 0; i < block.length; i++) {
          const coarse = step * (1 + ((i >> 3) + (i & 7)) / 3);
          coefficients[i] = Math.round((coefficients[i] ?? 0) / coarse) * coarse;
        }
        transform(coefficients, true).forEach((v, i) => {
          data[at(i)] = Math.max(0, Math.min(255, Math.round(v)));
        });
      }
    }
  }
  return { ...image, data };
}
