import type { RgbImage } from '../images/index.ts';

/** Averages an image down to `size` x `size`, whatever its shape; smaller images repeat pixels. */
export function shrink({ width, height, data }: RgbImage, size: number): RgbImage {
  const out = new Uint8Array(size * size * 3);
  const columns = Array.from({ length: size }, (_, x) => span(x, width, size));
  for (let y = 0; y < size; y++) {
    const [top, bottom] = span(y, height, size);
    for (let x = 0; x < size; x++) {
      const [left, right] = columns[x] ?? [0, 1];
      let r = 0;
      let g = 0;
      let b = 0;
      for (let v = top; v < bottom; v++) {
        for (let i = 3 * (v * width + left); i < 3 * (v * width + right); i += 3) {
          r += data[i] ?? 0;
          g += data[i + 1] ?? 0;
          b += data[i + 2] ?? 0;
        }
      }
      const n = (bottom - top) * (right - left);
      out.set([r / n, g / n, b / n], 3 * (y * size + x));
    }
  }
  return { width: size, height: size, data: out };
}

/** First and one-past-last source pixel of target pixel `i`. */
function span(i: number, from: number, to: number): [number, number] {
  const start = Math.floor((i * from) / to);
  return [start, Math.max(start + 1, Math.floor(((i + 1) * from) / to))];
}
