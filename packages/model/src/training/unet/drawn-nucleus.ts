import type { Outline } from '../../generator/outline.ts';
import type { SeededRandom } from '../../random/index.ts';

/** A piece of a nucleus: everything within `radius` pixels of the line between two points. */
export interface Lobe {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly radius: number;
}

/** Depth of a point inside the union of the lobes in pixels, negative outside. */
export function lobeDepth(lobes: readonly Lobe[], x: number, y: number): number {
  let depth = Number.NEGATIVE_INFINITY;
  for (const { from, to, radius } of lobes) {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const [px, py] = [x - from[0], y - from[1]];
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : Math.min(Math.max((px * dx + py * dy) / length, 0), 1);
    const [ex, ey] = [px - along * dx, py - along * dy];
    depth = Math.max(depth, radius - Math.sqrt(ex * ex + ey * ey));
  }
  return depth;
}

const BEND_PIECES = 6;

/** A round, bent or lobed nucleus inside a cell, as lymphocytes, monocytes and granulocytes have them. */
export function drawNucleus({ x, y, radius }: Outline, random: SeededRandom): Lobe[] {
  const between = (low: number, high: number) => low + random.next() * (high - low);
  const start = between(0, 2 * Math.PI);
  const around = (angle: number, share: number): readonly [number, number] => [
    x + radius * share * Math.cos(angle),
    y + radius * share * Math.sin(angle),
  ];
  const kind = random.int(4);
  if (kind < 2) {
    const share = between(0.5, 0.92);
    const slack = 0.9 * (1 - share);
    const from = around(start, slack * between(0, 1));
    const to = around(between(0, 2 * Math.PI), slack * between(0, 1));
    return [{ from, to, radius: radius * share * 0.95 }];
  }
  if (kind === 2) {
    const [span, ring, thickness] = [between(1.6, 4.6), between(0.4, 0.55), between(0.24, 0.38)];
    return Array.from({ length: BEND_PIECES }, (_, i) => ({
      from: around(start + (span * i) / BEND_PIECES, ring),
      to: around(start + (span * (i + 1)) / BEND_PIECES, ring),
      radius: radius * thickness,
    }));
  }
  const count = 2 + random.int(4);
  const ring = between(0.35, 0.55);
  const step = between(1.1, (2 * Math.PI) / count);
  const centres = Array.from({ length: count }, (_, i) => around(start + i * step, ring * between(0.8, 1.2)));
  const strand = random.next() < 0.7 ? between(0.06, 0.16) : 0;
  return centres.flatMap((centre, i) => {
    const lobe = { from: centre, to: centre, radius: radius * between(0.24, 0.38) };
    const before = centres[i - 1];
    return before && strand > 0 ? [lobe, { from: before, to: centre, radius: radius * strand }] : [lobe];
  });
}
