import type { Scale } from '@blastwise/contracts';
import { FIELD_SIZE, type RgbImage } from '../images/index.ts';
import { estimateCellDiameter } from './estimate-cell-diameter.ts';
import { letterboxFactor, planTiles, type TilePlan } from './tiles.ts';
import {
  factorOf,
  MOST_TILES,
  MOST_ZOOM,
  NATURAL_DIAMETER,
  type ScaleRequest,
  TRAINING_CELL_DIAMETER,
} from './training-scale.ts';

export interface ChosenScale {
  readonly plan: TilePlan;
  readonly source: Scale['source'];
  /** The cells cannot be brought to the training scale: the image is letterboxed and must not be judged. */
  readonly outOfScale: boolean;
}

const isNatural = (diameter: number): boolean =>
  diameter >= NATURAL_DIAMETER.least && diameter <= NATURAL_DIAMETER.most;

/** The factor for cells of `diameter` input pixels: the whole image at once where they then look natural. */
function factorFor({ width, height }: RgbImage, diameter: number | null): number {
  const letterbox = letterboxFactor(width, height);
  return diameter === null || isNatural(diameter * letterbox) ? letterbox : TRAINING_CELL_DIAMETER / diameter;
}

/**
 * Decides how an image is brought to the scale of the training fields. A scale given by the caller is taken; a field
 * of the training size stays as it is; otherwise the cells found tell. Where none is found the whole image is seen in
 * one tile, and so it is, `outOfScale`, where the cells would need more than MOST_ZOOM or MOST_TILES.
 * @throws DomainError BAD_INPUT for a request out of range.
 */
export async function chooseScale(image: RgbImage, request?: ScaleRequest): Promise<ChosenScale> {
  const { width, height } = image;
  const isTraining = !request && width === FIELD_SIZE && height === FIELD_SIZE;
  const source = request ? 'given' : isTraining ? 'training' : 'estimated';
  const factor = request
    ? factorOf(request)
    : isTraining
      ? 1
      : factorFor(image, await estimateCellDiameter(image));
  const letterboxed = (): TilePlan => planTiles(width, height, letterboxFactor(width, height));
  if (factor > MOST_ZOOM && factor !== letterboxFactor(width, height)) {
    return { plan: letterboxed(), source, outOfScale: true };
  }
  const plan = planTiles(width, height, factor);
  if (plan.tiles.length > MOST_TILES) return { plan: letterboxed(), source, outOfScale: true };
  return { plan, source, outOfScale: false };
}
