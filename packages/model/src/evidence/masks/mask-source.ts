import { DomainError } from '@blastwise/contracts';
import { preprocess, type RgbImage, restoreMask } from '../../images/index.ts';
import { placePicture } from '../../segmentation/evaluation/index.ts';
import { segmentHsv, segmentStain } from '../../segmentation/index.ts';
import type { Predictor } from '../../serving/index.ts';

/** The published band, the adaptive method and the network's own masks. */
export const MASK_METHODS = ['hsv', 'stain', 'unet'] as const;
export type MaskMethod = (typeof MASK_METHODS)[number];

/** Longer side in pixels at which the stain method reads pictures: their cells are then about as large as in training. */
export const PICTURE_SIDE = { wbc: 52, bccd: 84 } as const;

/** Masks of the size of the picture, bytes that are not 0 inside; `nucleus` null where the method finds none. */
export interface FoundMasks {
  readonly cell: Uint8Array;
  readonly nucleus: Uint8Array | null;
}

/** Makes the masks of one picture. */
export type MaskSource = (image: RgbImage) => Promise<FoundMasks>;

async function byColour(image: RgbImage, side: number | null): Promise<FoundMasks> {
  const { field, placement } = await (side === null ? preprocess(image) : placePicture(image, side));
  const { cell, nucleus } = segmentStain(field);
  const restored = (mask: Uint8Array): Uint8Array =>
    restoreMask(Float32Array.from(mask), placement, image.width, image.height);
  return { cell: restored(cell), nucleus: restored(nucleus) };
}

async function byNetwork(image: RgbImage, predictor: Predictor): Promise<FoundMasks> {
  const [prediction] = await predictor.predict([image]);
  if (!prediction) throw new DomainError('INTERNAL', 'The model left a picture unanswered.');
  return { cell: prediction.mask, nucleus: prediction.nucleus };
}

/**
 * The published band is taken pixel by pixel, for cells and nuclei alike; the stain method reads the picture as a
 * field of the training scale, and the model brings it to that scale itself.
 * @param predictor needed by `unet` alone.
 * @param side the longer side of the picture in pixels of such a field; null takes it as a whole field.
 */
export function maskSource(method: MaskMethod, predictor: Predictor | null, side: number | null): MaskSource {
  return async (image) => {
    if (method === 'stain') return byColour(image, side);
    if (method === 'hsv') {
      const band = segmentHsv(image);
      return { cell: band, nucleus: band };
    }
    if (!predictor) throw new DomainError('BAD_INPUT', "The network's masks need a model.");
    return byNetwork(image, predictor);
  };
}

/** What each of the methods gives, one after another. */
export async function eachMethod<Found>(
  measure: (method: MaskMethod) => Promise<Found>,
): Promise<Record<MaskMethod, Found>> {
  return { hsv: await measure('hsv'), stain: await measure('stain'), unet: await measure('unet') };
}
