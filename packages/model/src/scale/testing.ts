import { type GeneratedField, generateField } from '../generator/index.ts';
import { cropImage, type RgbImage, resizeImage } from '../images/index.ts';

/** A picture with its white cells, which are white in a picture of its size. */
export interface DrawnPicture {
  readonly image: RgbImage;
  readonly truth: RgbImage;
}

/** White where a generated field's white cells lie. For tests only. */
export const truthOf = ({ image: { width, height }, mask }: GeneratedField): RgbImage => ({
  width,
  height,
  data: Uint8Array.from({ length: 3 * mask.length }, (_, i) => (mask[Math.floor(i / 3)] === 1 ? 255 : 0)),
});

/** One generated cell and 20 px around its centre, enlarged to `side` pixels; `diameter` in those. For tests only. */
export async function singleCell(seed: number, side: number): Promise<DrawnPicture & { diameter: number }> {
  const field = generateField({ seed, stage: 'Early', cells: 1 });
  const [cell = { x: 112, y: 112, radius: 12 }] = field.cells;
  const left = Math.min(Math.max(Math.round(cell.x) - 20, 0), 184);
  const top = Math.min(Math.max(Math.round(cell.y) - 20, 0), 184);
  const enlarged = (image: RgbImage) =>
    resizeImage(cropImage(image, { left, top, right: left + 40, bottom: top + 40 }), side, side);
  return {
    image: await enlarged(field.image),
    truth: await enlarged(truthOf(field)),
    diameter: (2 * cell.radius * side) / 40,
  };
}

/** The image side by side with itself, every other copy mirrored so that no cell is cut at a seam. For tests only. */
export function repeat(image: RgbImage, times: number): RgbImage {
  const width = image.width * times;
  const data = new Uint8Array(width * width * 3);
  const mirrored = (at: number): number => {
    const within = at % image.width;
    return Math.floor(at / image.width) % 2 === 0 ? within : image.width - 1 - within;
  };
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      const from = (mirrored(y) * image.width + mirrored(x)) * 3;
      data.set(image.data.subarray(from, from + 3), (y * width + x) * 3);
    }
  }
  return { width, height: width, data };
}
