import { backgroundStatistics } from './background.ts';
import { resizeImage } from './resize.ts';
import { createImage, FIELD_SIZE, type Rgb, type RgbImage } from './rgb-image.ts';

/** Names the one preprocessing of training and serving; any change of a pixel needs a new name. */
export const PREPROCESSING_VERSION = 'field-224-v2';

/** Where the input lies inside the 224 square, in its pixels; `scale` = field pixels per input pixel. */
export interface Placement {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface PreprocessedField {
  /** 224 x 224 RGB, 0..255. */
  readonly field: RgbImage;
  readonly placement: Placement;
}

/**
 * A scale bar is burned into this corner of many fields and would tell their stage. Measured over the data set it
 * covers x 193-223, y 194-221; the limits here are the 8-pixel JPEG blocks that it rings into.
 */
export const SCALE_BAR = { left: 190, right: 224, top: 192, bottom: 224 } as const;

export function placeInField(width: number, height: number): Placement {
  const scale = FIELD_SIZE / Math.max(width, height);
  const scaled = (length: number) => Math.max(1, Math.round(length * scale));
  const placed = { width: scaled(width), height: scaled(height) };
  const left = Math.floor((FIELD_SIZE - placed.width) / 2);
  return { scale, left, top: Math.floor((FIELD_SIZE - placed.height) / 2), ...placed };
}

/** The rows of the content that lie above the scale bar: whether a bar is there must not move the background's colour. */
function aboveScaleBar({ width, height, data }: RgbImage, { top }: Placement): RgbImage {
  const rows = Math.max(1, Math.min(height, SCALE_BAR.top - top));
  return { width, height: rows, data: data.subarray(0, rows * width * 3) };
}

function paste(target: RgbImage, image: RgbImage, { left, top }: Pick<Placement, 'left' | 'top'>): void {
  for (let y = 0; y < image.height; y++) {
    const row = image.data.subarray(y * image.width * 3, (y + 1) * image.width * 3);
    target.data.set(row, ((top + y) * target.width + left) * 3);
  }
}

function coverScaleBar(field: RgbImage, colour: Readonly<Rgb>): void {
  const { left, right, top, bottom } = SCALE_BAR;
  paste(field, createImage(right - left, bottom - top, colour), SCALE_BAR);
}

/**
 * A 224 x 224 field of `content`, which is already of the size of its placement: padded with its own background
 * colour, and that colour over the scale-bar corner unless `coverScaleBar` says that none can be there.
 */
export function composeField(
  content: RgbImage,
  placement: Placement,
  options: { readonly coverScaleBar: boolean } = { coverScaleBar: true },
): RgbImage {
  if (!options.coverScaleBar && content.width === FIELD_SIZE && content.height === FIELD_SIZE) return content;
  const background = backgroundStatistics(aboveScaleBar(content, placement)).median;
  const field = createImage(FIELD_SIZE, FIELD_SIZE, background);
  paste(field, content, placement);
  if (options.coverScaleBar) coverScaleBar(field, background);
  return field;
}

/**
 * The one preprocessing: letterboxes an image of any size into the 224 square (aspect kept, padded with the
 * field's own background colour) and covers the scale-bar corner with that colour. 224 x 224 is never resampled.
 * The input is left as it is.
 */
export async function preprocess(image: RgbImage): Promise<PreprocessedField> {
  const placement = placeInField(image.width, image.height);
  const content = await resizeImage(image, placement.width, placement.height);
  return { field: composeField(content, placement), placement };
}
