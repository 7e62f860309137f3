import { DomainError } from '@blastwise/contracts';
import type { Predictor, RgbImage } from '@blastwise/model';

export const MASK_METHODS = ['hsv', 'stain', 'unet'] as const;
export type MaskMethod = (typeof MASK_METHODS)[number];

/** Masks of the size of the picture, bytes that are not 0 inside; `nucleus` null where the method finds none. */
export interface FoundMasks {
  readonly cell: Uint8Array;
  readonly nucleus: Uint8Array | null;
}

/** Makes the masks of one picture. */
export type MaskSource = (image: RgbImage) => Promise<FoundMasks>;

/**
 * The published band is taken pixel by pixel, for cells and nuclei alike; the stain method reads the picture as a
 * field of the training scale, and the model brings it to that scale itself.
 * @param side the longer side of the picture in pixels of such a field; null takes it as a whole field.
 */
export async function maskSource(
  method: MaskMethod,
  predictor: Predictor | null,
  side: number | null,
): Promise<MaskSource> {
  const { placePicture, preprocess, restoreMask, segmentHsv, segmentStain } = await import(
    '@blastwise/model'
  );
  return async (image) => {
    if (predictor) {
      const [prediction] = await predictor.predict([image]);
      if (!prediction) throw new DomainError('INTERNAL', 'The model left a picture unanswered.');
      return { cell: prediction.mask, nucleus: prediction.nucleus };
    }
    if (method === 'hsv') {
      const band = segmentHsv(image);
      return { cell: band, nucleus: band };
    }
    const { field, placement } = await (side === null ? preprocess(image) : placePicture(image, side));
    const { cell, nucleus } = segmentStain(field);
    const restored = (mask: Uint8Array): Uint8Array =>
      restoreMask(Float32Array.from(mask), placement, image.width, image.height);
    return { cell: restored(cell), nucleus: restored(nucleus) };
  };
}
