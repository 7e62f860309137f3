/** Chamfer weights (Borgefors 1986): straight and diagonal steps of a 3-4 distance, so 3 units are one pixel. */
const STRAIGHT = 3;
const DIAGONAL = 4;
/** Units of {@link depthOf} in one pixel. */
export const CHAMFER_UNIT = STRAIGHT;
const FAR = 30_000;

/**
 * Depth of every pixel of the mask: its distance to the nearest pixel outside, in thirds of a pixel; 0 outside.
 * What lies beyond the image is not outside: a cell cut by the border keeps its depth there.
 */
export function depthOf(mask: Uint8Array, width: number, height: number): Uint16Array {
  const depth = new Uint16Array(mask.length);
  for (let i = 0; i < depth.length; i++) depth[i] = mask[i] === 0 ? 0 : FAR;
  sweep(depth, width, height, 0, 1);
  sweep(depth, width, height, depth.length - 1, -1);
  return depth;
}

/** How far along its row the disc of `radius` pixels by the same distance reaches, 0, 1, ... rows off its centre. */
export function discReaches(radius: number): number[] {
  const within = (dx: number, dy: number): boolean =>
    Math.min(dx, dy) * DIAGONAL + Math.abs(dx - dy) * STRAIGHT <= radius * CHAMFER_UNIT;
  return Array.from({ length: Math.floor(radius) + 1 }, (_, dy) => {
    let reach = Math.floor(radius);
    while (!within(reach, dy)) reach--;
    return reach;
  });
}

/** One pass over the pixels, forwards from the first or backwards from the last. */
function sweep(depth: Uint16Array, width: number, height: number, first: number, step: 1 | -1): void {
  const back = step * width;
  for (let y = 0, at = first; y < height; y++) {
    for (let x = 0; x < width; x++, at += step) {
      const own = depth[at] ?? 0;
      if (own <= STRAIGHT) continue;
      const left = x > 0 ? (depth[at - step] ?? FAR) : FAR;
      const upper = y > 0 ? (depth[at - back] ?? FAR) : FAR;
      const upperLeft = y > 0 && x > 0 ? (depth[at - back - step] ?? FAR) : FAR;
      const upperRight = y > 0 && x < width - 1 ? (depth[at - back + step] ?? FAR) : FAR;
      const straight = Math.min(left, upper) + STRAIGHT;
      const diagonal = Math.min(upperLeft, upperRight) + DIAGONAL;
      depth[at] = Math.min(own, straight, diagonal);
    }
  }
}
