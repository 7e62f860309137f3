import { maskedArea } from '../../counterfactual/index.ts';
import type { Rgb, RgbImage } from '../../images/index.ts';
import type { SeededRandom } from '../../random/index.ts';

/** Side of the squares that are covered one by one, in pixels: about a white cell. */
const PATCH = 28;
const TRIES = 24;

interface Corner {
  readonly x: number;
  readonly y: number;
}

/**
 * Covers `mask` (0|1 a pixel) with the field's own background: every square that holds some of it takes the pixels of
 * the clearest of a few random squares, and `colour` where that one is masked too.
 */
export function coverCells(
  image: RgbImage,
  mask: Uint8Array,
  colour: Readonly<Rgb>,
  random: SeededRandom,
): RgbImage {
  const { width, height } = image;
  const data = image.data.slice();
  const area = maskedArea(mask, width, height);
  const masked = ({ x, y }: Corner): number =>
    area(x, y, Math.min(x + PATCH, width), Math.min(y + PATCH, height));
  const clearest = (): Corner => {
    let best: Corner = { x: 0, y: 0 };
    let fewest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < TRIES && fewest > 0; i++) {
      const corner = { x: random.int(width - PATCH + 1), y: random.int(height - PATCH + 1) };
      const count = masked(corner);
      if (count < fewest) [best, fewest] = [corner, count];
    }
    return best;
  };
  const coverSquare = (to: Corner, from: Corner) => {
    for (let dy = 0; dy < Math.min(PATCH, height - to.y); dy++) {
      for (let dx = 0; dx < Math.min(PATCH, width - to.x); dx++) {
        const target = (to.y + dy) * width + to.x + dx;
        if (mask[target] !== 1) continue;
        const source = (from.y + dy) * width + from.x + dx;
        const isMasked = mask[source] === 1;
        for (let c = 0; c < 3; c++)
          data[target * 3 + c] = isMasked ? (colour[c] ?? 0) : (image.data[source * 3 + c] ?? 0);
      }
    }
  };
  for (let y = 0; y < height; y += PATCH) {
    for (let x = 0; x < width; x += PATCH) if (masked({ x, y }) > 0) coverSquare({ x, y }, clearest());
  }
  return { ...image, data };
}
