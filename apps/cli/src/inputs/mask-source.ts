import type { Predictor, RgbImage } from '@blastwise/model';

export const MASK_METHODS = ['hsv', 'stain', 'unet'] as const;
export type MaskMethod = (typeof MASK_METHODS)[number];

/** Masks of the size of the picture, bytes that are not 0 inside; `nucleus` null where the method finds none. */
export interface FoundMasks {
  readonly cell: Uint8Array;
  readonly nucleus: Uint8Array | null;
}

/** Makes the masks of one picture. `side`: see `placePicture`; null takes the picture as a whole field. */
export type MaskSource = (image: RgbImage, side: number | null) => Promise<FoundMasks>;

/** The published band is taken pixel by pixel, for cells and nuclei alike; the others read the prepared field. */
export async function maskSource(method: MaskMethod, predictor: Predictor | null): Promise<MaskSource> {
  const { placePicture, preprocess, restoreMask, segmentHsv, segmentStain } = await import(
    '@blastwise/model'
  );
  const ofField = async (field: RgbImage): Promise<FoundMasks> => {
    if (!predictor) return segmentStain(field);
    const [prediction] = await predictor.predict([field]);
    return { cell: prediction?.mask ?? new Uint8Array(0), nucleus: prediction?.nucleus ?? null };
  };
  return async (image, side) => {
    if (method === 'hsv') {
      const band = segmentHsv(image);
      return { cell: band, nucleus: band };
    }
    const { field, placement } = await (side === null ? preprocess(image) : placePicture(image, side));
    const { cell, nucleus } = await ofField(field);
    const restored = (mask: Uint8Array): Uint8Array => {
      const soft = Float32Array.from(mask, (v) => (v === 0 ? 0 : 1));
      return restoreMask(soft, placement, image.width, image.height);
    };
    return { cell: restored(cell), nucleus: nucleus && restored(nucleus) };
  };
}
