import type { GreyImage } from './grey.ts';

/** Length of the gradient of every pixel by central differences, the border repeated; grey values a pixel. */
export function gradientLengths({ width, height, values }: GreyImage): Float64Array {
  const at = (x: number, y: number): number =>
    values[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))] ?? 0;
  const lengths = new Float64Array(values.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const across = (at(x + 1, y) - at(x - 1, y)) / 2;
      const down = (at(x, y + 1) - at(x, y - 1)) / 2;
      lengths[y * width + x] = Math.sqrt(across * across + down * down);
    }
  return lengths;
}
