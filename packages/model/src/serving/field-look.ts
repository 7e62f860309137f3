import { type Exposure, exposureOf, luminanceOf } from '../assess/index.ts';
import type { Placement, RgbImage } from '../images/index.ts';
import { type NuclearStain, nuclearStain } from '../segmentation/index.ts';

/** What a field's pixels alone say, before the network has drawn anything on it. */
export interface FieldLook {
  readonly field: RgbImage;
  /** 0..255 a pixel. */
  readonly luminance: Float32Array;
  readonly exposure: Exposure;
  readonly stain: NuclearStain | null;
}

/** @param placement where the image lies in the field. */
export function lookAt(field: RgbImage, placement: Placement): FieldLook {
  const luminance = luminanceOf(field);
  const exposure = exposureOf(field, luminance, placement);
  return { field, luminance, exposure, stain: nuclearStain(field) };
}
