import type { Size } from '../zoom.ts';
import type { Rect } from './strokes.ts';

const FILL = 115;

/**
 * The part of a mask (row-major, 1 inside) within `rect` as RGBA pixels of a colour: its rim opaque, its inside half
 * transparent or, as `outline`, clear. A pixel is rim where one of its four neighbours is outside the mask or the image.
 */
export function tintMask(
  mask: Uint8Array,
  { width, height }: Size,
  rect: Rect,
  { mode, color }: { mode: 'fill' | 'outline'; color: readonly [number, number, number] },
): Uint8ClampedArray<ArrayBuffer> {
  const across = rect.right - rect.left;
  const pixels = new Uint8ClampedArray(4 * across * (rect.bottom - rect.top));
  const inside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && mask[y * width + x] === 1;
  for (let y = rect.top; y < rect.bottom; y += 1) {
    for (let x = rect.left; x < rect.right; x += 1) {
      if (!inside(x, y)) continue;
      const rim = !inside(x - 1, y) || !inside(x + 1, y) || !inside(x, y - 1) || !inside(x, y + 1);
      const at = 4 * ((y - rect.top) * across + (x - rect.left));
      pixels.set(color, at);
      pixels[at + 3] = rim ? 255 : mode === 'fill' ? FILL : 0;
    }
  }
  return pixels;
}

/** The rectangle with one pixel more on every side, within the image: where a rim may have changed. */
export const withRim = ({ left, top, right, bottom }: Rect, { width, height }: Size): Rect => ({
  left: Math.max(0, left - 1),
  top: Math.max(0, top - 1),
  right: Math.min(width, right + 1),
  bottom: Math.min(height, bottom + 1),
});
