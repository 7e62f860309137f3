import type { Rgb, RgbImage } from '../images/index.ts';
import type { SeededRandom } from '../random/index.ts';
import type { Range } from './looks.ts';
import { grain } from './noise.ts';
import { depthInside, extent, type Outline } from './outline.ts';

/** A square picture being painted, linear grey levels 0..255. */
export interface Canvas {
  readonly size: number;
  readonly data: Float32Array;
}

export const between = (random: SeededRandom, [low, high]: Range): number =>
  low + random.next() * (high - low);

export const integerBetween = (random: SeededRandom, [low, high]: Range): number =>
  low + random.int(high - low + 1);

/** Calls `paint` for every pixel of the canvas near the outline, with its depth inside. */
export function forPixelsOf(
  outline: Outline,
  size: number,
  paint: (index: number, depth: number, x: number, y: number) => void,
): void {
  const reach = extent(outline);
  const range = (centre: number) => [
    Math.max(0, Math.floor(centre - reach)),
    Math.min(size - 1, Math.ceil(centre + reach)),
  ];
  const [left = 0, right = 0] = range(outline.x);
  const [top = 0, bottom = 0] = range(outline.y);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) paint(y * size + x, depthInside(outline, x, y), x, y);
  }
}

/** Lets only a share of the light pass a pixel. */
export function filter({ data }: Canvas, index: number, passes: Readonly<Rgb>, opacity: number): void {
  for (let c = 0; c < 3; c++) {
    data[index * 3 + c] = (data[index * 3 + c] ?? 0) * (1 - opacity * (1 - (passes[c] ?? 1)));
  }
}

/** Covers a pixel with a colour. */
export function cover({ data }: Canvas, index: number, colour: Readonly<Rgb>, opacity: number): void {
  for (let c = 0; c < 3; c++) {
    data[index * 3 + c] = (data[index * 3 + c] ?? 0) * (1 - opacity) + (colour[c] ?? 0) * opacity;
  }
}

/** One pass of the 1-2-1 blur both ways: the microscope's focus. */
export function blur({ size, data }: Canvas): void {
  for (const step of [3, size * 3]) {
    const source = data.slice();
    for (let i = 0; i < data.length; i++) {
      const here = source[i] ?? 0;
      data[i] = ((source[i - step] ?? here) + 2 * here + (source[i + step] ?? here)) / 4;
    }
  }
}

/** The finished picture: grain added, rounded to bytes. */
export function develop({ size, data }: Canvas, seed: number, grainSpread: number): RgbImage {
  const image = { width: size, height: size, data: new Uint8Array(data.length) };
  for (let i = 0; i < size * size; i++) {
    const brightness = grain(i % size, Math.floor(i / size), seed) * grainSpread;
    for (let c = 0; c < 3; c++) {
      const value = (data[i * 3 + c] ?? 0) + brightness;
      image.data[i * 3 + c] = Math.min(255, Math.max(0, Math.round(value)));
    }
  }
  return image;
}
