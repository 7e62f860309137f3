import type { CellCount } from '../count-cells.ts';

/** A rectangle in pixels: `left` and `top` inside, `right` and `bottom` the first column and row outside. */
export interface CellBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The rectangles around the cells of a count, in the order of their numbers. */
export function boxesOf({ labels, count }: CellCount, width: number): CellBox[] {
  const boxes = Array.from({ length: count }, () => ({
    left: Number.POSITIVE_INFINITY,
    top: Number.POSITIVE_INFINITY,
    right: 0,
    bottom: 0,
  }));
  for (let i = 0; i < labels.length; i++) {
    const box = boxes[(labels[i] ?? 0) - 1];
    if (!box) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x + 1);
    box.bottom = Math.max(box.bottom, y + 1);
  }
  return boxes;
}

const area = ({ left, top, right, bottom }: CellBox): number =>
  Math.max(0, right - left) * Math.max(0, bottom - top);

/** Intersection over union of two boxes, 0..1. */
export function boxIou(a: CellBox, b: CellBox): number {
  const both = area({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  return both === 0 ? 0 : both / (area(a) + area(b) - both);
}

/** How many boxes were found rightly: each true box is met by one found box at most, the best pairs first. */
export function matchBoxes(found: readonly CellBox[], truth: readonly CellBox[], leastIou = 0.5): number {
  const pairs = found.flatMap((f, i) => truth.map((t, j) => ({ i, j, iou: boxIou(f, t) })));
  const [usedFound, usedTruth] = [new Set<number>(), new Set<number>()];
  for (const { i, j, iou } of pairs.sort((a, b) => b.iou - a.iou)) {
    if (iou < leastIou) break;
    if (usedFound.has(i) || usedTruth.has(j)) continue;
    usedFound.add(i);
    usedTruth.add(j);
  }
  return usedTruth.size;
}
