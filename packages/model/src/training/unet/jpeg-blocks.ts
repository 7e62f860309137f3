import { clampByte, type RgbImage } from '../../images/index.ts';

const BLOCK = 8;
/** The 8-point cosine transform, orthonormal: 8 x 8, a row a frequency. */
const FORWARDS = Float64Array.from({ length: BLOCK * BLOCK }, (_, i) => {
  const [k, x] = [i >> 3, i & 7];
  const norm = Math.sqrt((k === 0 ? 1 : 2) / BLOCK);
  return norm * Math.cos(((2 * x + 1) * k * Math.PI) / (2 * BLOCK));
});
/** Its inverse, which is its transpose. */
const BACKWARDS = FORWARDS.map((_, i) => FORWARDS[(i & 7) * BLOCK + (i >> 3)] ?? 0);

/** Every row of `source` (8 x 8) times the transform, written to `result` as a column. */
function along(source: Float64Array, transform: Float64Array, result: Float64Array): void {
  for (let row = 0; row < BLOCK; row++) {
    for (let k = 0; k < BLOCK; k++) {
      let sum = 0;
      for (let x = 0; x < BLOCK; x++) sum += (source[row * BLOCK + x] ?? 0) * (transform[k * BLOCK + x] ?? 0);
      result[k * BLOCK + row] = sum;
    }
  }
}

/** Rounds every 8 x 8 block's cosine coefficients as a JPEG does: coarser for higher frequencies, by `step`. */
export function jpegBlocks(image: RgbImage, step: number): RgbImage {
  const { width, height } = image;
  const data = image.data.slice();
  const [block, turned] = [new Float64Array(BLOCK * BLOCK), new Float64Array(BLOCK * BLOCK)];
  for (let top = 0; top + BLOCK <= height; top += BLOCK) {
    for (let left = 0; left + BLOCK <= width; left += BLOCK) {
      for (let c = 0; c < 3; c++) {
        const at = (i: number) => ((top + (i >> 3)) * width + left + (i & 7)) * 3 + c;
        for (let i = 0; i < block.length; i++) block[i] = data[at(i)] ?? 0;
        along(block, FORWARDS, turned);
        along(turned, FORWARDS, block);
        for (let i = 0; i < block.length; i++) {
          const coarse = step * (1 + ((i >> 3) + (i & 7)) / 3);
          block[i] = Math.round((block[i] ?? 0) / coarse) * coarse;
        }
        along(block, BACKWARDS, turned);
        along(turned, BACKWARDS, block);
        for (let i = 0; i < block.length; i++) data[at(i)] = clampByte(block[i] ?? 0);
      }
    }
  }
  return { ...image, data };
}
