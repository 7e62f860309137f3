/** Directions along pixel edges, clockwise: right, down, left, up. */
const DX = [1, 0, -1, 0] as const;
const DY = [0, 1, 0, -1] as const;

/**
 * Traces the borders of a binary mask along pixel edges.
 * `mask` is row-major, `width * height`, nonzero inside. Returns an SVG path in pixel coordinates with one closed
 * loop a border; outer borders run clockwise, holes counter-clockwise, so `fill-rule: nonzero` fills the mask.
 */
export function traceOutline(mask: ArrayLike<number>, width: number, height: number): string {
  const inside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && (mask[y * width + x] ?? 0) > 0;
  // A top edge (inside below, outside above) lies on every border; each is walked once.
  const walked = new Uint8Array(width * height);
  const loops: string[] = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!inside(x, y) || inside(x, y - 1) || walked[y * width + x] === 1) continue;
      loops.push(followBorder(inside, walked, width, x, y));
    }
  }
  return loops.join('');
}

/** Walks one border from the top-left corner of pixel (`startX`, `startY`), the mask always on the right hand. */
function followBorder(
  inside: (x: number, y: number) => boolean,
  walked: Uint8Array,
  width: number,
  startX: number,
  startY: number,
): string {
  let x = startX;
  let y = startY;
  let heading = 0;
  const path = [`M${x} ${y}`];
  do {
    if (heading === 0) walked[y * width + x] = 1;
    x += DX[heading] ?? 0;
    y += DY[heading] ?? 0;
    const turned = turn(inside, x, y, heading);
    if (turned !== heading) path.push(turned % 2 === 0 ? `V${y}` : `H${x}`);
    heading = turned;
  } while (x !== startX || y !== startY || heading !== 0);
  path.pop();
  return `${path.join('')}Z`;
}

/** The next heading at a corner: right turns first, so that cells touching at a corner stay apart. */
function turn(inside: (x: number, y: number) => boolean, x: number, y: number, heading: number): number {
  // The two pixels ahead of the corner, on the right and on the left of the way.
  const ahead = [
    { right: [0, 0], left: [0, -1] },
    { right: [-1, 0], left: [0, 0] },
    { right: [-1, -1], left: [-1, 0] },
    { right: [0, -1], left: [-1, -1] },
  ][heading];
  const at = (offset: number[] | undefined): boolean =>
    inside(x + (offset?.[0] ?? 0), y + (offset?.[1] ?? 0));
  if (!at(ahead?.right)) return (heading + 1) % 4;
  return at(ahead?.left) ? (heading + 3) % 4 : heading;
}
