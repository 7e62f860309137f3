/** Masked pixels of the rectangle from column `left` and row `top` up to, but without, column `right` and row `bottom`. */
export type MaskedArea = (left: number, top: number, right: number, bottom: number) => number;

/** Counts the pixels of a mask (0|1 a pixel) in rectangles within it, by a summed-area table (Crow 1984). */
export function maskedArea(mask: Uint8Array, width: number, height: number): MaskedArea {
  const across = width + 1;
  const sums = new Uint32Array(across * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += mask[y * width + x] ?? 0;
      sums[(y + 1) * across + x + 1] = (sums[y * across + x + 1] ?? 0) + row;
    }
  }
  const at = (x: number, y: number): number => sums[y * across + x] ?? 0;
  return (left, top, right, bottom) => at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top);
}
