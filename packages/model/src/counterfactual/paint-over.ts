import { backgroundStatistics, coverWhere, type Rgb, type RgbImage, SCALE_BAR } from '../images/index.ts';
import type { SeededRandom } from '../random/index.ts';
import { depthOf } from '../segmentation/index.ts';
import { freePlaces } from './free-places.ts';

/** Half the side of what is compared, pixels: about a red cell's radius, so that outlines go on. */
const REACH = 6;
/** Half the side of what is copied from the best place. */
const STROKE = 3;
/** Places looked at for every stroke. */
const CANDIDATES = 300;

interface Canvas {
  readonly image: RgbImage;
  /** 1 where nothing is painted yet. */
  readonly open: Uint8Array;
}

/**
 * Paints what `hole` (0|1 a pixel) covers with texture of the field itself: from the rim inwards, every stroke is
 * taken from the free place that fits best to what lies around it (after Efros & Leung 1999 and Criminisi et al.
 * 2004). A field without a free place is painted in the median colour of its background.
 */
export function paintOver(field: RgbImage, hole: Uint8Array, random: SeededRandom): RgbImage {
  const image = { ...field, data: field.data.slice() };
  const sources = freePlaces(withScaleBar(hole, field), field.width, field.height, REACH);
  if (sources.length === 0) return coverWhere(field, hole, 1, backgroundColour(field));
  const canvas = { image, open: hole.slice() };
  for (const at of rimInwards(hole, field)) {
    if (canvas.open[at] === 1) copyStroke(canvas, at, bestPlace(canvas, at, sources, random));
  }
  return softened(image, hole);
}

function backgroundColour(field: RgbImage): Rgb {
  const [r, g, b] = backgroundStatistics(field).median;
  return [Math.round(r), Math.round(g), Math.round(b)];
}

/** A burned-in scale bar is no background to paint with. */
function withScaleBar(hole: Uint8Array, { width, height }: RgbImage): Uint8Array {
  const covered = hole.slice();
  for (let y = Math.floor((SCALE_BAR.top / 224) * height); y < height; y++)
    covered.fill(1, y * width + Math.floor((SCALE_BAR.left / 224) * width), (y + 1) * width);
  return covered;
}

/** Pixels of the hole, those next to the free field first. */
function rimInwards(hole: Uint8Array, { width, height }: RgbImage): number[] {
  const depth = depthOf(hole, width, height);
  const inside: number[] = [];
  hole.forEach((h, i) => {
    if (h === 1) inside.push(i);
  });
  return inside.sort((a, b) => (depth[a] ?? 0) - (depth[b] ?? 0) || a - b);
}

/** Offsets to the pixels of the square around `at` that lie within the field. */
function square({ width, height }: RgbImage, at: number, reach: number): number[] {
  const [x, y] = [at % width, Math.floor(at / width)];
  const offsets: number[] = [];
  for (let dy = -Math.min(reach, y); dy <= Math.min(reach, height - 1 - y); dy++)
    for (let dx = -Math.min(reach, x); dx <= Math.min(reach, width - 1 - x); dx++)
      offsets.push(dy * width + dx);
  return offsets;
}

/** Of some places drawn by chance the one that differs least from what is known around `at`. */
function bestPlace(
  { image, open }: Canvas,
  at: number,
  places: readonly number[],
  random: SeededRandom,
): number {
  const { data } = image;
  const known = Int32Array.from(square(image, at, REACH).filter((offset) => open[at + offset] === 0));
  let [best, least] = [places[0] ?? 0, Number.POSITIVE_INFINITY];
  for (let k = 0; k < CANDIDATES; k++) {
    const place = places[random.int(places.length)] ?? 0;
    const difference = differenceBetween(data, at, place, known, least);
    if (difference < least) [best, least] = [place, difference];
  }
  return best;
}

/** Sum of the squared differences of what lies at `offsets` from two places; some sum of at least `enough` where it reaches that. */
function differenceBetween(
  data: Uint8Array,
  one: number,
  other: number,
  offsets: Int32Array,
  enough: number,
): number {
  let sum = 0;
  for (let i = 0; i < offsets.length && sum < enough; i++) {
    const here = 3 * (one + (offsets[i] ?? 0));
    const there = 3 * (other + (offsets[i] ?? 0));
    const red = (data[here] ?? 0) - (data[there] ?? 0);
    const green = (data[here + 1] ?? 0) - (data[there + 1] ?? 0);
    const blue = (data[here + 2] ?? 0) - (data[there + 2] ?? 0);
    sum += red * red + green * green + blue * blue;
  }
  return sum;
}

function copyStroke({ image, open }: Canvas, at: number, place: number): void {
  for (const offset of square(image, at, STROKE)) {
    if (open[at + offset] === 0) continue;
    open[at + offset] = 0;
    const from = 3 * (place + offset);
    image.data.copyWithin(3 * (at + offset), from, from + 3);
  }
}

/** The painted pixels averaged over 3 x 3: the strokes' edges go. */
function softened(image: RgbImage, hole: Uint8Array): RgbImage {
  const data = image.data.slice();
  for (let i = 0; i < hole.length; i++) {
    if (hole[i] === 0) continue;
    const around = square(image, i, 1);
    let [red, green, blue] = [0, 0, 0];
    for (let k = 0; k < around.length; k++) {
      const at = 3 * (i + (around[k] ?? 0));
      red += image.data[at] ?? 0;
      green += image.data[at + 1] ?? 0;
      blue += image.data[at + 2] ?? 0;
    }
    data[3 * i] = Math.round(red / around.length);
    data[3 * i + 1] = Math.round(green / around.length);
    data[3 * i + 2] = Math.round(blue / around.length);
  }
  return { ...image, data };
}
