import { maskedArea } from './masked-area.ts';

/**
 * Pixels around which a square of `2 * reach + 1` lies within the image and covers no pixel of the mask (one byte a
 * pixel, 0 or 1), row by row.
 */
export function freePlaces(mask: Uint8Array, width: number, height: number, reach: number): number[] {
  const area = maskedArea(mask, width, height);
  const free: number[] = [];
  for (let y = reach; y < height - reach; y++) {
    for (let x = reach; x < width - reach; x++) {
      if (area(x - reach, y - reach, x + reach + 1, y + reach + 1) === 0) free.push(y * width + x);
    }
  }
  return free;
}
