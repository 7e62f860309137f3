import { type Box, FIELD_SIZE, type RgbImage, resizeImage } from '../images/index.ts';
import { stainChannels } from '../segmentation/index.ts';
import { scaledSize } from './tiles.ts';

/** Side of the copy in which stain is looked for, pixels. */
const OVERVIEW = 448;
/** Purple (optical density) that red cells do not reach. */
const STAINED = 0.07;
const WINDOWS = 3;

/** A small copy of an image with the sums of its purple stain, to find where white cells may be. */
export interface Overview {
  readonly width: number;
  readonly height: number;
  /** Purple above what red cells show, summed over all pixels above and left: (width + 1) * (height + 1). */
  readonly sums: Float64Array;
}

export async function overviewOf(image: RgbImage): Promise<Overview> {
  const factor = Math.min(1, OVERVIEW / Math.max(image.width, image.height));
  const { width, height } = scaledSize(image.width, image.height, factor);
  const { purple } = stainChannels(await resizeImage(image, width, height));
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += Math.max(0, (purple[y * width + x] ?? 0) - STAINED);
      sums[(y + 1) * stride + x + 1] = (sums[y * stride + x + 1] ?? 0) + row;
    }
  }
  return { width, height, sums };
}

function stainIn({ width, sums }: Overview, { left, top, right, bottom }: Box): number {
  const at = (x: number, y: number): number => sums[y * (width + 1) + x] ?? 0;
  return at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top);
}

const apart = (a: Box, b: Box): boolean =>
  a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;

/** Places in steps of half a window, the last one at the end. */
function places(length: number, window: number): number[] {
  const steps = Math.ceil((length - window) / Math.max(1, window / 2));
  return Array.from({ length: steps + 1 }, (_, i) => Math.min(Math.floor((i * window) / 2), length - window));
}

/**
 * The up to three parts of an image with the most purple stain that fill a field at `factor`, pixels of the image;
 * the whole image where it fits into one.
 */
export function stainedWindows(image: RgbImage, overview: Overview, factor: number): Box[] {
  const side = FIELD_SIZE / factor;
  const whole: Box = { left: 0, top: 0, right: image.width, bottom: image.height };
  if (side >= Math.max(image.width, image.height)) return [whole];
  const [sx, sy] = [image.width / overview.width, image.height / overview.height];
  const width = Math.max(1, Math.min(overview.width, Math.round(side / sx)));
  const height = Math.max(1, Math.min(overview.height, Math.round(side / sy)));
  const candidates = places(overview.height, height).flatMap((top) =>
    places(overview.width, width).map(
      (left): Box => ({ left, top, right: left + width, bottom: top + height }),
    ),
  );
  const ranked = candidates
    .map((box) => ({ box, stain: stainIn(overview, box) }))
    .filter(({ stain }) => stain > 0)
    .sort((a, b) => b.stain - a.stain);
  const chosen: Box[] = [];
  for (const { box } of ranked) {
    if (chosen.length < WINDOWS && chosen.every((other) => apart(box, other))) chosen.push(box);
  }
  return chosen.map(({ left, top, right, bottom }) => ({
    left: Math.round(left * sx),
    top: Math.round(top * sy),
    right: Math.round(right * sx),
    bottom: Math.round(bottom * sy),
  }));
}
