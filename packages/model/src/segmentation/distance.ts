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
  // One column and row of padding on each side spare the inner loops every border test.
  const stride = width + 2;
  const padded = new Uint16Array(stride * (height + 2)).fill(FAR);
  for (let y = 0; y < height; y++) {
    const row = (y + 1) * stride + 1;
    for (let x = 0; x < width; x++) if (mask[y * width + x] === target) padded[row + x] = 0;
  }
  sweep(padded, width, height, 1);
  sweep(padded, width, height, -1);
  const distance = new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = (y + 1) * stride + 1;
    distance.set(padded.subarray(row, row + width), y * width);
  }
  return distance;
}

/** One pass: forwards from the upper left, or backwards from the lower right. */
function sweep(padded: Uint16Array, width: number, height: number, direction: 1 | -1): void {
  const stride = width + 2;
  const start = direction === 1 ? stride + 1 : height * stride + width;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = start + direction * (y * stride + x);
      const before = at - direction * stride;
      let nearest = padded[at] ?? FAR;
      nearest = Math.min(nearest, (padded[at - direction] ?? FAR) + STRAIGHT);
      nearest = Math.min(nearest, (padded[before] ?? FAR) + STRAIGHT);
      nearest = Math.min(nearest, (padded[before - 1] ?? FAR) + DIAGONAL);
      nearest = Math.min(nearest, (padded[before + 1] ?? FAR) + DIAGONAL);
      padded[at] = nearest;
    }
  }
}
