import type { RgbImage } from '../../images/index.ts';
import type { SeededRandom } from '../../random/index.ts';

/** How one augmented field is looked up in its source. */
export interface Affine {
  /** Radians. */
  readonly rotation: number;
  /** Rows and columns, pixels. */
  readonly shift: readonly [number, number];
  /** Radians. */
  readonly shear: number;
  /** Of rows and columns; below 1 is nearer. */
  readonly zoom: readonly [number, number];
  /** Left and right exchanged, afterwards. */
  readonly mirrored: boolean;
}

const DEGREE = Math.PI / 180;
/**
 * The study's ranges. Its shear of 0.4 is read as the library that it used reads it, in degrees: next to nothing.
 */
const ROTATION = 40 * DEGREE;
const SHIFT = 0.4;
const SHEAR = 0.4 * DEGREE;
const ZOOM = 0.4;

/** Draws what Keras's ImageDataGenerator draws, each uniformly and independently, for fields of `size` pixels. */
export function drawAffine(size: number, random: SeededRandom): Affine {
  const within = (range: number): number => (2 * random.next() - 1) * range;
  return {
    rotation: within(ROTATION),
    shift: [within(SHIFT) * size, within(SHIFT) * size],
    shear: within(SHEAR),
    zoom: [1 + within(ZOOM), 1 + within(ZOOM)],
    mirrored: random.next() < 0.5,
  };
}

/**
 * Keras's transform, rotation times shift times shear times zoom about the field's centre, which leads from every pixel of the result
 * to a place in the source: bilinear, the nearest pixel beyond the edges.
 */
export function transformField(
  image: RgbImage,
  { rotation, shift, shear, zoom, mirrored }: Affine,
): RgbImage {
  const { width, height } = image;
  const data = new Uint8Array(image.data.length);
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2];
  const [sin, cos] = [Math.sin(rotation), Math.cos(rotation)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const column = (mirrored ? width - 1 - x : x) - middleColumn;
      const zoomed = [(y - middleRow) * zoom[0], column * zoom[1]] as const;
      const row = zoomed[0] - Math.sin(shear) * zoomed[1] + shift[0];
      const across = Math.cos(shear) * zoomed[1] + shift[1];
      const from = [cos * row - sin * across + middleRow, sin * row + cos * across + middleColumn] as const;
      readBetween(image, from, data, (y * width + x) * 3);
    }
  }
  return { width, height, data };
}

const inside = (value: number, length: number): number => Math.max(0, Math.min(length - 1, value));

/** Writes the colour at a place between pixels. */
function readBetween(
  { width, height, data }: RgbImage,
  [row, column]: readonly [number, number],
  target: Uint8Array,
  at: number,
): void {
  const [y, x] = [inside(row, height), inside(column, width)];
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const [bottom, right] = [Math.min(top + 1, height - 1), Math.min(left + 1, width - 1)];
  const [down, across] = [y - top, x - left];
  for (let channel = 0; channel < 3; channel++) {
    const value = (line: number, place: number): number => data[(line * width + place) * 3 + channel] ?? 0;
    const above = value(top, left) * (1 - across) + value(top, right) * across;
    const below = value(bottom, left) * (1 - across) + value(bottom, right) * across;
    target[at + channel] = Math.round(above * (1 - down) + below * down);
  }
}

/** A field under the published augmentation. */
export const publishedView = (image: RgbImage, random: SeededRandom): RgbImage =>
  transformField(image, drawAffine(image.width, random));
