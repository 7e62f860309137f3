import { luminanceOf } from '../assess/index.ts';
import type { RgbImage } from '../images/index.ts';
import { type WhiteCellStain, whiteCellStain } from '../segmentation/index.ts';

/** What a field's pixels alone say, before the network has drawn anything on it. */
export interface FieldLook {
  readonly field: RgbImage;
  /** 0..255 a pixel. */
  readonly luminance: Float32Array;
  readonly stain: WhiteCellStain;
}

export const lookAt = (field: RgbImage): FieldLook => ({
  field,
  luminance: luminanceOf(field),
  stain: whiteCellStain(field),
});
