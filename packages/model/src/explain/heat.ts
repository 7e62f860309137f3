import { HEATMAP_SIZE, type MaturityStage, type StageRecord, stageIndex } from '@blastwise/contracts';
import { FIELD_SIZE, type Placement } from '../images/index.ts';
import type { EvidenceMap } from './evidence.ts';
import { samplesAlong } from './sample.ts';

/** The largest positive evidence of any place for any stage, 0 where none is positive: what 255 stands for. */
export const hottest = ({ values }: EvidenceMap): number =>
  values.reduce((top, map) => map.reduce((a, b) => Math.max(a, b), top), 0);

/**
 * Grad-CAM of one stage as 8-bit grey, `width * height` bytes: the positive part of the evidence, upsampled bilinearly.
 * All four stages of a field share one scale: 255 is the field's largest value over the stages, 0 is none, so that
 * pictures of one field can be compared and those of two fields cannot.
 *
 * @param placement where the image of this size lies in the field.
 */
export function heatPixels(
  evidence: EvidenceMap,
  stage: MaturityStage,
  placement: Placement,
  width: number,
  height: number,
): Uint8Array {
  const { side, values } = evidence;
  const top = hottest(evidence);
  const positive = (values[stageIndex(stage)] ?? new Float64Array(side * side)).map((e) => Math.max(0, e));
  const scale = top > 0 ? 255 / top : 0;
  const columns = samplesAlong(width, placement.left, placement.width / width, FIELD_SIZE, side);
  const rows = samplesAlong(height, placement.top, placement.height / height, FIELD_SIZE, side);
  // The rows of the map at the columns of the picture.
  const across = new Float64Array(side * width);
  for (let row = 0, i = 0; row < side; row++) {
    for (const { low, high, weight } of columns)
      across[i++] =
        (positive[row * side + low] ?? 0) * (1 - weight) + (positive[row * side + high] ?? 0) * weight;
  }
  const pixels = new Uint8Array(width * height);
  let i = 0;
  for (const { low, high, weight } of rows) {
    for (let x = 0; x < width; x++) {
      const value = (across[low * width + x] ?? 0) * (1 - weight) + (across[high * width + x] ?? 0) * weight;
      pixels[i++] = Math.round(scale * value);
    }
  }
  return pixels;
}

/** The heat of every stage, `width * height` bytes each. */
export interface HeatPictures {
  readonly width: number;
  readonly height: number;
  readonly pixels: StageRecord<Uint8Array>;
}

/** Heat in the shape of an image, its longer side at most HEATMAP_SIZE; see {@link heatPixels}. */
export function heatPictures(
  { evidence, placement }: { readonly evidence: EvidenceMap; readonly placement: Placement },
  image: { readonly width: number; readonly height: number },
): HeatPictures {
  const shrink = Math.min(1, HEATMAP_SIZE / Math.max(image.width, image.height));
  const shrunk = (side: number) => Math.max(1, Math.round(side * shrink));
  const [width, height] = [shrunk(image.width), shrunk(image.height)];
  const of = (stage: MaturityStage) => heatPixels(evidence, stage, placement, width, height);
  return {
    width,
    height,
    pixels: { Benign: of('Benign'), Early: of('Early'), Pre: of('Pre'), Pro: of('Pro') },
  };
}
