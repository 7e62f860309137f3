/**
 * Pixels around which a square of `2 * reach + 1` lies within the image and covers no pixel of the mask (one byte a
 * pixel, 0 or 1), row by row.
 */
export function freePlaces(mask: Uint8Array, width: number, height: number, reach: number): number[] {
  const sums = summedArea(mask, width, height);
  const at = (x: number, y: number): number => sums[y * (width + 1) + x] ?? 0;
  const free: number[] = [];
  for (let y = reach; y < height - reach; y++) {
    for (let x = reach; x < width - reach; x++) {
      const [left, right, top, bottom] = [x - reach, x + reach + 1, y - reach, y + reach + 1];
      if (at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top) === 0)
        free.push(y * width + x);
    }
  }
  return free;
}

/** Sums over the rectangles from the upper left corner, `(width + 1) * (height + 1)` values. */
function summedArea(mask: Uint8Array, width: number, height: number): Uint32Array {
  const sums = new Uint32Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += mask[y * width + x] ?? 0;
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] ?? 0) + row;
    }
  }
  return sums;
}
