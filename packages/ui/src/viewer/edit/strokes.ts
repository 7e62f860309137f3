import type { Size } from '../zoom.ts';

/** A line drawn with a round tip: `size` pixels across (odd), `points` pixels of the image as x, y, x, y ... */
export interface Stroke {
  readonly tool: 'brush' | 'eraser';
  readonly size: number;
  readonly points: readonly number[];
}

/** A change of a mask; `reset` goes back to the model's, or to an empty one without a model. */
export type MaskEdit = Stroke | { readonly tool: 'reset' };

/** Pixels from `left`, `top` up to and without `right`, `bottom`. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Widths of the tip, in pixels of the image: odd, so that a pixel stands in the middle. */
export const TIP_SIZES = [1, 3, 5, 9, 15, 25, 41, 65] as const;

const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));

/**
 * Paints the line between two pixels into `mask` (row-major, 1 inside, 0 outside): every pixel whose centre lies within
 * half the tip's width of the line between the two centres. Returns the rectangle that may have changed.
 */
function paintLine(
  mask: Uint8Array,
  { width, height }: Size,
  line: { from: readonly [number, number]; to: readonly [number, number]; tip: number; value: 0 | 1 },
): Rect {
  const { from, to, value } = line;
  const radius = line.tip / 2;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length2 = dx * dx + dy * dy;
  const rect = {
    left: clamp(Math.ceil(Math.min(from[0], to[0]) - radius), width),
    top: clamp(Math.ceil(Math.min(from[1], to[1]) - radius), height),
    right: clamp(Math.floor(Math.max(from[0], to[0]) + radius) + 1, width),
    bottom: clamp(Math.floor(Math.max(from[1], to[1]) + radius) + 1, height),
  };
  for (let y = rect.top; y < rect.bottom; y += 1) {
    for (let x = rect.left; x < rect.right; x += 1) {
      const [px, py] = [x - from[0], y - from[1]];
      const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length2));
      const [ox, oy] = [px - along * dx, py - along * dy];
      if (ox * ox + oy * oy <= radius * radius) mask[y * width + x] = value;
    }
  }
  return rect;
}

/** Paints a stroke from its `from`-th point on into `mask`, in place; null: it has no such point. */
export function paintStroke(mask: Uint8Array, image: Size, stroke: Stroke, from = 0): Rect | null {
  const { points, size: tip } = stroke;
  const value = stroke.tool === 'brush' ? 1 : 0;
  const at = (i: number): [number, number] => [points[2 * i] ?? 0, points[2 * i + 1] ?? 0];
  let changed: Rect | null = null;
  for (let i = from; 2 * i + 1 < points.length; i += 1) {
    const rect = paintLine(mask, image, { from: at(Math.max(0, i - 1)), to: at(i), tip, value });
    changed = changed ? union(changed, rect) : rect;
  }
  return changed;
}

const union = (a: Rect, b: Rect): Rect => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
});

/** The mask after all edits: of `base`, or of `model` since the last reset. Leaves both as they are. */
export function replay(
  edits: readonly MaskEdit[],
  { base, model }: { base: Uint8Array; model: Uint8Array },
  image: Size,
): Uint8Array {
  const reset = edits.findLastIndex(({ tool }) => tool === 'reset');
  const mask = (reset < 0 ? base : model).slice();
  for (const edit of edits.slice(reset + 1)) if (edit.tool !== 'reset') paintStroke(mask, image, edit);
  return mask;
}
