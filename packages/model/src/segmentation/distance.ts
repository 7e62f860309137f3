/** Chamfer weights (Borgefors 1986): straight and diagonal steps of a 3-4 distance, so 3 units are one pixel. */
const STRAIGHT = 3;
const DIAGONAL = 4;
/** Units of {@link chamferDistance} in one pixel. */
export const CHAMFER_UNIT = STRAIGHT;
const FAR = 30_000;

/**
 * Distance of every pixel to the nearest pixel whose value equals `target`, in thirds of a pixel.
 * What lies outside the image is neither: a cell cut by the border keeps its depth there.
 */
export function chamferDistance(mask: Uint8Array, width: number, height: number, target: 0 | 1): Uint16Array {
  const distance = new Uint16Array(mask.length);
  for (let i = 0; i < distance.length; i++) distance[i] = mask[i] === target ? 0 : FAR;
  sweep(distance, width, height, 0, 1);
  sweep(distance, width, height, distance.length - 1, -1);
  return distance;
}

/** One pass over the pixels, forwards from the first or backwards from the last. */
function sweep(distance: Uint16Array, width: number, height: number, first: number, step: 1 | -1): void {
  const back = step * width;
  let at = first;
  for (let y = 0; y < height; y++) {
    const inner = y > 0;
    let left = FAR;
    let upperLeft = FAR;
    let upper = inner ? (distance[at - back] ?? FAR) : FAR;
    for (let x = 0; x < width; x++, at += step) {
      const upperRight = inner && x < width - 1 ? (distance[at - back + step] ?? FAR) : FAR;
      let nearest = distance[at] ?? FAR;
      if (nearest > STRAIGHT) {
        const straight = Math.min(left, upper) + STRAIGHT;
        const diagonal = Math.min(upperLeft, upperRight) + DIAGONAL;
        if (straight < nearest) nearest = straight;
        if (diagonal < nearest) nearest = diagonal;
        distance[at] = nearest;
      }
      left = nearest;
      upperLeft = upper;
      upper = upperRight;
    }
  }
}
