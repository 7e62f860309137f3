import type { Box } from '../../images/index.ts';

const area = ({ left, top, right, bottom }: Box): number =>
  Math.max(0, right - left) * Math.max(0, bottom - top);

/** Intersection over union of two boxes, 0..1. */
export function boxIou(a: Box, b: Box): number {
  const both = area({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  return both === 0 ? 0 : both / (area(a) + area(b) - both);
}

/** How many boxes were found rightly: each true box is met by one found box at most, the best pairs first. */
export function matchBoxes(found: readonly Box[], truth: readonly Box[], leastIou = 0.5): number {
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
